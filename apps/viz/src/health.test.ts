import {
  add,
  conv2d,
  linear,
  relu,
  sigmoid,
  softmax,
  sum,
  tanh,
  Variable,
  variable,
} from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { type HealthFlag, healthFlags, healthMarks, healthThresholds } from "./health.ts";
import { deepProgram } from "./programs/deep.ts";
import { digitsProgram } from "./programs/digits.ts";
import { type Program, recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";

function judge(trace: Trace): HealthFlag[] {
  return healthFlags(trace, trace.passes[0] ?? null);
}

/** Sets entries of a program's leaf before it runs. */
function plant(program: Program, name: string, units: readonly number[], value: number): Program {
  const leaf = new Map(program.names).get(name);
  if (!(leaf instanceof Variable)) throw new Error(`no leaf ${name}`);
  const data = Float64Array.from(leaf.value.toTypedArray(), Number);
  for (const unit of units) data[unit] = value;
  leaf.value.assign(tensor(data, { shape: leaf.shape }));
  return program;
}

describe("dead ReLU units", () => {
  it.each([[[3]], [[0, 7, 31]], [[2, 8, 16, 26]]])("flags exactly units %j, whose bias is −100", (units) => {
    const trace = recordStep(plant(digitsProgram(32, 0), "0.bias", units, -100), 0, {});
    const flags = judge(trace);
    expect(flags.map(({ kind, units: found, severity }) => [kind, found, severity])).toEqual([
      ["dead", units, "warning"],
    ]);
    const [flag] = flags;
    expect(flag?.nodes).toEqual([trace.nodes.find(({ op }) => op === "relu")?.id]);
    expect(flag?.number).toBeLessThan(healthThresholds.wakeRate);
    expect(flag?.words).toContain("At most 1% is flagged.");
    expect([...healthMarks(flags).nodes.values()]).toEqual([
      [{ kind: "warning", label: `${units.length} dead ${units.length === 1 ? "unit" : "units"}` }],
    ]);
  });

  it("is severe where the whole layer is dead", () => {
    const all = Array.from({ length: 32 }, (_, unit) => unit);
    const flags = judge(recordStep(plant(digitsProgram(32, 0), "0.bias", all, -100), 0, {}));
    expect(flags.find(({ kind }) => kind === "dead")).toMatchObject({ severity: "severe", units: all });
    // And no gradient reaches the first layer.
    expect(flags.find(({ kind }) => kind === "vanishing")).toMatchObject({ number: 0, severity: "severe" });
  });

  it("tells a unit that eight examples do not wake from a dead one", () => {
    const trace = recordStep(digitsProgram(32, 0), 0, {});
    const y = trace.nodes.find(({ op }) => op === "relu")?.value?.data ?? [];
    const silent = Array.from({ length: 32 }, (_, unit) => unit).filter((unit) =>
      Array.from({ length: 8 }, (_, row) => y[row * 32 + unit]).every((each) => each === 0),
    );
    expect(silent).toEqual([2, 8, 16, 26]);
    expect(judge(trace)).toEqual([]);
  });

  it("takes 300 silent examples for proof", () => {
    const generator = new Generator(0);
    const inputs = (rows: number): Tensor => {
      return generator.uniform([rows, 2], { low: -1, high: 0, dtype: "float64" });
    };
    const dead = (rows: number): number => {
      const x = inputs(rows);
      return judge(record(() => sum(relu(new Variable(x, { requiresGrad: true }))).backward())).length;
    };
    expect([299, 300].map(dead)).toEqual([0, 1]);
  });

  it("counts the channels of a convolution as units", () => {
    const generator = new Generator(0);
    const images = generator.uniform([2, 1, 6, 6], { dtype: "float64" });
    const filters = new Variable(generator.uniform([3, 1, 3, 3], { dtype: "float64" }), {
      requiresGrad: true,
    });
    const bias = new Variable(tensor(Float64Array.of(0, -1000, 0), { shape: [3, 1, 1] }), {
      requiresGrad: true,
    });
    const trace = record(() => sum(relu(add(conv2d(images, filters), bias))).backward());
    expect(judge(trace).map(({ kind, units }) => [kind, units])).toEqual([["dead", [1]]]);
  });
});

describe("vanishing and exploding gradients", () => {
  it("flags 30 layers of sigmoid, with the ratio", () => {
    const trace = recordStep(
      deepProgram({ depth: 30, width: 8, activation: "sigmoid", gain: 1, seed: 0 }),
      0,
      {},
    );
    const flags = judge(trace);
    expect(flags.map(({ kind, severity }) => [kind, severity])).toEqual([["vanishing", "severe"]]);
    const layers = trace.nodes.filter(({ op }) => op === "linear");
    const size = (node: number): number => {
      const data = trace.passes[0]?.steps.find((step) => step.node === node)?.adjoint.data ?? [];
      return Math.sqrt(Array.from(data, Number).reduce((total, x) => total + x * x, 0) / data.length);
    };
    const [flag] = flags;
    const ratio = size(layers[0]?.id ?? -1) / size(layers.at(-1)?.id ?? -1);
    expect(ratio).toBeLessThan(1e-18);
    expect((flag?.number ?? 0) / ratio).toBeCloseTo(1, 10);
    expect(flag?.series.map(({ node }) => node)).toEqual(layers.map(({ id }) => id));
    expect(flag?.nodes[0]).toBe(layers[0]?.id);
    expect(flag?.words).toMatch(
      /^Gradients vanish: at the layer of 0\.weight they are 1\.\d+e−20 times .* 31 layers, ×0\.\d+ a layer\. Below 0\.001 is flagged\.$/,
    );
  });

  it("flags 30 layers of ReLU with gain 3 as exploding", () => {
    const flags = judge(
      recordStep(deepProgram({ depth: 30, width: 8, activation: "relu", gain: 3, seed: 0 }), 0, {}),
    );
    expect(new Set(flags.map(({ kind }) => kind))).toEqual(new Set(["exploding"]));
    expect(flags.every(({ number, threshold }) => number > threshold)).toBe(true);
  });

  it.each([0, 1, 2, 3])("flags nothing of 30 layers of tanh with gain 5/3, seed %i", (seed) => {
    const program = deepProgram({ depth: 30, width: 8, activation: "tanh", gain: 5 / 3, seed });
    expect(judge(recordStep(program, 0, {})).filter(({ kind }) => kind !== "saturated")).toEqual([]);
  });

  it("flags an infinite gradient", () => {
    const flags = judge(
      recordStep(deepProgram({ depth: 100, width: 8, activation: "relu", gain: 100, seed: 0 }), 0, {}),
    );
    expect(
      flags.some(({ kind, number }) => kind === "exploding" && number === Number.POSITIVE_INFINITY),
    ).toBe(true);
  });

  it("judges no gradient where there is no pass", () => {
    const trace = recordStep(
      deepProgram({ depth: 30, width: 8, activation: "sigmoid", gain: 1, seed: 0 }),
      0,
      {},
    );
    expect(healthFlags(trace, null)).toEqual([]);
  });
});

describe("saturation", () => {
  const weight = variable([[1]], { dtype: "float64" });
  const flagsOf = (body: () => Variable): HealthFlag[] => {
    return judge(record(() => sum(body()).backward())).filter(({ kind }) => kind === "saturated");
  };
  const column = (...x: number[]): Tensor => tensor(Float64Array.from(x), { shape: [x.length, 1] });

  it.each([
    ["sigmoid", sigmoid, 5.9, 6.1],
    ["tanh", tanh, 2.9, 3.1],
  ] as const)("of %s begins where the slope is a hundredth of the steepest", (_, activation, near, far) => {
    const share = (...x: number[]): number | undefined => {
      return flagsOf(() => linear(activation(linear(column(...x), weight)), weight))[0]?.number;
    };
    expect(share(far, -far, far, near)).toBe(0.75);
    expect(share(far, -far, near, near)).toBeUndefined();
  });

  it("names the units that are saturated for all examples, and is a note at the end", () => {
    const x = variable(
      [
        [50, 0, 50],
        [50, 0, -50],
        [50, 50, 50],
      ],
      { dtype: "float64" },
    );
    const [flag] = flagsOf(() => tanh(x));
    expect(flag).toMatchObject({ units: [0, 2], severity: "note", threshold: 0.5 });
    const [inner] = flagsOf(() => linear(tanh(x), variable([[1, 1, 1]], { dtype: "float64" })));
    expect(inner).toMatchObject({ severity: "warning" });
  });

  it("sees a softmax that is sure", () => {
    const x = variable(
      [
        [50, 0, 0],
        [0, 50, 0],
      ],
      { dtype: "float64" },
    );
    expect(flagsOf(() => softmax(x, -1))[0]?.number).toBe(1);
  });

  it("is not flagged where no gradient comes by", () => {
    const x = variable([[50, 50]], { dtype: "float64" });
    const shown = (): Variable => {
      tanh(x);
      return linear(x, variable([[1, 1]], { dtype: "float64" }));
    };
    expect(flagsOf(shown)).toEqual([]);
  });
});

describe("healthy programs", () => {
  it.each([
    [0, 0],
    [0, 100],
    [1, 0],
    [2, 100],
  ])("784-32-10 with seed %i after %i steps has no flag", (seed, steps) => {
    expect(judge(recordStep(digitsProgram(32, seed), steps, {}))).toEqual([]);
  });

  it.each([0, 1000])("exclusive or after %i steps has no flag", (steps) => {
    expect(judge(recordStep(xorProgram(0), steps, {}))).toEqual([]);
  });
});
