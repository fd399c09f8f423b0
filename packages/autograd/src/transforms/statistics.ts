import { currentBackend, formatShape, type Tensor, type TypedArray } from "@adjoint/tensor";
import { levelsOf, physicalView } from "./batched-storage.ts";
import { BatchingBackend } from "./batching-backend.ts";

/** What a tensor holds. Inside vmap it is told of all examples together. */
export interface Statistics {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Smallest, largest and mean of the finite elements; NaN if there are none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** How many elements are NaN, how many infinite, and how many there are. */
  readonly nan: number;
  readonly infinite: number;
  readonly size: number;
}

/** The statistics of x; null if it holds no numbers yet, being of a recording. Reads every element. */
export function statisticsOf(x: Tensor): Statistics | null {
  const values = readAll(x);
  if (values === null) return null;
  let [min, max, sum, nan, infinite] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) nan++;
    else if (!Number.isFinite(value)) infinite++;
    else {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
  }
  const finite = values.length - nan - infinite;
  const [shape, dtype, size] = [x.shape, x.dtype, values.length];
  if (finite === 0)
    return { shape, dtype, min: Number.NaN, max: Number.NaN, mean: Number.NaN, nan, infinite, size };
  return { shape, dtype, min, max, mean: sum / finite, nan, infinite, size };
}

/** `[2, 3] float32: min -1, max 2, mean 0.25, 1 NaN, 0 infinite` */
export function formatStatistics({ shape, dtype, min, max, mean, nan, infinite }: Statistics): string {
  const [low, high, middle] = [min, max, mean].map((x) => String(Number(x.toPrecision(6))));
  return `${formatShape(shape)} ${dtype}: min ${low}, max ${high}, mean ${middle}, ${nan} NaN, ${infinite} infinite`;
}

/** All elements, those of every example too. */
export function readAll(x: Tensor): TypedArray | null {
  const levels = levelsOf(x.storage);
  const view = levels.length === 0 ? x : physicalView(x, levels);
  if (view.storage.array === null) return null;
  const backend = currentBackend();
  return (backend instanceof BatchingBackend ? backend.inner : backend).read(view);
}
