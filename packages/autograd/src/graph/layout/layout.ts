/**
 * A layout made for tapes, which are in topological order as they are: rows by the longest path, columns by barycentres
 * and least movement. Pure and deterministic: equal arguments give equal places. Time grows about linearly.
 */
import { checkOptions } from "@adjoint/tensor";
import { alignGroups } from "./align.ts";
import { moveFramesApart } from "./apart.ts";
import { placeColumns } from "./columns.ts";
import { frameRoom, groupPaths, placeFrames } from "./frames.ts";
import type { Box, Layout, LayoutGraph, Point } from "./graph.ts";
import { placeHeights } from "./heights.ts";
import { Past } from "./past.ts";
import { longEdges, makeRows, type Rows } from "./rows.ts";

/** Settings of `layout`. */
export interface LayoutOptions {
  /** The node or group that was clicked to open or close it: the middle of its upper edge stays where it was. */
  readonly pinned?: string;
}

/** Settings of `layout`, which runs in one go. */
export interface CancellableOptions extends LayoutOptions {
  /** Once aborted, layout throws its reason. */
  readonly signal?: AbortSignal;
}

/** Pixels between the drawing and what is drawn aside, and between two of those. */
const asideGap = 48;

/**
 * Where the nodes of `graph` go.
 *
 * Edges go down; nodes of one row do not overlap. With the layout of an earlier graph whatever was there moves as little
 * as it can; the same graph gives the same places again, to the last bit.
 *
 * @param previous the layout of an earlier graph, or of the same with other groups open.
 * @throws the signal's reason once it is aborted, which is looked at several times in a large layout.
 * @example const first = layout(layoutGraph(trace, new Set()));
 */
export function layout(
  graph: LayoutGraph,
  previous: Layout | null = null,
  options: CancellableOptions = {},
): Layout {
  checkOptions("layout", options, ["pinned", "signal"]);
  const { signal, ...rest } = options;
  const steps = layoutSteps(graph, previous, rest);
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same in steps of a few milliseconds, so that a worker can hear in between that it is no longer wanted. */
export function* layoutSteps(
  graph: LayoutGraph,
  previous: Layout | null = null,
  options: LayoutOptions = {},
): Generator<void, Layout> {
  checkOptions("layoutSteps", options, ["pinned"]);
  const { pinned } = options;
  const paths = groupPaths(graph);
  const rows = makeRows(graph, paths);
  yield;
  const past = new Past(graph, previous);
  const groupMoves = {
    align: (places: Float64Array): void => alignGroups(graph, paths, rows, places),
    moveApart: (places: Float64Array): void => moveFramesApart(graph, paths, rows, places),
  };
  const x = yield* placeColumns(rows, past.anchors(rows), graph.groups.length === 0 ? null : groupMoves);
  const heights = rowHeights(graph, rows);
  const pinnedRow = pinned === undefined ? -1 : past.firstRowOf(pinned, rows);
  const room = frameRoom(graph, paths, rows.rowOf, rows.rows.length);
  const y = placeHeights(heights, room, past.rows(rows, heights, pinned, pinnedRow), pinnedRow);
  const nodes = placeNodes(graph, rows, x, y);
  const groups = placeFrames(graph, paths, nodes);
  yield;
  const edge = leftOf([...nodes.values(), ...groups.values()]) - asideGap;
  for (const row of rows.aside) placeAside(row, edge, graph, rows, y, past, nodes);
  const aside = new Set(rows.aside.flat().map((i) => graph.nodes[i]?.id ?? ""));
  const found: Layout = { nodes, groups, routes: placeRoutes(graph, rows, x, y), aside };
  return moved(found, past.wayBack(pinned, found));
}

function rowHeights({ nodes }: LayoutGraph, rows: Rows): number[] {
  const heights = rows.rows.map(() => 0);
  for (const [i, { height }] of nodes.entries()) {
    const row = rows.rowOf[i] ?? 0;
    heights[row] = Math.max(heights[row] ?? 0, height);
  }
  return heights;
}

/** The boxes of all nodes but those drawn aside. */
function placeNodes(
  { nodes }: LayoutGraph,
  { rows, rowOf }: Rows,
  x: Float64Array,
  y: Float64Array,
): Map<string, Box> {
  const placed = new Map<string, Box>();
  for (const row of rows) {
    for (const i of row) {
      const node = nodes[i];
      if (node === undefined) continue;
      const { id, width, height } = node;
      placed.set(id, { x: x[i] ?? 0, y: y[rowOf[i] ?? 0] ?? 0, width, height });
    }
  }
  return placed;
}

/** The left edge of all. */
function leftOf(boxes: readonly Box[]): number {
  const left = boxes.reduce((least, box) => Math.min(least, box.x - box.width / 2), Number.POSITIVE_INFINITY);
  return Number.isFinite(left) ? left : 0;
}

/** From `edge` to the left; where one was before, there, unless that is too far to the right by now. */
function placeAside(
  row: readonly number[],
  edge: number,
  { nodes }: LayoutGraph,
  { rowOf }: Rows,
  y: Float64Array,
  past: Past,
  placed: Map<string, Box>,
): void {
  const before = (i: number): number => past.of(nodes[i]?.id)?.x ?? Number.NEGATIVE_INFINITY;
  const ordered = [...row].sort((a, b) => (before(a) === before(b) ? 0 : before(b) - before(a)));
  let right = edge;
  for (const i of ordered) {
    const node = nodes[i];
    if (node === undefined) continue;
    const { id, width, height } = node;
    const free = right - width / 2;
    const x = past.of(id) === null ? free : Math.min(free, before(i));
    placed.set(id, { x, y: y[rowOf[i] ?? 0] ?? 0, width, height });
    right = x - width / 2 - asideGap / 2;
  }
}

function placeRoutes(
  graph: LayoutGraph,
  rows: Rows,
  x: Float64Array,
  y: Float64Array,
): Map<string, readonly Point[]> {
  const routes = new Map<string, readonly Point[]>();
  for (const { key, row, first, count } of longEdges(graph, rows)) {
    const at = (k: number): Point => ({ x: x[first + k] ?? 0, y: y[row + k] ?? 0 });
    routes.set(
      key,
      Array.from({ length: count }, (_, k) => at(k)),
    );
  }
  return routes;
}

function moved(found: Layout, by: Point): Layout {
  if (by.x === 0 && by.y === 0) return found;
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + by.x, y: point.y + by.y });
  return {
    nodes: new Map([...found.nodes].map(([id, box]) => [id, move(box)])),
    groups: new Map([...found.groups].map(([id, box]) => [id, { ...move(box), handle: box.handle + by.x }])),
    routes: new Map([...found.routes].map(([key, points]) => [key, points.map(move)])),
    aside: found.aside,
  };
}
