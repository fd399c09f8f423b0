import { describe, expect, test } from "vitest";
import { matmulPlainFloat32, matmulPlainFloat64, matmulPlainInt32 } from "./matmul-plain.ts";
import type { MatmulTask } from "./matmul-task.ts";

type Data = Float32Array | Float64Array | Int32Array;

/** Contiguous row-major operands, given as nested rows. */
function rowMajor<D extends Data>(
  make: (values: readonly number[]) => D,
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): MatmulTask<D> {
  const [m, k, n] = [a.length, b.length, b[0]!.length];
  return {
    m,
    k,
    n,
    a: make(a.flat()),
    aOffset: 0,
    aRowStride: k,
    aColumnStride: 1,
    b: make(b.flat()),
    bOffset: 0,
    bRowStride: n,
    bColumnStride: 1,
    c: make(new Array<number>(m * n).fill(99)),
    cOffset: 0,
  };
}

const A = [
  [1, 2, 3],
  [4, 5, 6],
];
const B = [
  [7, 8],
  [9, 10],
  [11, 12],
];

describe("matmulPlain", () => {
  test("multiplies in each type", () => {
    const expected = [58, 64, 139, 154];
    const float32 = rowMajor((values) => new Float32Array(values), A, B);
    matmulPlainFloat32(float32);
    expect([...float32.c]).toEqual(expected);
    const float64 = rowMajor((values) => new Float64Array(values), A, B);
    matmulPlainFloat64(float64);
    expect([...float64.c]).toEqual(expected);
    const int32 = rowMajor((values) => new Int32Array(values), A, B);
    matmulPlainInt32(int32);
    expect([...int32.c]).toEqual(expected);
  });

  test("writes only its own part of c", () => {
    const task = rowMajor((values) => new Float32Array(values), A, B);
    const c = new Float32Array(7).fill(-1);
    matmulPlainFloat32({ ...task, c, cOffset: 2 });
    expect([...c]).toEqual([-1, -1, 58, 64, 139, 154, -1]);
  });

  test("an inner axis of size 0 gives zeros, an outer one nothing", () => {
    const task = rowMajor((values) => new Float64Array(values), A, B);
    matmulPlainFloat64({ ...task, k: 0 });
    expect([...task.c]).toEqual([0, 0, 0, 0]);
    const untouched = rowMajor((values) => new Float64Array(values), A, B);
    matmulPlainFloat64({ ...untouched, m: 0 });
    matmulPlainFloat64({ ...untouched, n: 0 });
    expect([...untouched.c]).toEqual([99, 99, 99, 99]);
  });

  test("int32 wraps around, in the product and in the sum", () => {
    const big = 2 ** 31 - 1;
    const task = rowMajor((values) => new Int32Array(values), [[big, big, 65536]], [[big], [2], [65536]]);
    matmulPlainInt32(task);
    expect(task.c[0]).toBe((Math.imul(big, big) + Math.imul(big, 2) + Math.imul(65536, 65536)) | 0);
  });

  test("float32 rounds each product and each sum, in blocks of 256", () => {
    const k = 600;
    const value = (i: number): number => Math.fround(Math.sin(i) * 3);
    const a = [Array.from({ length: k }, (_, i) => value(i))];
    const b = Array.from({ length: k }, (_, i) => [value(i + 1000)]);
    const task = rowMajor((values) => new Float32Array(values), a, b);
    matmulPlainFloat32(task);
    const blocks = [0, 0, 0];
    for (let p = 0; p < k; p++) {
      const block = Math.floor(p / 256);
      blocks[block] = Math.fround(blocks[block]! + Math.fround(value(p) * value(p + 1000)));
    }
    const expected = Math.fround(Math.fround(blocks[0]! + blocks[1]!) + blocks[2]!);
    expect(task.c[0]).toBe(expected);
    // The order matters here: one running sum gives another number.
    const running = a[0]!.reduce((sum, x, p) => Math.fround(sum + Math.fround(x * value(p + 1000))), 0);
    expect(running).not.toBe(expected);
  });

  test("a sum of negative zeros is positive zero", () => {
    const task = rowMajor((values) => new Float32Array(values), [[-0, -0]], [[1], [1]]);
    matmulPlainFloat32(task);
    expect(Object.is(task.c[0], 0)).toBe(true);
  });
});
