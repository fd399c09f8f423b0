/**
 * Windows: the sliding blocks that convolution, pooling and unfold look through. Cutting them is strides and nothing is
 * copied; putting them back adds up what overlaps.
 */
import { currentBackend, type Piece } from "./backend.ts";
import { ArgumentError, checkOptions, ShapeMismatchError } from "./errors.ts";
import { contiguousStrides, formatShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** A setting for each windowed axis, or one number for all. */
export type PerAxis = number | readonly number[];

/** How windows lie. */
export interface WindowOptions {
  /** Elements from one window to the next. Default 1. */
  readonly stride?: PerAxis;
  /** Elements from one element of a window to the next. Default 1: they lie side by side. */
  readonly dilation?: PerAxis;
}

/**
 * `value` for each of `count` axes.
 *
 * @throws {ArgumentError} if there are not as many, or one is not a whole number of at least `minimum`.
 */
export function perAxis(
  op: string,
  argument: string,
  value: PerAxis,
  count: number,
  minimum: number,
): readonly number[] {
  const list = typeof value === "number" ? new Array<number>(count).fill(value) : value;
  if (list.length === count && list.every((n) => Number.isSafeInteger(n) && n >= minimum)) return list;
  const shown = typeof value === "number" ? value : formatShape(value);
  throw new ArgumentError(
    op,
    argument,
    `${argument} is ${shown}.`,
    `Give a whole number of at least ${minimum}, or ${count} of them, one for each axis.`,
  );
}

/**
 * The windows of `size` over x's last axes: `[…, n, …]` → `[…, o, …, k, …]`, all counts o = ⌊(n − d(k − 1) − 1)/s⌋ + 1
 * before all sizes k, with stride s and dilation d; y[…, i, …, j, …] = x[…, i·s + j·d, …]. A view: elements of
 * overlapping windows share memory, so that it cannot be written to.
 *
 * @param size how many elements a window has along each of the last axes.
 * @throws {ShapeMismatchError} if x has fewer axes, or a window does not fit its axis.
 * @throws {ArgumentError} if a size, stride or dilation is not a whole number of at least 1.
 * @example windows(tensor([1, 2, 3, 4]), [2])   // [[1, 2], [2, 3], [3, 4]]
 */
export function windows(x: Tensor, size: readonly number[], options: WindowOptions = {}): Tensor {
  return cutWindows("windows", x, size, options);
}

/** `windows` in the name of `op`. */
export function cutWindows(
  op: string,
  x: Tensor,
  size: readonly number[],
  options: WindowOptions = {},
): Tensor {
  checkOptions(op, options, ["stride", "dilation"]);
  const count = size.length;
  perAxis(op, "size", size, count, 1);
  const stride = perAxis(op, "stride", options.stride ?? 1, count, 1);
  const dilation = perAxis(op, "dilation", options.dilation ?? 1, count, 1);
  const lead = x.rank - count;
  if (lead < 0) {
    const remedy = `A window of ${count} axes takes at least as many.`;
    throw new ShapeMismatchError(op, `x is ${formatShape(x.shape)}.`, remedy, [x.shape]);
  }
  const counts = size.map((k, i) => {
    const [n, d] = [x.shape[lead + i] as number, dilation[i] as number];
    const span = d * (k - 1) + 1;
    if (span > n) throw tooWide(op, x, lead + i, span, k, d);
    return Math.floor((n - span) / (stride[i] as number)) + 1;
  });
  const steps = x.strides.slice(lead);
  return new Tensor(
    x.storage,
    [...x.shape.slice(0, lead), ...counts, ...size],
    [
      ...x.strides.slice(0, lead),
      ...steps.map((step, i) => step * (stride[i] as number)),
      ...steps.map((step, i) => step * (dilation[i] as number)),
    ],
    x.offset,
  );
}

function tooWide(op: string, x: Tensor, axis: number, span: number, size: number, dilation: number): Error {
  const spans = dilation === 1 ? "" : ` with dilation ${dilation}`;
  return new ShapeMismatchError(
    op,
    `a window of ${size}${spans} spans ${span} elements, axis ${axis} of ${formatShape(x.shape)} has ${x.shape[axis]}.`,
    "Pad more, or take a smaller window.",
    [x.shape],
  );
}

/**
 * Windows put back where `windows` cut them, overlaps added up: `[…, o, …, k, …]` → `[…, n, …]`, zeros where no window
 * lies. It is the transpose of `windows`. Copies.
 *
 * @param sizes the sizes n; larger than the windows reach is allowed.
 * @throws {ShapeMismatchError} if x has not two axes for each of `sizes`, or a window would reach beyond them.
 * @throws {ArgumentError} if a stride or dilation is not a whole number of at least 1.
 * @example foldWindows(tensor([[1, 2], [2, 3], [3, 4]]), [4])   // [1, 4, 6, 4]
 */
export function foldWindows(x: Tensor, sizes: readonly number[], options: WindowOptions = {}): Tensor {
  checkOptions("foldWindows", options, ["stride", "dilation"]);
  const count = sizes.length;
  const stride = perAxis("foldWindows", "stride", options.stride ?? 1, count, 1);
  const dilation = perAxis("foldWindows", "dilation", options.dilation ?? 1, count, 1);
  const lead = x.rank - 2 * count;
  const [counts, size] = [x.shape.slice(lead, lead + count), x.shape.slice(lead + count)];
  const reach = counts.map((o, i) => (o - 1) * (stride[i] as number) + spanOf(i));
  if (lead < 0 || reach.some((n, i) => n > (sizes[i] as number))) {
    throw new ShapeMismatchError(
      "foldWindows",
      `windows of ${formatShape(x.shape)} do not fit ${formatShape(sizes)}.`,
      "Give counts and sizes of windows as x's last axes, and sizes that hold them all.",
      [x.shape, sizes],
    );
  }
  function spanOf(i: number): number {
    return (dilation[i] as number) * ((size[i] as number) - 1) + 1;
  }
  const shape = [...x.shape.slice(0, lead), ...sizes];
  const whole = contiguousStrides(shape);
  const strides = [...whole.slice(0, lead), ...stride.map((step, i) => step * (whole[lead + i] as number))];
  const pieces = offsetsOf(size).map((at): Piece => {
    const source = x.slice(...new Array<null>(lead + count).fill(null), ...at);
    const offset = at.reduce(
      (sum, j, i) => sum + j * (dilation[i] as number) * (whole[lead + i] as number),
      0,
    );
    return { source, strides, offset };
  });
  const apart = stride.every((step, i) => step >= spanOf(i));
  return addUp(shape, x, pieces, apart);
}

/** All positions within a window of `size`, in row-major order. */
function offsetsOf(size: readonly number[]): number[][] {
  let offsets: number[][] = [[]];
  for (const k of size) {
    offsets = offsets.flatMap((head) => Array.from({ length: k }, (_, j) => [...head, j]));
  }
  return offsets;
}

/** The sum of `pieces` of x in zeros of `shape`. Those that do not overlap (`apart`) are placed at once. */
function addUp(shape: readonly number[], x: Tensor, pieces: readonly Piece[], apart: boolean): Tensor {
  const placed = apart ? pieces : pieces.slice(0, 1);
  // The first one is placed, not added to zeros: under vmap the sum then has the examples of x.
  const storage = currentBackend().place(sizeOf(shape), x.dtype, 0, placed);
  for (const { source, strides, offset } of pieces.slice(placed.length)) {
    const view = new Tensor(source.storage, source.shape, source.strides, source.offset);
    new Tensor(storage, source.shape, strides, offset).assign(view, { mode: "add", writer: "foldWindows" });
  }
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}
