/** Heights: the y of each row. Rows keep their places from an earlier layout as far as what is new leaves room. */
import { spread } from "./isotonic.ts";

/**
 * Pixels between two rows: as they are drawn first, as close as they may be pushed, and as far as a gap may stay. A row
 * of height h that comes in moves others by h + 2·leastGap − usualGap together: 12 for the usual h of 32.
 */
const usualGap = 44;
const leastGap = 12;
const mostGap = 130;

/** What a row was before. */
export interface RowPast {
  /** The y that most of its nodes had; NaN if all are new. */
  readonly y: number;
  /** How many of them had one. */
  readonly count: number;
}

/**
 * The y of each row's middle.
 *
 * @param heights of the rows, the highest box of each.
 * @param room that frames need above each row.
 * @param past the same rows before.
 * @param pinned the row of what was opened or closed: it and those above do not give way at all, and those below make
 * room at the usual distance, or come up. −1 if there is none.
 */
export function placeHeights(
  heights: readonly number[],
  room: readonly number[],
  past: readonly RowPast[],
  pinned: number,
): Float64Array {
  const distances = (gap: number): number[] =>
    heights.slice(1).map((height, r) => ((heights[r] ?? 0) + height) / 2 + gap + (room[r + 1] ?? 0));
  const usual = distances(usualGap);
  if (past.every(({ y }) => Number.isNaN(y))) return running(usual, heights.length);
  const filled = fillIn(past, usual);
  const desired =
    pinned < 0 ? closeGaps(filled, distances(mostGap), usual) : below(filled, past, pinned, usual);
  const weights = past.map(({ count }, r) => (count === 0 ? 0.01 : r <= pinned ? 1e6 * count : count));
  return spread(desired, weights, distances(leastGap));
}

/** 0, and each further row at its distance below. */
function running(distances: readonly number[], count: number): Float64Array {
  const y = new Float64Array(count);
  for (let r = 1; r < count; r++) y[r] = (y[r - 1] ?? 0) + (distances[r - 1] ?? 0);
  return y;
}

/** A place for the rows that are new: evenly between those around them, or at the usual distance. */
function fillIn(past: readonly RowPast[], usual: readonly number[]): number[] {
  const y = past.map((row) => row.y);
  const known = [...y.keys()].filter((r) => !Number.isNaN(y[r] ?? Number.NaN));
  for (const [k, r] of known.entries()) {
    const [next, from] = [known[k + 1], y[r] ?? 0];
    const end = next ?? y.length;
    for (let between = r + 1; between < end; between++) {
      y[between] =
        next === undefined
          ? (y[between - 1] ?? 0) + (usual[between - 1] ?? 0)
          : from + (((y[next] ?? 0) - from) * (between - r)) / (next - r);
    }
  }
  for (let r = (known[0] ?? 0) - 1; r >= 0; r--) y[r] = (y[r + 1] ?? 0) - (usual[r] ?? 0);
  return y;
}

/** What lies below a gap that rows left behind comes up. */
function closeGaps(y: readonly number[], most: readonly number[], usual: readonly number[]): number[] {
  let shift = 0;
  return y.map((place, r) => {
    const distance = place - (y[r - 1] ?? place);
    if (r > 0 && distance > (most[r - 1] ?? 0)) shift += distance - (usual[r - 1] ?? 0);
    return place - shift;
  });
}

/** From the row `pinned` on new rows at the usual distance, and under them what was there, as it was to each other. */
function below(
  y: readonly number[],
  past: readonly RowPast[],
  pinned: number,
  usual: readonly number[],
): number[] {
  const places = [...y];
  let shift = 0;
  for (let r = pinned + 1; r < places.length; r++) {
    const follows = (places[r - 1] ?? 0) + (usual[r - 1] ?? 0);
    const isNew = past[r]?.count === 0;
    const meetsNew = r === pinned + 1 || past[r - 1]?.count === 0;
    places[r] = isNew || meetsNew ? follows : (y[r] ?? 0) + shift;
    if (!isNew) shift = (places[r] ?? 0) - (y[r] ?? 0);
  }
  return places;
}
