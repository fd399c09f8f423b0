/** The transpose of broadcasting. */
import { broadcastAxes } from "@adjoint/tensor";
import { reshape } from "./ops/reshape.ts";
import { sum } from "./ops/sum.ts";
import type { Value } from "./variable.ts";

/** x summed over the axes along which a tensor of `shape` was broadcast to x's shape; the result has `shape`. */
export function sumTo(x: Value, shape: readonly number[]): Value {
  const axes = broadcastAxes(x.shape, shape);
  const summed = axes.length === 0 ? x : sum(x, axes, { keepDims: true });
  return reshape(summed, shape);
}
