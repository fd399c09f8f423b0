/**
 * How many products are summed before a sum is added to the output. Fixed, and the same in every kernel: the order of additions is
 * part of the result, so it may depend on neither the machine nor the shape. 256 rows of a panel of 8 columns fill 8 KiB of a
 * first-level cache, and rounding grows with 256 + k/256 instead of k.
 */
export const ACCUMULATION_BLOCK: number = 256;

/**
 * One matrix product, C[m, n] = A[m, k] · B[k, n]. Strides and offsets count elements; strides may be 0 or negative.
 * C is contiguous and row-major from `cOffset` on, and is overwritten.
 *
 * Every kernel gives the same bits: for each element, in blocks of {@link ACCUMULATION_BLOCK} along k, `sum = 0`, then
 * `sum = sum + a·b` in increasing k with the product and the sum each rounded to the type (never fused), and the blocks' sums
 * are added in order to the first one.
 */
export interface MatmulTask<Data extends Float32Array | Float64Array | Int32Array = Float32Array> {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Data;
  readonly aOffset: number;
  readonly aRowStride: number;
  readonly aColumnStride: number;
  readonly b: Data;
  readonly bOffset: number;
  readonly bRowStride: number;
  readonly bColumnStride: number;
  readonly c: Data;
  readonly cOffset: number;
}
