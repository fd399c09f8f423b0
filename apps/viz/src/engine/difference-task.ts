/** Compares the trace that is shown with another, and subtracts single tensors of both. */
import type { Trace, TraceTensor } from "@adjoint/autograd/graph";
import { differenceSteps, type NodeDifference, type Side } from "../difference.ts";
import { differenceTensor } from "../difference-tensor.ts";
import type { Task } from "./task.ts";

/** The positions of the passes whose adjoints are compared, of `context.other`, which comes first, and of `context.trace`. */
export interface DifferenceInput {
  readonly first: number;
  readonly second: number;
}

/** Two tensors of one node, the first from the trace that is compared with; null where it has none. */
export interface TensorPair {
  readonly first: TraceTensor | null;
  readonly second: TraceTensor | null;
}

/** So long the worker computes before it looks for messages, in milliseconds. */
const breathEvery = 8;

/**
 * The nodes of the difference of two traces, from which `differenceFrom` makes the whole.
 *
 * @throws {TypeError} if the question is not about two traces.
 */
export const differenceTask: Task<DifferenceInput, readonly NodeDifference[]> = async (input, context) => {
  // Who scrubs asks again and again, and all but the latest are cancelled: messages first.
  await context.breathe();
  const steps = differenceSteps(sideOf(context.other, input.first), sideOf(context.trace, input.second));
  let last = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value.nodes;
    if (performance.now() - last < breathEvery) continue;
    await context.breathe();
    last = performance.now();
  }
};

/**
 * second − first, entry by entry, by the library's subtraction; null where there is nothing to subtract.
 *
 * @see differenceTensor
 */
export const subtractTask: Task<readonly TensorPair[], readonly (TraceTensor | null)[]> = (pairs) =>
  pairs.map(({ first, second }) => {
    const tensor = differenceTensor(first, second);
    if (tensor === null) return null;
    const { dtype, shape } = tensor;
    return { dtype, shape: [...shape], statistics: null, data: tensor.toTypedArray() };
  });

function sideOf(trace: Trace | null, pass: number): Side {
  if (trace === null) throw new TypeError("[difference] two traces are compared, and one was not sent.");
  return { trace, pass: trace.passes[pass] ?? null };
}
