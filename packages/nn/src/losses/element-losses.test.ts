/** The losses over elements: kinks, extremes, second derivatives, messages. Values against PyTorch: test/. */
import { grad, type Value, type Variable, variable } from "@adjoint/autograd";
import { gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { BCEWithLogitsLoss, bceWithLogitsLoss } from "./bce-with-logits-loss.ts";
import { HuberLoss, huberLoss } from "./huber-loss.ts";
import { KLDivLoss, klDivLoss } from "./kl-div-loss.ts";
import { L1Loss, l1Loss } from "./l1-loss.ts";
import { SmoothL1Loss, smoothL1Loss } from "./smooth-l1-loss.ts";

type Loss = (input: Value, target: Value, options?: object) => Variable;
const losses: Record<string, Loss> = { l1Loss, huberLoss, smoothL1Loss, bceWithLogitsLoss, klDivLoss };
const [input, target] = [
  tensor(Float64Array.of(-0.3, 0.2, 2.5, -1.7)) as Tensor,
  tensor(Float64Array.of(0.1, 0.7, 0.4, 0.25)) as Tensor,
];

describe.each(Object.entries(losses))("%s", (name, loss) => {
  it("has the derivatives of its formula, first and second, for input and target", () => {
    for (const reduction of ["none", "mean", "sum"]) {
      gradcheck((a, b) => loss(a, b, { reduction }), [input, target]);
      gradgradcheck((a, b) => loss(a, b, { reduction }), [input, target]);
    }
  });

  it("of nothing is NaN in the mean, 0 in the sum", () => {
    const nothing = zeros([0, 2]) as Tensor;
    expect(loss(nothing, nothing).item()).toBeNaN();
    expect(loss(nothing, nothing, { reduction: "sum" }).item()).toBe(0);
    expect(loss(nothing, nothing, { reduction: "none" }).shape).toEqual([0, 2]);
  });

  it("refuses to broadcast, and unknown options and reductions", () => {
    expect(errorOf(() => loss(zeros([2, 1]) as Tensor, zeros([2]) as Tensor)).message).toBe(
      `[${name}] input is [2, 1], target is [2]. Give both one shape: reshape or squeeze one of them.`,
    );
    expect(() => loss(input, target, { reduce: true })).toThrow(`[${name}] unknown option "reduce".`);
    expect(() => loss(input, target, { reduction: "max" })).toThrow(`[${name}] reduction is "max".`);
  });
});

it("the classes keep their settings", () => {
  const options = { reduction: "sum" } as const;
  const pairs: [Variable, Variable][] = [
    [new L1Loss(options).forward(input, target), l1Loss(input, target, options)],
    [new HuberLoss(options).forward(input, target), huberLoss(input, target, options)],
    [new SmoothL1Loss(options).forward(input, target), smoothL1Loss(input, target, options)],
    [new BCEWithLogitsLoss(options).forward(input, target), bceWithLogitsLoss(input, target, options)],
    [new KLDivLoss(options).forward(input, target), klDivLoss(input, target, options)],
  ];
  for (const [kept, stated] of pairs) expect(kept.item()).toBe(stated.item());
});

it("the classes check their settings when they are made", () => {
  const unknown = { reduce: true } as never;
  expect(() => new L1Loss(unknown)).toThrow('[L1Loss] unknown option "reduce".');
  expect(() => new HuberLoss(unknown)).toThrow('[HuberLoss] unknown option "reduce".');
  expect(() => new SmoothL1Loss(unknown)).toThrow('[SmoothL1Loss] unknown option "reduce".');
  expect(() => new BCEWithLogitsLoss(unknown)).toThrow('[BCEWithLogitsLoss] unknown option "reduce".');
  expect(() => new KLDivLoss(unknown)).toThrow('[KLDivLoss] unknown option "reduce".');
});

/** The gradient of the sum of losses by the input. */
function slopes(loss: Loss, x: readonly number[], t: readonly number[], options: object = {}): unknown {
  const leaf = variable([...x], { dtype: "float64" });
  const y = loss(leaf, tensor(Float64Array.from(t)), { reduction: "sum", ...options });
  return grad([y], [leaf]).map((found) => found.toArray())[0];
}

describe("at their kinks and extremes", () => {
  it("l1Loss has no slope at equality", () => {
    expect(slopes(l1Loss, [1, 2, 3], [2, 2, 2])).toEqual([-1, 0, 1]);
  });

  it("huberLoss bends at delta, where both slopes are delta", () => {
    expect(slopes(huberLoss, [-5, -2, -1, 0, 1, 2, 5], [0, 0, 0, 0, 0, 0, 0], { delta: 2 })).toEqual([
      -2, -2, -1, 0, 1, 2, 2,
    ]);
  });

  it("smoothL1Loss is huberLoss over beta, and l1Loss for beta 0", () => {
    const huber = huberLoss(input, target, { delta: 0.5 }).item();
    expect(smoothL1Loss(input, target, { beta: 0.5 }).item()).toBeCloseTo(huber / 0.5, 14);
    expect(smoothL1Loss(input, target, { beta: 0 }).item()).toBe(l1Loss(input, target).item());
  });

  it("huberLoss does not square what lies far off", () => {
    expect(slopes(huberLoss, [1e300], [-1e300])).toEqual([1]);
  });

  it("bceWithLogitsLoss is exact for logits of any size, and its gradient is σ(x) − y", () => {
    const logits = [-1e4, -40, 40, 1e4, 0];
    const found = bceWithLogitsLoss(
      tensor(Float64Array.from(logits)),
      tensor(Float64Array.of(0, 0, 1, 0, 0.5)),
      { reduction: "none" },
    );
    // Not 0: log(1 + e⁻⁴⁰) has all its digits.
    expectClose(found, [0, Math.exp(-40), Math.exp(-40), 1e4, Math.LN2], 1e-15);
    expect((found.toArray() as number[])[1]).toBeCloseTo(Math.exp(-40), 30);
    expect(slopes(bceWithLogitsLoss, logits, [1, 0, 1, 0, 0.5])).toEqual([
      -1,
      1 / (1 + Math.exp(40)),
      expect.closeTo(-Math.exp(-40), 30),
      1,
      0,
    ]);
  });

  it("klDivLoss counts what the target holds for impossible as 0, also where the input does", () => {
    const impossible = Number.NEGATIVE_INFINITY;
    expect(slopes(klDivLoss, [impossible, Math.log(0.5)], [0, 1])).toEqual([0, -1]);
    expect(slopes(klDivLoss, [impossible, Math.log(0.5)], [impossible, 0], { logTarget: true })).toEqual([
      0, -1,
    ]);
    const y = klDivLoss(tensor([impossible, Math.log(0.5)]), tensor([0, 1]), { reduction: "none" });
    expectClose(y, [0, Math.LN2], 1e-7);
  });

  it("klDivLoss of a distribution from itself is 0, and batchmean divides by the batch", () => {
    const p = tensor(Float64Array.of(0.25, 0.75, 0.5, 0.5), { shape: [2, 2] }) as Tensor;
    expectClose(klDivLoss(p.log() as Tensor, p, { reduction: "sum" }), 0, 1e-15);
    const q = tensor(Float64Array.of(0.5, 0.5, 0.5, 0.5), { shape: [2, 2] }) as Tensor;
    const total = klDivLoss(q.log() as Tensor, p, { reduction: "sum" }).item();
    expect(klDivLoss(q.log() as Tensor, p, { reduction: "batchmean" }).item()).toBe(total / 2);
    expect(klDivLoss(q.log() as Tensor, p).item()).toBe(total / 4);
  });
});

describe("they refuse", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "a delta of 0": [
      () => huberLoss(input, target, { delta: 0 }),
      "[huberLoss] delta is 0. Give a number above 0.",
    ],
    "a negative beta": [
      () => new SmoothL1Loss({ beta: -1 }),
      "[SmoothL1Loss] beta is -1. Give a number of at least 0.",
    ],
    "a weight that does not fit": [
      () => bceWithLogitsLoss(zeros([4, 2]), zeros([4, 2]), { weight: zeros([4]) as Tensor }),
      "[bceWithLogitsLoss] weight is [4], input is [4, 2]. Give a weight that broadcasts to the input's shape.",
    ],
    "a posWeight of more axes": [
      () => bceWithLogitsLoss(zeros([2]), zeros([2]), { posWeight: zeros([1, 2]) as Tensor }),
      "[bceWithLogitsLoss] posWeight is [1, 2], input is [2]. Give a posWeight that broadcasts to the input's shape.",
    ],
    "a batchmean without a batch": [
      () => klDivLoss(tensor(0), tensor(1), { reduction: "batchmean" }),
      "[klDivLoss] input is [] and has no batch axis. Give [n, …], or take the sum.",
    ],
    "a reduction": [
      () => new KLDivLoss({ reduction: "max" as "mean" }),
      '[KLDivLoss] reduction is "max". Give none, mean, sum or batchmean.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
