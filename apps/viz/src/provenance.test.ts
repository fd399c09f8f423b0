import {
  AnomalyError,
  add,
  detectAnomaly,
  div,
  exp,
  log,
  matmul,
  mul,
  neg,
  relu,
  sqrt,
  sub,
  sum,
  Variable,
  variable,
  where,
} from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { edgeKey } from "./backward-states.ts";
import { digitsProgram } from "./programs/digits.ts";
import { expressionProgram } from "./programs/expression.ts";
import { type Program, recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";
import { type Provenance, provenanceOf } from "./provenance.ts";
import { culpritSentence, provenanceMarks } from "./provenance-words.ts";

const float64 = { dtype: "float64" } as const;

function traceOf(loss: () => Variable): Trace {
  return record(() => loss().backward());
}

function judge(trace: Trace): Provenance {
  return provenanceOf(trace, trace.passes[0] ?? null);
}

/** The culprits as text: phase, cause and op. */
function culprits(trace: Trace): string[] {
  const ops = new Map(trace.nodes.map(({ id, op }) => [id, op]));
  return judge(trace).culprits.map(({ phase, cause, node }) => `${phase} ${cause} ${ops.get(node)}`);
}

function sentences(trace: Trace): string[] {
  return judge(trace).culprits.map((culprit) => culpritSentence(trace, culprit));
}

const idOf = (trace: Trace, op: string): number => trace.nodes.find((node) => node.op === op)?.id ?? -1;

describe("provenanceOf", () => {
  it("finds log(0), and the forward alone", () => {
    const trace = traceOf(() => sum(mul(log(variable([2, 0, 5], float64)), 3)));
    expect(culprits(trace)).toEqual(["forward op log"]);
    expect(sentences(trace)).toEqual(["log takes the logarithm of 0: input 0 at [1] gives −∞."]);
  });

  it("finds 0/0", () => {
    const trace = traceOf(() => div(variable(0, float64), variable(0, float64)));
    expect(culprits(trace)).toEqual(["forward op div"]);
    expect(sentences(trace)).toEqual(["div divides 0 by 0: input 0 = 0 and input 1 = 0 give NaN."]);
  });

  it("finds an overflow of exp, with the entry that went in", () => {
    const x = new Variable(tensor(Float64Array.of(1, 2, 3, 800, 0, 0, 0, 0), { shape: [2, 4] }), {
      requiresGrad: true,
    });
    const trace = traceOf(() => sum(exp(x)));
    expect(culprits(trace)).toEqual(["forward op exp"]);
    expect(sentences(trace)).toEqual(["exp overflows: input 800 at [0, 3] gives ∞."]);
    expect(judge(trace).culprits[0]?.entries).toEqual([{ index: [0, 3], value: Number.POSITIVE_INFINITY }]);
  });

  it("finds sqrt(0), finite forward and infinite backward", () => {
    const trace = traceOf(() => sum(mul(sqrt(mul(variable([4, 0], float64), 2)), 3)));
    expect(culprits(trace)).toEqual(["backward rule sqrt"]);
    expect(sentences(trace)).toEqual([
      "sqrt's rule x̄ = g / 2y makes ∞ of finite numbers: adjoint 3, input 0 and output 0 at [1].",
    ]);
    const { values, adjoints, forwardEdges, backwardEdges, culprits: found } = judge(trace);
    expect([values.size, forwardEdges.size]).toEqual([0, 0]);
    const [sqrtId, leafId] = [idOf(trace, "sqrt"), idOf(trace, "leaf")];
    const inner = trace.nodes[sqrtId]?.inputs[0]?.source ?? -1;
    expect(new Set(adjoints.keys())).toEqual(new Set([inner, leafId]));
    expect(backwardEdges).toEqual(new Set([edgeKey(sqrtId, 0), edgeKey(inner, 0)]));
    // Presses: sum, mul, sqrt.
    expect(found[0]?.press).toBe(3);
  });

  it("draws the way that the first infinity went, and stops where it ends", () => {
    const x = variable(800, float64);
    const y = variable(1, float64);
    const trace = traceOf(() => add(relu(mul(exp(x), -1)), mul(y, y)));
    const names = new Map(trace.nodes.map(({ id, op }) => [id, op]));
    const { values, forwardEdges } = judge(trace);
    expect([...values.keys()].map((id) => names.get(id))).toEqual(["exp", "mul"]);
    expect([...values.values()]).toEqual([0, 0]);
    expect(forwardEdges).toEqual(new Set([edgeKey(idOf(trace, "mul"), 0)]));
  });

  it("tells several culprits, the first first, and which of them reached what", () => {
    const trace = traceOf(() => {
      const a = exp(variable(800, float64));
      const b = log(variable(0, float64));
      return add(mul(a, 1), mul(b, 1));
    });
    expect(culprits(trace)).toEqual(["forward op exp", "forward op log"]);
    const { values } = judge(trace);
    expect(trace.nodes.filter(({ op }) => op === "mul").map(({ id }) => values.get(id))).toEqual([0, 1]);
    expect(values.get(idOf(trace, "add"))).toBe(0);
  });

  it("tells an op that passes one NaN on and makes another", () => {
    const trace = traceOf(() => sum(log(sqrt(variable([-1, 0, 4], float64)))));
    expect(culprits(trace)).toEqual(["forward op sqrt", "forward op log"]);
    expect(judge(trace).culprits[1]?.entries).toEqual([{ index: [1], value: Number.NEGATIVE_INFINITY }]);
  });

  it("accuses a leaf or a constant that holds it", () => {
    const trace = traceOf(() => sum(mul(variable([1, Number.NaN], float64), tensor(Float64Array.of(1, 2)))));
    expect(culprits(trace)).toEqual(["forward given leaf"]);
    expect(sentences(trace)).toEqual(["leaf is a leaf that holds it: NaN at [1]."]);
  });

  it("accuses a seed", () => {
    const trace = record(() =>
      mul(variable(2, float64), 3).backward({ gradient: tensor(Number.POSITIVE_INFINITY, float64) }),
    );
    expect(culprits(trace)).toEqual(["backward seed mul"]);
    expect(judge(trace).culprits[0]?.press).toBe(0);
  });

  it("accuses a sum of finite contributions", () => {
    const trace = traceOf(() => {
      const x = variable(1, float64);
      return add(mul(x, 1.5e308), mul(x, 1.5e308));
    });
    // The forward overflows too: 1.5e308 + 1.5e308.
    expect(culprits(trace)).toEqual(["forward op add", "backward sum leaf"]);
    const small = traceOf(() => {
      const x = variable(0, float64);
      return add(mul(x, 1.5e308), mul(x, 1.5e308));
    });
    expect(culprits(small)).toEqual(["backward sum leaf"]);
    expect(sentences(small)[0]).toBe(
      "The sum of the contributions at leaf overflows to ∞: the sum before 1.5e308 and the contribution 1.5e308.",
    );
  });

  it("accuses a hook", () => {
    const trace = traceOf(() => {
      const y = mul(variable(2, float64), 3);
      y.hook(() => tensor(Number.NaN, float64));
      return mul(y, 2);
    });
    expect(culprits(trace)).toEqual(["backward hook mul"]);
  });

  it("finds the masked NaN of a where: clean loss, NaN in the gradient", () => {
    const x = variable([-1, 4], float64);
    const trace = traceOf(() => sum(where(tensor([false, true]), sqrt(x), 0)));
    expect(culprits(trace)).toEqual(["forward op sqrt"]);
    expect(judge(trace).adjoints.get(idOf(trace, "leaf"))).toBe(0);
  });

  it("finds the op inside the rule where the pass itself was recorded, and tells it once", () => {
    const trace = record(() => sqrt(variable(0, float64)).backward({ createGraph: true }));
    expect(culprits(trace)).toEqual(["backward op div"]);
  });

  it("judges an op that is not elementwise as a whole", () => {
    const a = new Variable(tensor(Float64Array.of(1e308, 1, 1e308, 1), { shape: [2, 2] }), {
      requiresGrad: true,
    });
    const b = new Variable(tensor(Float64Array.of(1, 1, 9, 1), { shape: [2, 2] }), { requiresGrad: true });
    const trace = traceOf(() => sum(matmul(mul(a, 1), mul(b, 9))));
    expect(culprits(trace)[0]).toBe("forward op matmul");
    expect(sentences(trace)[0]).toContain("input 0 = 1e308 at [0, 0] and input 1 = 81 at [1, 0]");
  });

  it("needs no elements: statistics alone name the culprit", () => {
    const trace = record(() => exp(variable([1, 800], float64)), { maxBytes: 0 });
    expect(culprits(trace)).toEqual(["forward op exp"]);
    expect(sentences(trace)).toEqual(["exp makes an infinity of finite numbers."]);
  });

  it("passes infinities over where they are at home", () => {
    const trace = traceOf(() => sub(log(variable(0, float64)), log(variable(0, float64))));
    expect(culprits(trace)).toEqual(["forward op log", "forward op log"]);
    const only = provenanceOf(trace, null, { infinities: false }).culprits;
    expect(only.map(({ node }) => trace.nodes.find(({ id }) => id === node)?.op)).toEqual(["sub"]);
  });

  it.each([
    ["exp(900) · 0", (x: Variable) => mul(exp(mul(x, 900)), 0)],
    ["log of a negative number", (x: Variable) => mul(log(neg(x)), 2)],
    ["√0 in backward", (x: Variable) => mul(sqrt(sub(x, 1)), 2)],
  ])("finds first where the library's detectAnomaly stops: %s", (_, f) => {
    const body = (): void => f(variable(1, float64)).backward();
    const trace = record(body);
    const [first] = judge(trace).culprits;
    const { op } = trace.nodes[first?.node ?? -1] ?? {};
    const heard = (): string => {
      try {
        detectAnomaly(body);
      } catch (error) {
        if (error instanceof AnomalyError) return `${error.op} ${error.phase}`;
      }
      return "nothing";
    };
    expect(`${op} ${first?.phase}`).toBe(heard());
  });
});

describe("a clean run of 200 steps", () => {
  /** Trains as the page does, and records every step. */
  function count(program: Program, steps: number): number {
    let found = 0;
    for (let step = 0; step < steps; step++) {
      const trace = recordStep(program, step === 0 ? 0 : 1, {});
      const { culprits: each, values, adjoints } = judge(trace);
      found += each.length + values.size + adjoints.size;
    }
    return found;
  }

  it.each([
    ["784-32-10", () => digitsProgram(32, 0)],
    ["exclusive or", () => xorProgram(0)],
    ["an expression", () => expressionProgram("a = 2; b = -3; tanh(a*b) + sqrt(a)")],
  ])("of %s has no culprit", (_, program) => {
    expect(count(program(), 200)).toBe(0);
  });
});

describe("the marks", () => {
  it("name culprits and what is tainted", () => {
    const trace = traceOf(() => sum(mul(exp(variable([800], float64)), 2)));
    const { nodes, taintedEdges } = provenanceMarks(trace, judge(trace));
    expect(nodes.get(idOf(trace, "exp"))).toEqual([{ kind: "culprit", label: "first ∞" }]);
    expect(nodes.get(idOf(trace, "sum"))).toEqual([{ kind: "tainted", label: "bad value" }]);
    expect(nodes.get(idOf(trace, "leaf"))).toEqual([{ kind: "tainted", label: "bad gradient" }]);
    expect(taintedEdges.has(edgeKey(idOf(trace, "sum"), 0))).toBe(true);
  });
});
