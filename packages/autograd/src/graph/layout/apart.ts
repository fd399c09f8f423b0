/**
 * Frames apart: what lies in one frame lies in no other that shares rows with it.
 *
 * From the inside out, the parts of a group are taken from the middle to both sides, and each is moved outwards, whole, as
 * far as those before it ask. Nothing moves where nothing overlaps.
 */
import { columnGap } from "./columns.ts";
import type { GroupPaths } from "./frames.ts";
import type { LayoutGraph } from "./graph.ts";
import { type Part, partsOf } from "./parts.ts";
import type { Rows } from "./rows.ts";

/** Less than this is no overlap, so that places that were found once are found again to the last bit. */
const tolerance = 1e-6;
/** The room to each side of a node and of a frame; two nodes have as much between them as in a row without frames. */
const nodeRoom: number = columnGap / 2;
const frameRoom: number = columnGap / 4;

/** Moves items in `x` so that no two frames of `graph` overlap, and no frame and an item outside it. */
export function moveFramesApart(graph: LayoutGraph, paths: GroupPaths, rows: Rows, x: Float64Array): void {
  partsOf(graph, paths, rows, x, (parts) => {
    // Items alone were spread already.
    if (parts.some(({ isFrame }) => isFrame)) pushApart(parts, x);
  });
}

function pushApart(parts: readonly Part[], x: Float64Array): void {
  const middles = parts.map(middleOf).sort((a, b) => a - b);
  const middle = middles[middles.length >> 1] ?? 0;
  const outwards = [...parts].sort((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle));
  const taken = new Map<number, { left: number; right: number }>();
  for (const part of outwards) {
    const shift = shiftOf(part, middleOf(part) >= middle, taken);
    if (Math.abs(shift) > tolerance) {
      for (const item of part.items) x[item] = (x[item] ?? 0) + shift;
      part.left += shift;
      part.right += shift;
    }
    const room = part.isFrame ? frameRoom : nodeRoom;
    for (let row = part.firstRow; row <= part.lastRow; row++) {
      const { left, right } = taken.get(row) ?? { left: part.left, right: part.right };
      taken.set(row, { left: Math.min(left, part.left - room), right: Math.max(right, part.right + room) });
    }
  }
}

/** How far a part has to move outwards to be clear of what is taken in its rows. */
function shiftOf(
  { isFrame, firstRow, lastRow, left, right }: Part,
  toTheRight: boolean,
  taken: ReadonlyMap<number, { readonly left: number; readonly right: number }>,
): number {
  const room = isFrame ? frameRoom : nodeRoom;
  let shift = 0;
  for (let row = firstRow; row <= lastRow; row++) {
    const beside = taken.get(row);
    if (beside === undefined) continue;
    if (toTheRight) shift = Math.max(shift, beside.right + room - left);
    else shift = Math.min(shift, beside.left - room - right);
  }
  return shift;
}

function middleOf({ left, right }: Part): number {
  return (left + right) / 2;
}
