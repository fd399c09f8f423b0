// Matrix products in plain TypeScript: float32 where WebAssembly SIMD is missing or does not pay, float64 and int32 always.
// A block of k × 4 columns of B is packed into a panel, which stays in the first-level cache while all rows of A pass over it,
// two at a time, so that eight sums live in registers. Tails cost no code: missing columns are zeros in the panel and are not
// stored, and a missing second row repeats the first. Each type has loops of its own, since V8 specialises them by array type.
import { ACCUMULATION_BLOCK, type MatmulTask } from "./matmul-task.ts";

// The panels are kept: an array of more than 64 bytes costs V8 more to make than a small product costs to compute.
let float32Panel: Float32Array | undefined;
let float64Panel: Float64Array | undefined;
let int32Panel: Int32Array | undefined;

/** C = A·B in float32, each product and each sum rounded to float32: the bits that `matmulWasm` gives. Writes `c`. */
export function matmulPlainFloat32(task: MatmulTask<Float32Array>): void {
  const { m, k, n, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c } = task;
  if (k === 0) c.fill(0, task.cOffset, task.cOffset + m * n);
  float32Panel ??= new Float32Array(4 * ACCUMULATION_BLOCK);
  const panel = float32Panel;
  const sums = new Float32Array(8);
  for (let k0 = 0; k0 < k; k0 += ACCUMULATION_BLOCK) {
    const end = 4 * Math.min(ACCUMULATION_BLOCK, k - k0);
    for (let j = 0; j < n; j += 4) {
      const width = Math.min(4, n - j);
      for (let w = 0; w < 4; w++) {
        let from = task.bOffset + k0 * bRowStride + (j + w) * bColumnStride;
        for (let p = w; p < end; p += 4, from += bRowStride) panel[p] = w < width ? b[from]! : 0;
      }
      for (let i = 0; i < m; i += 2) {
        const rows = Math.min(2, m - i);
        const first = task.aOffset + i * aRowStride + k0 * aColumnStride;
        const second = first + (rows - 1) * aRowStride;
        multiplyPanelFloat32(a, first, second, aColumnStride, panel, end, sums);
        for (let r = 0; r < rows; r++) {
          const row = task.cOffset + (i + r) * n + j;
          for (let w = 0; w < width; w++) {
            const sum = sums[4 * r + w]!;
            c[row + w] = k0 === 0 ? sum : Math.fround(c[row + w]! + sum);
          }
        }
      }
    }
  }
}

function multiplyPanelFloat32(
  a: Float32Array,
  first: number,
  second: number,
  step: number,
  panel: Float32Array,
  end: number,
  sums: Float32Array,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  for (let p = 0, x = first, y = second; p < end; p += 4, x += step, y += step) {
    const u = a[x]!;
    const v = a[y]!;
    const b0 = panel[p]!;
    const b1 = panel[p + 1]!;
    const b2 = panel[p + 2]!;
    const b3 = panel[p + 3]!;
    s0 = Math.fround(s0 + Math.fround(u * b0));
    t0 = Math.fround(t0 + Math.fround(v * b0));
    s1 = Math.fround(s1 + Math.fround(u * b1));
    t1 = Math.fround(t1 + Math.fround(v * b1));
    s2 = Math.fround(s2 + Math.fround(u * b2));
    t2 = Math.fround(t2 + Math.fround(v * b2));
    s3 = Math.fround(s3 + Math.fround(u * b3));
    t3 = Math.fround(t3 + Math.fround(v * b3));
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = t0;
  sums[5] = t1;
  sums[6] = t2;
  sums[7] = t3;
}

/** C = A·B in float64, in the order of {@link MatmulTask}. Writes `c`. */
export function matmulPlainFloat64(task: MatmulTask<Float64Array>): void {
  const { m, k, n, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c } = task;
  if (k === 0) c.fill(0, task.cOffset, task.cOffset + m * n);
  float64Panel ??= new Float64Array(4 * ACCUMULATION_BLOCK);
  const panel = float64Panel;
  const sums = new Float64Array(8);
  for (let k0 = 0; k0 < k; k0 += ACCUMULATION_BLOCK) {
    const end = 4 * Math.min(ACCUMULATION_BLOCK, k - k0);
    for (let j = 0; j < n; j += 4) {
      const width = Math.min(4, n - j);
      for (let w = 0; w < 4; w++) {
        let from = task.bOffset + k0 * bRowStride + (j + w) * bColumnStride;
        for (let p = w; p < end; p += 4, from += bRowStride) panel[p] = w < width ? b[from]! : 0;
      }
      for (let i = 0; i < m; i += 2) {
        const rows = Math.min(2, m - i);
        const first = task.aOffset + i * aRowStride + k0 * aColumnStride;
        const second = first + (rows - 1) * aRowStride;
        multiplyPanelFloat64(a, first, second, aColumnStride, panel, end, sums);
        for (let r = 0; r < rows; r++) {
          const row = task.cOffset + (i + r) * n + j;
          for (let w = 0; w < width; w++) {
            const sum = sums[4 * r + w]!;
            c[row + w] = k0 === 0 ? sum : c[row + w]! + sum;
          }
        }
      }
    }
  }
}

function multiplyPanelFloat64(
  a: Float64Array,
  first: number,
  second: number,
  step: number,
  panel: Float64Array,
  end: number,
  sums: Float64Array,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  for (let p = 0, x = first, y = second; p < end; p += 4, x += step, y += step) {
    const u = a[x]!;
    const v = a[y]!;
    const b0 = panel[p]!;
    const b1 = panel[p + 1]!;
    const b2 = panel[p + 2]!;
    const b3 = panel[p + 3]!;
    s0 = s0 + u * b0;
    t0 = t0 + v * b0;
    s1 = s1 + u * b1;
    t1 = t1 + v * b1;
    s2 = s2 + u * b2;
    t2 = t2 + v * b2;
    s3 = s3 + u * b3;
    t3 = t3 + v * b3;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = t0;
  sums[5] = t1;
  sums[6] = t2;
  sums[7] = t3;
}

/** C = A·B in int32, modulo 2³² (it wraps around). Writes `c`. */
export function matmulPlainInt32(task: MatmulTask<Int32Array>): void {
  const { m, k, n, a, aRowStride, aColumnStride, b, bRowStride, bColumnStride, c } = task;
  if (k === 0) c.fill(0, task.cOffset, task.cOffset + m * n);
  int32Panel ??= new Int32Array(4 * ACCUMULATION_BLOCK);
  const panel = int32Panel;
  const sums = new Int32Array(8);
  for (let k0 = 0; k0 < k; k0 += ACCUMULATION_BLOCK) {
    const end = 4 * Math.min(ACCUMULATION_BLOCK, k - k0);
    for (let j = 0; j < n; j += 4) {
      const width = Math.min(4, n - j);
      for (let w = 0; w < 4; w++) {
        let from = task.bOffset + k0 * bRowStride + (j + w) * bColumnStride;
        for (let p = w; p < end; p += 4, from += bRowStride) panel[p] = w < width ? b[from]! : 0;
      }
      for (let i = 0; i < m; i += 2) {
        const rows = Math.min(2, m - i);
        const first = task.aOffset + i * aRowStride + k0 * aColumnStride;
        const second = first + (rows - 1) * aRowStride;
        multiplyPanelInt32(a, first, second, aColumnStride, panel, end, sums);
        for (let r = 0; r < rows; r++) {
          const row = task.cOffset + (i + r) * n + j;
          for (let w = 0; w < width; w++) {
            const sum = sums[4 * r + w]!;
            c[row + w] = k0 === 0 ? sum : (c[row + w]! + sum) | 0;
          }
        }
      }
    }
  }
}

function multiplyPanelInt32(
  a: Int32Array,
  first: number,
  second: number,
  step: number,
  panel: Int32Array,
  end: number,
  sums: Int32Array,
): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let [t0, t1, t2, t3] = [0, 0, 0, 0];
  for (let p = 0, x = first, y = second; p < end; p += 4, x += step, y += step) {
    const u = a[x]!;
    const v = a[y]!;
    const b0 = panel[p]!;
    const b1 = panel[p + 1]!;
    const b2 = panel[p + 2]!;
    const b3 = panel[p + 3]!;
    s0 = (s0 + Math.imul(u, b0)) | 0;
    t0 = (t0 + Math.imul(v, b0)) | 0;
    s1 = (s1 + Math.imul(u, b1)) | 0;
    t1 = (t1 + Math.imul(v, b1)) | 0;
    s2 = (s2 + Math.imul(u, b2)) | 0;
    t2 = (t2 + Math.imul(v, b2)) | 0;
    s3 = (s3 + Math.imul(u, b3)) | 0;
    t3 = (t3 + Math.imul(v, b3)) | 0;
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
  sums[4] = t0;
  sums[5] = t1;
  sums[6] = t2;
  sums[7] = t3;
}
