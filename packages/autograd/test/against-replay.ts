/** A trace that is run again must give its own numbers. */
import { record, replay, replayBackward, type Trace, type TraceTensor } from "@adjoint/autograd/graph";
import { isFloat, type Tensor, tensor } from "@adjoint/tensor";
import { expect } from "vitest";
import { tensorOf } from "../src/apply.ts";
import { type Value, Variable } from "../src/index.ts";

/** Records f on `inputs` with its backward pass, where it has one, and expects the replay to give the same. */
export function expectReplayOf(f: (...inputs: Value[]) => Value, inputs: readonly Tensor[]): void {
  const trace = record(() => {
    const y = f(...inputs.map((x) => new Variable(x, { requiresGrad: isFloat(x.dtype) })));
    if (y instanceof Variable && y.requiresGrad) y.backward({ gradient: ramp(tensorOf(y)) });
  });
  expectReplay(trace);
}

/** Expects every value, contribution and adjoint of `trace` from its replay, to the last bit. */
export function expectReplay(trace: Trace): void {
  const values = replay(trace);
  for (const { id, op, value } of trace.nodes) expectSame(values.get(id), value, `the value of ${id} ${op}`);
  for (const [position, { steps }] of trace.passes.entries()) {
    const again = replayBackward(trace, position);
    expect(again.steps.map(({ node }) => node)).toEqual(steps.map(({ node }) => node));
    for (const [i, { node, adjoint, contributions }] of steps.entries()) {
      const step = again.steps[i];
      expectSame(step?.adjoint, adjoint, `the adjoint of ${node}`);
      expect(step?.contributions.map(edgeOf)).toEqual(contributions.map(edgeOf));
      for (const [k, { input, value }] of contributions.entries())
        expectSame(step?.contributions[k]?.value, value, `what ${node} gave for its input ${input}`);
    }
  }
}

function edgeOf({ input, target }: { readonly input: number; readonly target: number }): readonly number[] {
  return [input, target];
}

function expectSame(actual: Tensor | undefined, expected: TraceTensor | null, what: string): void {
  expect(actual?.shape, what).toEqual(expected?.shape);
  expect(actual?.dtype, what).toBe(expected?.dtype);
  const [a, b] = [actual?.toTypedArray() ?? [], expected?.data ?? []];
  const other = [...b.keys()].find((i) => !Object.is(a[i], b[i]));
  if (other !== undefined) expect.fail(`${what} at ${other}: replayed ${a[other]}, recorded ${b[other]}`);
}

/** A cotangent without symmetry: 1, 1.25, 1.5, … */
function ramp({ size, shape, dtype }: Tensor): Tensor {
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 1 + (i % 16) / 4),
    { shape },
  ).cast(dtype);
}
