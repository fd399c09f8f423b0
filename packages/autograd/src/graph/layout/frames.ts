/** Frames around the nodes of open groups, and the room that they need between rows. */
import type { Box, Frame, LayoutGraph } from "./graph.ts";

/** Pixels of a frame around what is in it, and above that for its name. */
export const framePadding = 12;
const title = 22;

/** Pixels from a frame's upper edge to the first row in it. */
export const frameHead: number = framePadding + title;

/** For each group the groups that it is in, itself first. */
export type GroupPaths = ReadonlyMap<string | null, readonly string[]>;

/** The paths of all groups of `graph`; null stands for no group and has an empty one. */
export function groupPaths({ groups }: LayoutGraph): GroupPaths {
  const paths = new Map<string | null, readonly string[]>([[null, []]]);
  for (const { id, parent } of groups) paths.set(id, [id, ...(paths.get(parent) ?? [])]);
  return paths;
}

/** The room that frames need above each row, where some begin in it or end in the row above it. */
export function frameRoom(
  { nodes }: LayoutGraph,
  paths: GroupPaths,
  rowOf: ArrayLike<number>,
  count: number,
): number[] {
  const [first, last] = [new Map<string, number>(), new Map<string, number>()];
  for (const [i, { group }] of nodes.entries()) {
    const row = rowOf[i] ?? 0;
    for (const id of paths.get(group) ?? []) {
      first.set(id, Math.min(first.get(id) ?? row, row));
      last.set(id, Math.max(last.get(id) ?? row, row));
    }
  }
  const [heads, feet] = [new Array<number>(count).fill(0), new Array<number>(count + 1).fill(0)];
  for (const [i, { group }] of nodes.entries()) {
    const row = rowOf[i] ?? 0;
    const path = paths.get(group) ?? [];
    heads[row] = Math.max(heads[row] ?? 0, path.filter((id) => first.get(id) === row).length);
    feet[row + 1] = Math.max(feet[row + 1] ?? 0, path.filter((id) => last.get(id) === row).length);
  }
  return heads.map((depth, row) => depth * frameHead + (feet[row] ?? 0) * framePadding);
}

/** The frames around the groups' nodes and inner groups. Nodes that are not `placed` yet are in none. */
export function placeFrames(
  { nodes, groups }: LayoutGraph,
  paths: GroupPaths,
  placed: ReadonlyMap<string, Box>,
): Map<string, Frame> {
  const inside = new Map<string, Box[]>();
  const add = (group: string | null, box: Box): void => {
    if (group === null) return;
    const boxes = inside.get(group);
    if (boxes === undefined) inside.set(group, [box]);
    else boxes.push(box);
  };
  const ops = new Map<string, Box[]>();
  for (const { id, group, inputs } of nodes) {
    const box = placed.get(id);
    if (box === undefined) continue;
    add(group, box);
    if (inputs.length > 0) for (const around of paths.get(group) ?? []) addHighest(ops, around, box);
  }
  const frames = new Map<string, Frame>();
  // Parents come first in the list, and their frames go around those of their children.
  for (const { id, parent } of [...groups].reverse()) {
    const boxes = inside.get(id);
    if (boxes === undefined) continue;
    const frame = frameAround(boxes);
    add(parent, frame);
    const highest = ops.get(id) ?? [frame];
    frames.set(id, { ...frame, handle: highest.reduce((sum, { x }) => sum + x, 0) / highest.length });
  }
  return frames;
}

/** Keeps the highest boxes of each group. */
function addHighest(highest: Map<string, Box[]>, group: string, box: Box): void {
  const known = highest.get(group);
  const y = known?.[0]?.y ?? Number.POSITIVE_INFINITY;
  if (box.y < y) highest.set(group, [box]);
  else if (box.y === y) known?.push(box);
}

function frameAround(boxes: readonly Box[]): Box {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [upper, lower] = [left, right];
  for (const box of boxes) {
    left = Math.min(left, box.x - box.width / 2);
    right = Math.max(right, box.x + box.width / 2);
    upper = Math.min(upper, top(box));
    lower = Math.max(lower, box.y + box.height / 2);
  }
  const [width, height] = [right - left + 2 * framePadding, lower - upper + frameHead + framePadding];
  return { x: (left + right) / 2, y: (upper - frameHead + lower + framePadding) / 2, width, height };
}

/** The y of a box's upper edge. */
export function top({ y, height }: Box): number {
  return y - height / 2;
}
