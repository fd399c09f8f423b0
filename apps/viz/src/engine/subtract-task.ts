/** Subtracts tensors of two traces, by the library itself. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { differenceTensor } from "../difference-tensor.ts";
import type { Task } from "./task.ts";

/** Two tensors of one node, the first from the trace that is compared with; null where it has none. */
export interface TensorPair {
  readonly first: TraceTensor | null;
  readonly second: TraceTensor | null;
}

/**
 * second − first, entry by entry, of each pair; null where there is nothing to subtract.
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
