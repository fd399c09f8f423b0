import type { TypedArray } from "@adjoint/tensor";
import type { TraceStatistics } from "./trace.ts";

/** The statistics of `values`. Nothing overflows: where a plain sum would, the terms are scaled first. */
export function traceStatistics(values: TypedArray): TraceStatistics {
  let [min, max, sum, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  let [zeros, nan, infinite] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (Number.isNaN(x)) {
      nan++;
      continue;
    }
    if (!Number.isFinite(x)) {
      infinite++;
      continue;
    }
    if (x < min) min = x;
    if (x > max) max = x;
    if (x === 0) zeros++;
    sum += x;
    squares += x * x;
  }
  const counts = { zeros, nan, infinite };
  const finite = values.length - nan - infinite;
  if (finite === 0) return { min: Number.NaN, max: Number.NaN, mean: Number.NaN, norm: 0, ...counts };
  const scale = Math.max(Math.abs(min), Math.abs(max));
  // Squares below 1e-290 have lost digits or all of themselves.
  const safe = Number.isFinite(sum) && Number.isFinite(squares) && (squares > 1e-290 || scale === 0);
  const [mean, norm] = safe ? [sum / finite, Math.sqrt(squares)] : scaled(values, scale, finite);
  return { min, max, mean, norm, ...counts };
}

/** Mean and norm by way of x / scale, which is at most 1. */
function scaled(values: TypedArray, scale: number, finite: number): [mean: number, norm: number] {
  let [sum, squares] = [0, 0];
  for (const x of values) {
    if (!Number.isFinite(x)) continue;
    const part = x / scale;
    sum += part;
    squares += part * part;
  }
  return [scale * (sum / finite), scale * Math.sqrt(squares)];
}
