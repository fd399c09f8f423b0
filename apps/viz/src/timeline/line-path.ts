/** A series of numbers as the path of a line, with no more points than the eye can tell apart. */

/** What a line is drawn in. */
export interface PathFrame {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Places from 0 at the left to 1 at the right, and from 0 below to 1 above. */
  across(x: number): number;
  up(y: number): number;
}

/**
 * The `d` of a path through the points (xs[i], ys[i]); xs ascend. A y that is not finite breaks the line.
 *
 * Of the points that fall into one column of pixels the first, the lowest, the highest and the last are kept, in their
 * order, which colours the same pixels as all of them would. A point alone between breaks is a dot: `M…h0`.
 */
export function linePath(xs: ArrayLike<number>, ys: ArrayLike<number>, frame: PathFrame): string {
  const parts: string[] = [];
  let run: Point[] = [];
  const close = (): void => {
    if (run.length > 0) parts.push(pathOfRun(run));
    run = [];
  };
  for (let i = 0; i < xs.length; i++) {
    const y = ys[i] ?? Number.NaN;
    if (!Number.isFinite(y)) {
      close();
      continue;
    }
    run.push({
      x: tenths(frame.across(xs[i] ?? 0) * frame.width),
      y: tenths((1 - frame.up(y)) * frame.height),
    });
  }
  close();
  return parts.join("");
}

/** Pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

function tenths(x: number): number {
  return Math.round(x * 10) / 10;
}

function pathOfRun(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return "";
  if (points.length === 1) return `M${first.x},${first.y}h0`;
  return `M${thinned(points)
    .map(({ x, y }) => `${x},${y}`)
    .join("L")}`;
}

function thinned(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (let from = 0; from < points.length; ) {
    const column = Math.floor(points[from]?.x ?? 0);
    let to = from + 1;
    while (to < points.length && Math.floor(points[to]?.x ?? 0) === column) to++;
    kept.push(...extremes(points.slice(from, to)));
    from = to;
  }
  return kept;
}

function extremes(column: readonly Point[]): Point[] {
  if (column.length <= 4) return [...column];
  let [low, high] = [0, 0];
  for (const [i, { y }] of column.entries()) {
    if (y < (column[low]?.y ?? 0)) low = i;
    if (y > (column[high]?.y ?? 0)) high = i;
  }
  const places = [...new Set([0, low, high, column.length - 1])].sort((a, b) => a - b);
  return places.flatMap((i) => column[i] ?? []);
}
