/**
 * Random tensors for property tests, each with its numbers in a plain array: tensors of every dtype whose elements lie
 * anyhow in their storage (any order of axes, gaps, negative steps, an offset), so that no loop can rely on a layout.
 */
import fc from "fast-check";
import { tensor } from "../src/create.ts";
import { allocate, type DType } from "../src/dtype.ts";
import { sizeOf } from "../src/shape.ts";
import { Storage } from "../src/storage.ts";
import { Tensor } from "../src/tensor.ts";

/** A tensor and, in row-major order, the numbers it was made of. */
export interface Sample<D extends DType = DType> {
  readonly x: Tensor<readonly number[], D>;
  readonly values: readonly number[];
}

/** Numbers that trip loops: both zeros, infinities, NaN, fractions, large and small ones; all are float32 numbers. */
export const anyNumber: Record<DType, fc.Arbitrary<number>> = {
  float32: fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 0.5, -2.5, 3, Infinity, -Infinity, Number.NaN, 2 ** 100, 2 ** -100),
    fc.float({ noDefaultInfinity: true, noNaN: true, min: -100, max: 100 }),
  ),
  float64: fc.oneof(
    fc.constantFrom(0, -0, 1, -1, 0.1, -2.5, Infinity, -Infinity, Number.NaN, 1e300, 1e-300),
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -100, max: 100 }),
  ),
  int32: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(2147483647, -2147483648, 65536, -65537)),
  uint8: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(255, 128, 127)),
  bool: fc.integer({ min: 0, max: 1 }),
};

/** Whole numbers of at most 8 in size: sums and products of a few of them are exact in every dtype but uint8. */
export const smallNumber: Record<DType, fc.Arbitrary<number>> = {
  float32: fc.integer({ min: -8, max: 8 }),
  float64: fc.integer({ min: -8, max: 8 }),
  int32: fc.integer({ min: -8, max: 8 }),
  uint8: fc.integer({ min: 0, max: 8 }),
  bool: fc.integer({ min: 0, max: 1 }),
};

/** Any dtype, or one of those that are given. */
export function anyDType(...among: DType[]): fc.Arbitrary<DType> {
  const all: DType[] = ["bool", "uint8", "int32", "float32", "float64"];
  return fc.constantFrom(...(among.length > 0 ? among : all));
}

/** Shapes of up to `maxRank` axes of 0 to 4; an axis of 0 is rare. */
export function anyShape(maxRank = 4): fc.Arbitrary<number[]> {
  const axis = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.constant(0) },
  );
  return fc.array(axis, { maxLength: maxRank });
}

/** How the elements of a tensor lie in its storage. */
interface Layout {
  /** Numbers by which the axes are sorted, the outermost in memory first. */
  readonly order: readonly number[];
  /** The step along each axis, in either direction. */
  readonly steps: readonly number[];
  readonly offset: number;
}

const plainLayout: Layout = { order: [0, 1, 2, 3, 4, 5], steps: [1, 1, 1, 1, 1, 1], offset: 0 };

const anyLayout: fc.Arbitrary<Layout> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(plainLayout) },
  {
    weight: 3,
    arbitrary: fc.record({
      order: fc.array(fc.nat(9), { minLength: 6, maxLength: 6 }),
      steps: fc.array(fc.constantFrom(1, 1, -1, 2, -2), { minLength: 6, maxLength: 6 }),
      offset: fc.nat(3),
    }),
  },
);

/** A tensor of this shape and dtype with `values` in row-major order, laid out in a storage of its own. */
export function laidOut(
  shape: readonly number[],
  dtype: DType,
  values: readonly number[],
  layout: Layout,
): Tensor {
  const axes = shape.map((_, axis) => axis);
  const inward = axes.toSorted((a, b) => (layout.order[b] ?? 0) - (layout.order[a] ?? 0) || b - a);
  const strides = shape.map(() => 0);
  let extent = 1;
  let offset = layout.offset;
  for (const axis of inward) {
    const [size = 1, step = 1] = [shape[axis], layout.steps[axis]];
    strides[axis] = extent * step;
    if (step < 0) offset += extent * -step * Math.max(size - 1, 0);
    extent *= Math.max(size, 1) * Math.abs(step);
  }
  const array = allocate(dtype, extent + layout.offset + 2).fill(77);
  const index = shape.map(() => 0);
  for (const value of values) {
    array[index.reduce((at, i, axis) => at + i * (strides[axis] ?? 0), offset)] = value;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      index[axis] = next === shape[axis] ? 0 : next;
      if (index[axis] !== 0) break;
    }
  }
  return new Tensor(new Storage(dtype, array.length, array), shape, strides, offset);
}

/** Samples of one shape and dtype, in any layout. */
export function sampleOf<D extends DType>(
  shape: readonly number[],
  dtype: D,
  numbers: Record<DType, fc.Arbitrary<number>> = anyNumber,
): fc.Arbitrary<Sample<D>> {
  const size = sizeOf(shape);
  const values = fc.array(numbers[dtype], { minLength: size, maxLength: size });
  return fc.tuple(values, anyLayout).map(([raw, layout]) => {
    const x = laidOut(shape, dtype, raw, layout) as Tensor<readonly number[], D>;
    return { x, values: raw.map((value) => (dtype === "float32" ? Math.fround(value) : value)) };
  });
}

/** Samples of any shape, dtype and layout. */
export function anySample(
  options: {
    readonly dtypes?: readonly DType[];
    readonly maxRank?: number;
    readonly numbers?: Record<DType, fc.Arbitrary<number>>;
  } = {},
): fc.Arbitrary<Sample> {
  const { dtypes = [], maxRank = 4, numbers = anyNumber } = options;
  return fc
    .tuple(anyShape(maxRank), anyDType(...dtypes))
    .chain(([shape, dtype]) => sampleOf(shape, dtype, numbers));
}

/** A shape and `count` shapes that broadcast to it: some axes 1, some leading axes missing. */
export function broadcasting(
  count: number,
  maxRank = 4,
): fc.Arbitrary<{ shape: number[]; parts: number[][] }> {
  return anyShape(maxRank).chain((shape) => {
    const part = fc
      .tuple(
        fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
        fc.nat(shape.length),
      )
      .map(([ones, missing]) => shape.map((size, axis) => (ones[axis] ? 1 : size)).slice(missing));
    return fc.array(part, { minLength: count, maxLength: count }).map((parts) => {
      const meets = shape.map((_, axis) => {
        const sizes = parts.map((one) => one[one.length - shape.length + axis] ?? 1);
        return sizes.find((size) => size !== 1) ?? 1;
      });
      const rank = Math.max(0, ...parts.map((one) => one.length));
      return { shape: meets.slice(shape.length - rank), parts };
    });
  });
}

/** All indices of a shape in row-major order. */
export function indicesOf(shape: readonly number[]): number[][] {
  let indices: number[][] = [[]];
  for (const size of shape) {
    indices = indices.flatMap((head) => Array.from({ length: size }, (_, i) => [...head, i]));
  }
  return indices;
}

/** The number of a sample at an index of a shape that it broadcasts to. */
export function valueAt(sample: Sample, index: readonly number[]): number {
  const { shape } = sample.x;
  const own = shape.map((size, axis) => (size === 1 ? 0 : (index[index.length - shape.length + axis] ?? 0)));
  return sample.values[own.reduce((at, i, axis) => at * (shape[axis] ?? 1) + i, 0)] ?? Number.NaN;
}

/** The numbers of a tensor in row-major order, bools as 0 and 1. */
export function numbersOf(x: Tensor): number[] {
  return Array.from(x.toTypedArray());
}

/** A row of a fixture: an array's bytes in base64. */
export interface EncodedArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: string;
}

/** The tensor that a fixture's row holds. */
export function decoded(row: EncodedArray): Tensor {
  const bytes = Uint8Array.from(Buffer.from(row.data, "base64"));
  const { dtype, shape } = row;
  if (dtype === "float32") return tensor(new Float32Array(bytes.buffer), { shape });
  if (dtype === "float64") return tensor(new Float64Array(bytes.buffer), { shape });
  if (dtype === "int32") return tensor(new Int32Array(bytes.buffer), { shape });
  return tensor(bytes, { shape, dtype: dtype === "bool" ? "bool" : "uint8" });
}
