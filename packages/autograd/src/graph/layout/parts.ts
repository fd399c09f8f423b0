/** The parts of groups: the frames in each, and the items that are in it and in no inner one. */
import { framePadding, type GroupPaths } from "./frames.ts";
import type { LayoutGraph } from "./graph.ts";
import type { Rows } from "./rows.ts";

/** Something that moves as a whole, and the rectangle that it takes, its rows included. */
export interface Part {
  readonly items: readonly number[];
  readonly isFrame: boolean;
  readonly firstRow: number;
  readonly lastRow: number;
  left: number;
  right: number;
}

/**
 * The parts of each group, and under null those of the whole.
 *
 * @param settle is run over a group's parts before its own rectangle is taken; inner groups come first.
 */
export function partsOf(
  { groups }: LayoutGraph,
  paths: GroupPaths,
  rows: Rows,
  x: Float64Array,
  settle: (parts: readonly Part[]) => void = () => {},
): ReadonlyMap<string | null, readonly Part[]> {
  const parts = new Map<string | null, Part[]>([
    [null, []],
    ...groups.map(({ id }) => [id, []] as [string, Part[]]),
  ]);
  for (const [row, items] of rows.rows.entries()) {
    for (const item of items) {
      const half = (rows.widths[item] ?? 0) / 2;
      const [left, right] = [(x[item] ?? 0) - half, (x[item] ?? 0) + half];
      const part = { items: [item], isFrame: false, firstRow: row, lastRow: row, left, right };
      parts.get(rows.groupOf[item] ?? null)?.push(part);
    }
  }
  // Parents come first in the list.
  for (const { id, parent } of [...groups].reverse()) {
    const inside = parts.get(id) ?? [];
    if (inside.length === 0) continue;
    settle(inside);
    parts.get(paths.has(parent) ? parent : null)?.push(frameOf(inside));
  }
  settle(parts.get(null) ?? []);
  return parts;
}

function frameOf(inside: readonly Part[]): Part {
  const frame = {
    items: inside.flatMap(({ items }) => items),
    isFrame: true,
    firstRow: Number.MAX_SAFE_INTEGER,
    lastRow: 0,
    left: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
  };
  for (const { firstRow, lastRow, left, right } of inside) {
    frame.firstRow = Math.min(frame.firstRow, firstRow);
    frame.lastRow = Math.max(frame.lastRow, lastRow);
    frame.left = Math.min(frame.left, left - framePadding);
    frame.right = Math.max(frame.right, right + framePadding);
  }
  return frame;
}
