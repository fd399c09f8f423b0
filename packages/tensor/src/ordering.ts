/** Running totals and order along an axis: checks and dtypes, in front of the backend's loops. */
import { type CumulateOp, currentBackend } from "./backend.ts";
import { isFloat } from "./dtype.ts";
import { checkOptions } from "./errors.ts";
import { castTo } from "./movement.ts";
import { contiguousStrides, normalizeAxis } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** Settings of `argsort`. */
export interface OrderOptions {
  /** The largest first. Default false. */
  readonly descending?: boolean;
}

/** See Tensor.cumsum and Tensor.cumprod. */
export function runningTotal(op: CumulateOp, x: Tensor, axis: number): Tensor {
  const at = normalizeAxis(`cum${op}`, axis, Math.max(x.rank, 1));
  const real = castTo(x, isFloat(x.dtype) ? x.dtype : "int32");
  if (x.rank === 0) return real;
  return new Tensor(currentBackend().cumulate(op, real, at), x.shape, contiguousStrides(x.shape), 0);
}

/** See Tensor.argsort. */
export function argsort(x: Tensor, axis: number, options: OrderOptions): Tensor {
  checkOptions("argsort", options, ["descending"]);
  const at = normalizeAxis("argsort", axis, Math.max(x.rank, 1));
  if (x.rank === 0) return argsort(x.reshape([1]), 0, options).reshape([]);
  const storage = currentBackend().sortIndices(x, at, options.descending ?? false);
  return new Tensor(storage, x.shape, contiguousStrides(x.shape), 0);
}
