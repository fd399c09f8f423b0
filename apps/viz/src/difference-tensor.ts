/** The numbers between two traces, by the library's own subtraction. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { fromTypedArray, type Tensor, type TypedArray } from "@adjoint/tensor";

/**
 * second − first by the library's subtraction; integers and bools as float64, in which they are exact.
 *
 * @returns null where there is nothing to subtract: other shapes or dtypes, or elements that were not kept.
 */
export function differenceTensor(first: TraceTensor | null, second: TraceTensor | null): Tensor | null {
  if (first?.data == null || second?.data == null) return null;
  if (first.dtype !== second.dtype || !sameShape(first.shape, second.shape)) return null;
  const tensorOf = ({ dtype, shape }: TraceTensor, data: TypedArray): Tensor => {
    const whole: Tensor = fromTypedArray(data, [...shape]);
    return dtype === "float32" || dtype === "float64" ? whole : whole.cast("float64");
  };
  return tensorOf(second, second.data).sub(tensorOf(first, first.data));
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
