/** Several axes as one: what folds along a line serves any list of axes. */
import { sizeOf } from "@adjoint/tensor";
import { permute } from "./ops/permute.ts";
import { reshape } from "./ops/reshape.ts";
import type { Value } from "./variable.ts";

/** x with `axes` (sorted, counted from the front) behind the others and made one: `[…, n]`, n the product of their sizes. */
export function asLines(x: Value, axes: readonly number[]): Value {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const sizes = [...kept, ...axes].map((axis) => x.shape[axis] ?? 1);
  return reshape(permute(x, [...kept, ...axes]), [
    ...sizes.slice(0, kept.length),
    sizeOf(sizes.slice(kept.length)),
  ]);
}

/** The inverse of `asLines`: lines of a tensor of `shape` as that tensor. */
export function fromLines(lines: Value, shape: readonly number[], axes: readonly number[]): Value {
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const split = reshape(
    lines,
    order.map((axis) => shape[axis] ?? 1),
  );
  return permute(
    split,
    shape.map((_, axis) => order.indexOf(axis)),
  );
}
