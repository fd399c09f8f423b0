/** Lines 27, 28 and 31–33 of the semantics: losses, optimizers and modules, each against the formula in plain numbers. */
import { mean, mul, sum, type Value, variable } from "@adjoint/autograd";
import {
  Adagrad,
  Adam,
  AdamW,
  BatchNorm1d,
  crossEntropy,
  Dropout,
  decodeSafetensors,
  encodeSafetensors,
  Linear,
  type Optimizer,
  Parameter,
  ReLU,
  RMSprop,
  Sequential,
  SGD,
} from "@adjoint/nn";
import { manualSeed, ones, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";

const float64 = { dtype: "float64" } as const;
const inf = Number.POSITIVE_INFINITY;

function labels(...classes: number[]): Value {
  return tensor(classes, { dtype: "int32" });
}

describe("cross-entropy", () => {
  it.each([
    ["±10,000, the wrong class", [1e4, -1e4], 1, 20000, [1, -1]],
    ["±10,000, the right class", [1e4, -1e4], 0, 0, [0, 0]],
    ["all equal", [1e4, 1e4], 0, Math.LN2, [-0.5, 0.5]],
    ["−∞ for another class", [-inf, 0], 1, 0, [0, 0]],
    ["all −∞", [-inf, -inf], 0, Number.NaN, [Number.NaN, Number.NaN]],
  ])("27. of logits %s", (_name, row, label, loss, gradient) => {
    const logits = variable([row], float64);
    const value = crossEntropy(logits, labels(label));
    value.backward();
    expectClose(value, loss);
    expectClose(logits.grad as Value, [gradient]);
  });

  const rows = [
    [0.2, -1, 0.5],
    [1, 2, -0.3],
  ];
  const logSoftmax = rows.map((row) => {
    const total = Math.log(row.reduce((all, x) => all + Math.exp(x), 0));
    return row.map((x) => x - total);
  });
  const l = (row: number, column: number): number => logSoftmax[row]?.[column] ?? Number.NaN;

  it("28. of class indices is the mean of −log softmax, with the gradient (softmax − target)/N", () => {
    const logits = variable(rows, float64);
    const loss = crossEntropy(logits, labels(2, 0));
    loss.backward();
    expectClose(loss, -(l(0, 2) + l(1, 0)) / 2);
    const target = [
      [0, 0, 1],
      [1, 0, 0],
    ];
    const expected = target.map((row, i) => row.map((t, j) => (Math.exp(l(i, j)) - t) / 2));
    expectClose(logits.grad as Value, expected);
  });

  it("28. of probabilities, and with label smoothing, is that of the mixture", () => {
    const mixed = [0.5 * (0.7 * 0 + 0.1), 0.1, 0.8];
    const loss = crossEntropy(variable(rows.slice(0, 1), float64), tensor([mixed], float64));
    expectClose(loss, -mixed.reduce((all, p, j) => all + p * l(0, j), 0));
    const smooth = crossEntropy(variable(rows.slice(0, 1), float64), labels(2), { labelSmoothing: 0.3 });
    expectClose(smooth, -(0.1 * l(0, 0) + 0.1 * l(0, 1) + 0.8 * l(0, 2)));
  });

  it("28. mean divides by the weight of what is not ignored; sum and none do not divide", () => {
    const weight = tensor([1, 2, 4], float64);
    const all = variable([...rows, [0, 0, 0]], float64);
    const target = labels(2, 0, -100);
    const [first, second] = [-4 * l(0, 2), -l(1, 0)];
    expectClose(crossEntropy(all, target, { weight }), (first + second) / 5);
    expectClose(crossEntropy(all, target, { weight, reduction: "sum" }), first + second);
    expectClose(crossEntropy(all, target, { weight, reduction: "none" }), [first, second, 0]);
  });

  it("28. of ignored labels only is NaN", () => {
    expect(crossEntropy(variable(rows, float64), labels(-100, -100)).item()).toBeNaN();
    expect(crossEntropy(variable(rows, float64), labels(1, 1), { ignoreIndex: 1 }).item()).toBeNaN();
  });
});

/** Five steps on ½·c·w² with c = 3, by the framework and by `update`, which gets gradient, weight and count. */
function expectSteps(
  make: (parameters: Parameter[]) => Optimizer,
  update: (g: number, w: number, t: number) => number,
): void {
  const parameter = new Parameter(tensor([0.7], float64));
  const optimizer = make([parameter]);
  let w = 0.7;
  for (let t = 1; t <= 5; t++) {
    optimizer.zeroGrad();
    sum(mul(mul(parameter, parameter), 1.5)).backward();
    optimizer.step();
    w = update(3 * w, w, t);
    expectClose(parameter, [w], 1e-15);
  }
}

describe("optimizers, step by step", () => {
  it("31. SGD with momentum, dampening and weight decay, whose velocity starts as the whole gradient", () => {
    let v = 0;
    expectSteps(
      (p) => new SGD(p, { learningRate: 0.1, momentum: 0.9, dampening: 0.2, weightDecay: 0.05 }),
      (gradient, w, t) => {
        const g = gradient + 0.05 * w;
        v = t === 1 ? g : 0.9 * v + 0.8 * g;
        return w - 0.1 * v;
      },
    );
  });

  it("31. SGD with Nesterov's look-ahead, upward", () => {
    let v = 0;
    expectSteps(
      (p) => new SGD(p, { learningRate: 0.01, momentum: 0.9, nesterov: true, maximize: true }),
      (gradient, w) => {
        v = 0.9 * v - gradient;
        return w - 0.01 * (-gradient + 0.9 * v);
      },
    );
  });

  const adam = (decay: (g: number, w: number) => number, shrink: number) => {
    let [m, v] = [0, 0];
    return (gradient: number, w: number, t: number): number => {
      const g = decay(gradient, w);
      m = 0.9 * m + 0.1 * g;
      v = 0.99 * v + 0.01 * g * g;
      const root = Math.sqrt(v) / Math.sqrt(1 - 0.99 ** t) + 1e-8;
      return w * (1 - shrink) - (0.05 / (1 - 0.9 ** t)) * (m / root);
    };
  };
  const settings = { learningRate: 0.05, beta1: 0.9, beta2: 0.99, weightDecay: 0.1 } as const;

  it("31. Adam adds the decay to the gradient", () => {
    expectSteps(
      (p) => new Adam(p, settings),
      adam((g, w) => g + 0.1 * w, 0),
    );
  });

  it("31. AdamW takes it from the weight", () => {
    expectSteps(
      (p) => new AdamW(p, settings),
      adam((g) => g, 0.05 * 0.1),
    );
  });

  it("31. RMSprop, centered, with momentum", () => {
    let [v, mid, u] = [0, 0, 0];
    expectSteps(
      (p) => new RMSprop(p, { learningRate: 0.01, alpha: 0.9, momentum: 0.5, centered: true }),
      (g, w) => {
        v = 0.9 * v + 0.1 * g * g;
        mid = 0.9 * mid + 0.1 * g;
        u = 0.5 * u + g / (Math.sqrt(v - mid * mid) + 1e-8);
        return w - 0.01 * u;
      },
    );
  });

  it("31. Adagrad, whose steps get smaller", () => {
    let s = 0.1;
    expectSteps(
      (p) => new Adagrad(p, { learningRate: 0.1, learningRateDecay: 0.2, initialAccumulator: 0.1 }),
      (g, w, t) => {
        s += g * g;
        return w - (0.1 / (1 + (t - 1) * 0.2)) * (g / (Math.sqrt(s) + 1e-10));
      },
    );
  });
});

describe("modules", () => {
  it("32. Linear's weight is [out, in], and starts uniform within ±1/√in, as kaiming uniform with a = √5", () => {
    manualSeed(0);
    const linear = new Linear(64, 100);
    expect(linear.weight.shape).toEqual([100, 64]);
    const weights = Array.from(linear.weight.value.toTypedArray(), Number);
    expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(1 / 8);
    // The standard deviation of a uniform distribution within ±b is b/√3; 6,400 draws give it to a few percent.
    const deviation = Math.sqrt(weights.reduce((all, w) => all + w * w, 0) / weights.length);
    expect(deviation * 8 * Math.sqrt(3)).toBeCloseTo(1, 1);
  });

  it("32. BatchNorm normalises with the biased variance and keeps the unbiased one", () => {
    const norm = new BatchNorm1d(1, { epsilon: 0, dtype: "float64" });
    const x = tensor([[1], [2], [3], [6]], float64);
    // The mean is 3, the squares around it add up to 14.
    expectClose(
      norm.forward(x),
      [-2, -1, 0, 3].map((d) => [d / Math.sqrt(14 / 4)]),
    );
    expectClose(norm.runningMean as Value, [0.1 * 3]);
    expectClose(norm.runningVar as Value, [0.9 + (0.1 * 14) / 3]);
  });

  it("32. Dropout scales by 1/(1 − p) in training and is the identity in evaluation", () => {
    manualSeed(0);
    const dropout = new Dropout(0.75);
    const x = ones([1000]);
    const kept = new Set(Array.from(dropout.forward(x).toArray() as number[]));
    expect([...kept].sort()).toEqual([0, 4]);
    expect(Number(mean(dropout.forward(x)).item())).toBeCloseTo(1, 0);
    dropout.eval();
    expect(dropout.forward(x).toArray()).toEqual(x.toArray());
  });

  it("33. stateDict has PyTorch's names, and safetensors go both ways", () => {
    const make = (): Sequential =>
      new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1), new BatchNorm1d(1));
    const [one, other] = [make(), make()];
    const names = [...one.stateDict().keys()];
    expect(names).toEqual([
      ...["0.weight", "0.bias", "2.weight", "2.bias"],
      ...["3.weight", "3.bias", "3.running_mean", "3.running_var", "3.num_batches_tracked"],
    ]);
    other.loadStateDict(decodeSafetensors(encodeSafetensors(one.stateDict())).tensors);
    for (const name of names) {
      expect(other.stateDict().get(name)?.toArray()).toEqual(one.stateDict().get(name)?.toArray());
    }
  });
});
