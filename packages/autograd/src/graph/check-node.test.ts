import {
  abs,
  apply,
  cast,
  defineOp,
  exp,
  grad,
  greater,
  linear,
  log,
  logSoftmax,
  matmul,
  maxPool2d,
  mul,
  noGrad,
  relu,
  round,
  sort,
  sqrt,
  stopGradient,
  sub,
  sum,
  tanh,
  type Value,
  Variable,
  variable,
  where,
} from "@adjoint/autograd";
import {
  checkEdge,
  checkNode,
  checkNodeSteps,
  checkPassSteps,
  type GradientCheck,
  type PassCheck,
  ReplayError,
  record,
  type Trace,
  type TraceStep,
  type TraceTensor,
} from "@adjoint/autograd/graph";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProgram } from "../../test/random-programs.ts";

function float64(values: readonly number[], shape: readonly number[] = [values.length]): Variable {
  return new Variable(tensor(Float64Array.from(values), { shape }) as Tensor, { requiresGrad: true });
}

function normal(shape: readonly number[], seed: number): Variable {
  return new Variable(new Generator(seed).normal(shape, { dtype: "float64" }), { requiresGrad: true });
}

/** The trace of the sum of what `f` gives, with its backward pass. */
function traceOf(f: () => Value): Trace {
  return record(() => (sum(f()) as Variable).backward());
}

function idOf({ nodes }: Trace, op: string): number {
  const found = nodes.find((node) => node.op === op);
  if (found === undefined) throw new Error(`no ${op}`);
  return found.id;
}

function verdicts({ entries }: GradientCheck): string {
  return entries.map(({ verdict }) => verdict).join(" ");
}

function checkPass(trace: Trace, options: Parameters<typeof checkPassSteps>[2] = {}): PassCheck {
  const steps = checkPassSteps(trace, 0, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** `trace` with the steps of its pass changed. */
function withSteps(trace: Trace, change: (step: TraceStep) => TraceStep): Trace {
  return { ...trace, passes: trace.passes.map((pass) => ({ ...pass, steps: pass.steps.map(change) })) };
}

/** A tensor with one entry changed. */
function changed(value: TraceTensor, index: number, by: number): TraceTensor {
  const data = Float64Array.from(value.data ?? []);
  data[index] = (data[index] ?? 0) + by;
  return { ...value, data };
}

/** x ↦ tanh x with a rule that is wrong where x is positive. */
const wrongTanh = defineOp<[Tensor]>({
  name: "tanh",
  forward: ([x]) => x.tanh(),
  vjp: [
    { formula: "x̄ = g · (1 − y)", saves: ["output"], rule: (g, saved) => mul(g, sub(1, saved.output())) },
  ],
});

describe("checkNode", () => {
  it("agrees with every adjoint of random programs, within 1e-6", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const trace = traceOf(() => run(normal([2, 3], 1), normal([2, 3], 2)));
      for (const { node } of trace.passes[0]?.steps ?? []) {
        const check = checkNode(trace, 0, node);
        for (const entry of check.entries) {
          // Ties and flips may well be there; where they are not, the numbers agree.
          if (entry.verdict === "kink") continue;
          if (entry.verdict !== "ok") expect.fail(JSON.stringify([trace.nodes[node]?.op, entry]));
          if (Math.abs(entry.analytic) > 1e-6) expect(entry.relativeError).toBeLessThan(1e-6);
        }
      }
    });
    fc.assert(law, { seed: 5, numRuns: 30 });
  });

  it("says kink of ReLU at 0, and ok beside it", () => {
    const trace = traceOf(() => relu(float64([-1, 0, 2])));
    const check = checkNode(trace, 0, 0);
    expect(verdicts(check)).toBe("ok kink ok");
    expect(check.entries[1]).toMatchObject({ analytic: 0, left: 0, right: 1 });
    expect(check.verdict).toBe("kink");
  });

  it("says kink where a tie is broken, a pool changes its element or a sort its order", () => {
    const pooled = traceOf(() => maxPool2d(float64([1, 1, 0, -1], [1, 1, 2, 2]), 2));
    expect(verdicts(checkNode(pooled, 0, 0))).toBe("kink kink ok ok");
    const sorted = traceOf(() => mul(sort(float64([3, 1, 1])).values, tensor([1, 2, 3])));
    expect(verdicts(checkNode(sorted, 0, 0))).toBe("ok kink kink");
    const smooth = traceOf(() => mul(sort(float64([3, 1, 2])).values, tensor([1, 2, 3])));
    expect(checkNode(smooth, 0, 0).entries.map(({ numeric }) => Math.round(numeric * 1e9) / 1e9)).toEqual([
      3, 1, 2,
    ]);
  });

  it("sees a branch flip, although a condition has no derivative", () => {
    const x = float64([0, 1]);
    const trace = traceOf(() => where(greater(x, 0), mul(x, 3), x));
    expect(verdicts(checkNode(trace, 0, idOf(trace, "leaf")))).toBe("kink ok");
    const jump = traceOf(() => round(float64([0.5, 0.2])));
    expect(verdicts(checkNode(jump, 0, 0))).toBe("kink ok");
  });

  it("says kink where the convention happens to agree with the central difference", () => {
    expect(
      verdicts(
        checkNode(
          traceOf(() => abs(float64([0, -2]))),
          0,
          0,
        ),
      ),
    ).toBe("kink ok");
  });

  it("keeps what is cut off from the gradient as it was", () => {
    const trace = traceOf(() => {
      const x = float64([1, 2]);
      return mul(
        mul(x, stopGradient(exp(x))),
        noGrad(() => tanh(x)),
      );
    });
    const check = checkNode(trace, 0, idOf(trace, "leaf"));
    expect(check.verdict).toBe("ok");
    expect(check.entries[0]?.numeric).toBeCloseTo(Math.E * Math.tanh(1), 10);
  });

  it("checks an op's output, a root, and a pass over the ops of another pass", () => {
    const x = normal([3], 3);
    const trace = record(() => {
      const [first] = grad(sum(mul(tanh(x), x)) as Variable, [x], { createGraph: true });
      grad([first as Variable], [x], { gradients: [tensor(Float64Array.of(1, -2, 3))] });
    });
    for (const { node } of trace.passes[1]?.steps ?? []) expect(checkNode(trace, 1, node).verdict).toBe("ok");
  });

  it("goes red at the entry of an adjoint that was altered, and nowhere else", () => {
    const trace = traceOf(() => tanh(matmul(normal([2, 3], 4), normal([3, 4], 5))));
    const product = idOf(trace, "matmul");
    const altered = withSteps(trace, (step) =>
      step.node === product ? { ...step, adjoint: changed(step.adjoint, 5, 1e-4) } : step,
    );
    const { entries, verdict } = checkNode(altered, 0, product);
    expect(verdict).toBe("wrong");
    expect(entries.filter((entry) => entry.verdict === "wrong").map(({ index }) => index)).toEqual([5]);
    expect(entries.filter((entry) => entry.verdict === "ok").length).toBe(7);
  });

  it("goes red behind a wrong rule, at the entries that it spoils, and not before it", () => {
    const trace = traceOf(() => exp(apply(wrongTanh, [mul(float64([-1, 0, 0.5]), 2)])));
    const options = { ops: [wrongTanh] };
    expect(checkNode(trace, 0, idOf(trace, "tanh"), options).verdict).toBe("ok");
    // At x = 0 the wrong rule gives what the right one gives.
    expect(verdicts(checkNode(trace, 0, idOf(trace, "mul"), options))).toBe("wrong ok wrong");
    expect(verdicts(checkNode(trace, 0, idOf(trace, "leaf"), options))).toBe("wrong ok wrong");
  });

  it("goes red where the gradient is NaN and the function is smooth", () => {
    const x = float64([-1, 4]);
    const trace = traceOf(() => where(greater(x, 0), sqrt(x), 0));
    expect(checkNode(trace, 0, idOf(trace, "leaf")).entries).toMatchObject([
      { analytic: Number.NaN, numeric: 0, verdict: "wrong" },
      { verdict: "ok" },
    ]);
  });

  it("says kink where the function ends, and unknown where it is not finite", () => {
    expect(
      verdicts(
        checkNode(
          traceOf(() => sqrt(float64([0, 1]))),
          0,
          0,
        ),
      ),
    ).toBe("kink ok");
    expect(
      verdicts(
        checkNode(
          traceOf(() => log(float64([0, 1]))),
          0,
          0,
        ),
      ),
    ).toBe("unknown unknown");
  });

  it("does not judge what differences cannot resolve", () => {
    const trace = traceOf(() => sub(mul(float64([1, 1]), tensor(Float64Array.of(1e-20, 2))), 1e3));
    expect(verdicts(checkNode(trace, 0, 0))).toBe("ok ok");
    const hidden = traceOf(() => tanh(sum(mul(float64([1, 1]), tensor(Float64Array.of(1e-19, 2))))));
    const [small, large] = checkNode(hidden, 0, 0).entries;
    expect(small?.verdict).not.toBe("wrong");
    expect(large?.verdict).toBe("ok");
  });

  it("takes differences of what was recorded in float32 in float64, and allows for its rounding", () => {
    const [x, w] = [new Generator(6).normal([4, 5]), new Generator(7).normal([3, 5])];
    const leaf = (value: Tensor): Variable => new Variable(value, { requiresGrad: true });
    const trace = traceOf(() => logSoftmax(tanh(cast(linear(leaf(x), leaf(w)), "float32"))));
    for (const { node } of trace.passes[0]?.steps ?? []) {
      expect(checkNode(trace, 0, node)).toMatchObject({
        verdict: "ok",
        singlePrecision: true,
        tolerance: 1e-3,
      });
    }
  });

  it("checks a seeded sample of a large gradient, in which the largest always is", () => {
    const trace = traceOf(() => exp(normal([50, 20], 8)));
    const adjoint = trace.passes[0]?.steps.at(-1)?.adjoint.data ?? [];
    const largest = adjoint.indexOf(Math.max(...adjoint) as never);
    const indices = (seed: number): number[] =>
      checkNode(trace, 0, 0, { maxEntries: 10, seed }).entries.map(({ index }) => index);
    expect(indices(1)).toEqual(indices(1));
    expect(indices(1)).not.toEqual(indices(2));
    expect(new Set(indices(1)).size).toBe(10);
    for (const seed of [1, 2, 3]) expect(indices(seed)).toContain(largest);
    expect(checkNode(trace, 0, 0, { entries: [7, 3] }).entries.map(({ index }) => index)).toEqual([7, 3]);
    expect(checkNode(trace, 0, 0).entries.length).toBe(64);
  });

  it("says how far it is, and stops when it is told to", () => {
    const trace = traceOf(() => exp(normal([5], 9)));
    const heard: string[] = [];
    checkNode(trace, 0, 0, { onProgress: ({ done, total }) => heard.push(`${done}/${total}`) });
    expect(heard).toEqual(["1/5", "2/5", "3/5", "4/5", "5/5"]);
    const controller = new AbortController();
    const stopAt = ({ done }: { readonly done: number }): void => {
      if (done === 2) controller.abort(new Error("enough"));
    };
    expect(() => checkNode(trace, 0, 0, { signal: controller.signal, onProgress: stopAt })).toThrow("enough");
    expect(checkNodeSteps(trace, 0, 0).next().value).toEqual({ done: 1, total: 5 });
  });

  it("refuses what it cannot check", () => {
    const x = float64([1, 2]);
    const trace = record(() => {
      const y = mul(x, 2);
      noGrad(() => y.value.assign(1));
      (sum(sub(y, 3)) as Variable).backward();
    });
    const written = trace.nodes.findIndex(({ op }) => op === "sub");
    expect(() => checkNode(trace, 0, idOf(trace, "mul"))).toThrow(ReplayError);
    expect(() => checkNode(trace, 0, idOf(trace, "mul"))).toThrow(`[check] node ${written}, sub, gave`);
    const plain = traceOf(() => mul(x, tensor([1, 2])));
    expect(() => checkNode(plain, 0, idOf(plain, "constant"))).toThrow(
      `[checkNode] node is ${idOf(plain, "constant")}, and the pass did not come by it. Give the node of one of the pass's steps.`,
    );
    expect(() => checkNode(plain, 0, 0, { entries: [2] })).toThrow(
      "[checkNode] entries has 2, and the gradient has 2 entries. Count them from 0 in row-major order.",
    );
    expect(() => checkNode(plain, 0, 0, { maxEntries: 0 })).toThrow("Give a whole number from 1.");
  });
});

describe("checkEdge and checkPassSteps", () => {
  it("find every rule of a network right", () => {
    const trace = traceOf(() =>
      logSoftmax(linear(tanh(linear(normal([4, 5], 1), normal([3, 5], 2))), normal([6, 3], 3))),
    );
    const { edges, skipped } = checkPass(trace);
    const expected = trace.passes[0]?.steps.flatMap(({ node, contributions }) =>
      contributions.map(({ input }) => [node, input]),
    );
    expect(edges.map(({ node, input }) => [node, input])).toEqual(expected);
    expect(edges.every(({ verdict }) => verdict === "ok")).toBe(true);
    expect(skipped).toEqual([]);
  });

  it("name the op that is to blame, and no other", () => {
    const trace = traceOf(() => exp(apply(wrongTanh, [mul(float64([-1, 0, 0.5]), float64([1, 2, 3]))])));
    const { edges } = checkPass(trace, { ops: [wrongTanh] });
    const wrong = edges.filter(({ verdict }) => verdict === "wrong");
    expect(wrong.map(({ node }) => trace.nodes[node]?.op)).toEqual(["tanh"]);
    expect(verdicts(wrong[0] as GradientCheck)).toBe("wrong ok wrong");
  });

  it("go red at the entry of a contribution that was altered", () => {
    const trace = traceOf(() => matmul(normal([2, 3], 4), normal([3, 4], 5)));
    const product = idOf(trace, "matmul");
    const altered = withSteps(trace, (step) => ({
      ...step,
      contributions: step.contributions.map((each) =>
        step.node === product && each.input === 1 ? { ...each, value: changed(each.value, 7, -1e-3) } : each,
      ),
    }));
    const check = checkEdge(altered, 0, product, 1);
    expect(check.entries.flatMap(({ verdict, index }) => (verdict === "wrong" ? [index] : []))).toEqual([7]);
    expect(checkEdge(altered, 0, product, 0).verdict).toBe("ok");
  });

  it("tell the two inputs of x · x apart", () => {
    const x = float64([2, 3]);
    const trace = traceOf(() => mul(x, x));
    for (const input of [0, 1]) {
      expect(
        checkEdge(trace, 0, 1, input).entries.map(({ numeric }) => Math.round(numeric * 1e9) / 1e9),
      ).toEqual([2, 3]);
    }
    expect(() => checkEdge(trace, 0, 1, 2)).toThrow(
      "[checkEdge] input is 2, and node 1 gave nothing for it in this pass. Give the input of one of the step's contributions.",
    );
  });

  it("skip an op that is not the library's, and say why", () => {
    const trace = traceOf(() => exp(apply(wrongTanh, [variable([1, 2])])));
    const { edges, skipped } = checkPass(trace);
    expect(edges.length).toBe(2);
    expect(skipped).toMatchObject([{ node: idOf(trace, "tanh"), input: 0 }]);
  });
});
