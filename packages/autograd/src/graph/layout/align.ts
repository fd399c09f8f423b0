/** Groups, and what lies between them, below what they hang on. */
import type { GroupPaths } from "./frames.ts";
import type { LayoutGraph } from "./graph.ts";
import { type Part, partsOf } from "./parts.ts";
import type { Rows } from "./rows.ts";

/**
 * Moves the parts of each group that has inner groups, from the outside in and from the top down, to the mean place of
 * what comes into them from above: what hangs together inside a group stays together, and a chain of groups goes straight
 * down. Parts may overlap afterwards.
 */
export function alignGroups(graph: LayoutGraph, paths: GroupPaths, rows: Rows, x: Float64Array): void {
  const parts = partsOf(graph, paths, rows, x);
  for (const id of [null, ...graph.groups.map((group) => group.id)]) {
    const inside = parts.get(id) ?? [];
    if (inside.some(({ isFrame }) => isFrame)) alignParts(inside, rows, x);
  }
}

function alignParts(parts: readonly Part[], rows: Rows, x: Float64Array): void {
  const shifts = new Map<number, number>();
  const move = ({ items }: Part, shift: number): void => {
    for (const item of items) {
      x[item] = (x[item] ?? 0) + shift;
      shifts.set(item, shift);
    }
  };
  const isSource = ({ items }: Part): boolean => items.every((item) => rows.isSource[item]);
  for (const part of [...parts].sort((a, b) => a.firstRow - b.firstRow)) {
    if (!isSource(part)) move(part, meanPull(part, rows, x));
  }
  // A weight goes where its product goes.
  for (const part of parts.filter(isSource)) {
    const below = part.items.flatMap((item) => rows.below[item] ?? []);
    const sum = below.reduce((total, item) => total + (shifts.get(item) ?? 0), 0);
    move(part, below.length === 0 ? 0 : sum / below.length);
  }
}

/** How far to the right the edges into a part come from, on the average. */
function meanPull({ items }: Part, { above, isSource }: Rows, x: Float64Array): number {
  const own = new Set(items);
  let [sum, count] = [0, 0];
  for (const item of items) {
    for (const upper of above[item] ?? []) {
      if (own.has(upper) || isSource[upper]) continue;
      sum += (x[upper] ?? 0) - (x[item] ?? 0);
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}
