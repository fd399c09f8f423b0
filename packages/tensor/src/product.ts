/** Matrix products. */
import { currentBackend } from "./backend.ts";
import { type DType, promote } from "./dtype.ts";
import { broadcastTo } from "./elementwise.ts";
import { DTypeError, ShapeMismatchError } from "./errors.ts";
import { castTo } from "./movement.ts";
import { broadcastShapes, contiguousStrides, formatShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** See Tensor.matmul. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkOperands(a, b);
  const dtype = promote(a.dtype, b.dtype);
  const left = castTo(a.rank === 1 ? a.unsqueeze(0) : a, productDType(dtype));
  const right = castTo(b.rank === 1 ? b.unsqueeze(1) : b, productDType(dtype));
  const batch = broadcastShapes("matmul", left.shape.slice(0, -2), right.shape.slice(0, -2));
  const [m, k] = left.shape.slice(-2) as [number, number];
  const n = right.shape.at(-1) as number;
  const storage = currentBackend().matmul(
    broadcastTo(left, [...batch, m, k]),
    broadcastTo(right, [...batch, k, n]),
  );
  const shape = [...batch, ...(a.rank === 1 ? [] : [m]), ...(b.rank === 1 ? [] : [n])];
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}

function productDType(dtype: DType): DType {
  if (dtype !== "bool") return dtype === "uint8" ? "int32" : dtype;
  throw new DTypeError(
    "matmul",
    "both operands are bool.",
    'Cast one of them, for example with cast("int32").',
    dtype,
  );
}

function checkOperands(a: Tensor, b: Tensor): void {
  if (a.rank === 0 || b.rank === 0) {
    throw new ShapeMismatchError(
      "matmul",
      `a is ${formatShape(a.shape)}, b is ${formatShape(b.shape)}.`,
      "Both need at least one axis; use mul for a scalar factor.",
      [a.shape, b.shape],
    );
  }
  const aAxis = a.rank - 1;
  const bAxis = Math.max(b.rank - 2, 0);
  if (a.shape[aAxis] === b.shape[bAxis]) return;
  throw new ShapeMismatchError(
    "matmul",
    `inner axes differ: a is ${formatShape(a.shape)} (axis ${aAxis} = ${a.shape[aAxis]}), b is ${formatShape(b.shape)} (axis ${bAxis} = ${b.shape[bAxis]}).`,
    "Make a's last axis equal b's first; a transposed b is the usual cause.",
    [a.shape, b.shape],
  );
}
