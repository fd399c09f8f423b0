/** The page's own programs, run again from their traces, and checked against finite differences. */
import {
  checkNode,
  checkPassSteps,
  decodeTrace,
  encodeTrace,
  replay,
  replayBackward,
  type Trace,
  type TraceTensor,
} from "@adjoint/autograd/graph";
import type { Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { digitsProgram } from "./digits.ts";
import { expressionProgram } from "./expression.ts";
import { recordStep } from "./program.ts";
import { xorProgram } from "./xor.ts";

const fixture = recordStep(digitsProgram(32, 0), 0, {});
const traces: [string, Trace][] = [
  ["F", fixture],
  ["F, trained for 3 steps", recordStep(digitsProgram(32, 0), 3, {})],
  ["exclusive or", recordStep(xorProgram(0), 10, {})],
  [
    "an expression",
    recordStep(expressionProgram("a = 2; b = -3; c = 10; f = -2; tanh((a*b + c) * f) + a^3 / b"), 0, {}),
  ],
  [
    "every function",
    recordStep(
      expressionProgram("a = 0.7; cos(a) * exp(a) - log(a) + relu(a) + sigmoid(-a) + sin(a) * sqrt(a)"),
      0,
      {},
    ),
  ],
];

/** The first entry where two tensors differ in a bit, in words; null if none does. */
function difference(actual: Tensor | undefined, expected: TraceTensor | null): string | null {
  const [a, b] = [actual?.toTypedArray() ?? [], expected?.data ?? []];
  if (a.length !== b.length) return `${a.length} entries instead of ${b.length}`;
  const i = [...b.keys()].find((k) => !Object.is(a[k], b[k]));
  return i === undefined ? null : `${i}: ${a[i]} instead of ${b[i]}`;
}

describe.each(traces)("%s", (_name, recorded) => {
  it.each([
    ["as recorded", recorded],
    ["from a file", decodeTrace(encodeTrace(recorded))],
  ])("runs again to the last bit, %s", (_from, trace) => {
    const values = replay(trace);
    for (const { id, value } of trace.nodes) expect(difference(values.get(id), value)).toBeNull();
    const { steps } = replayBackward(trace, 0);
    const [pass] = trace.passes;
    expect(steps.map(({ node }) => node)).toEqual(pass?.steps.map(({ node }) => node));
    for (const [i, { adjoint, contributions }] of (pass?.steps ?? []).entries()) {
      expect(difference(steps[i]?.adjoint, adjoint)).toBeNull();
      expect(steps[i]?.contributions.length).toBe(contributions.length);
      for (const [k, { value }] of contributions.entries())
        expect(difference(steps[i]?.contributions[k]?.value, value)).toBeNull();
    }
  });

  it("agrees with finite differences at every node and every edge, within 1e-6", () => {
    for (const { node } of recorded.passes[0]?.steps ?? []) {
      const { entries } = checkNode(recorded, 0, node, { maxEntries: 24 });
      for (const entry of entries) {
        if (entry.verdict !== "ok" || entry.relativeError >= 1e-6)
          expect.fail(`${recorded.nodes[node]?.op}: ${JSON.stringify(entry)}`);
      }
    }
    const steps = checkPassSteps(recorded, 0);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value.edges.map(({ verdict }) => verdict)).toEqual(step.value.edges.map(() => "ok"));
    expect(step.value.skipped).toEqual([]);
  });
});

describe("F", () => {
  const idOf = (op: string): number => fixture.nodes.find((node) => node.op === op)?.id ?? -1;

  it("goes red at the entry of an adjoint that was altered", () => {
    const hidden = idOf("relu");
    const spoil = (adjoint: TraceTensor): TraceTensor => {
      const data = Float64Array.from(adjoint.data ?? []);
      data[100] = (data[100] ?? 0) * 1.001 + 1e-5;
      return { ...adjoint, data };
    };
    const passes = fixture.passes.map((pass) => ({
      ...pass,
      steps: pass.steps.map((step) =>
        step.node === hidden ? { ...step, adjoint: spoil(step.adjoint) } : step,
      ),
    }));
    const { entries } = checkNode({ ...fixture, passes }, 0, hidden, { maxEntries: 256 });
    expect(entries.filter(({ verdict }) => verdict !== "ok")).toMatchObject([
      { index: 100, verdict: "wrong" },
    ]);
  });

  it("says kink where a unit is brought to 0 exactly", () => {
    const trace = recordStep(expressionProgram("a = 2; b = -2; relu(a + b) * 3"), 0, {});
    const sum = trace.nodes.find(({ op }) => op === "add")?.id ?? -1;
    expect(checkNode(trace, 0, sum).entries).toMatchObject([
      { verdict: "kink", analytic: 0, left: 0, right: 3 },
    ]);
  });
});
