/** What of an earlier layout a new one keeps. */
import type { Anchors } from "./columns.ts";
import { frameHead, top } from "./frames.ts";
import type { Box, Layout, LayoutGraph, Point } from "./graph.ts";
import type { RowPast } from "./heights.ts";
import { longEdges, type Rows } from "./rows.ts";

/** What an earlier layout says of the nodes of this one. */
export class Past {
  readonly #graph: LayoutGraph;
  readonly #previous: Layout | null;
  readonly #parents: ReadonlyMap<string, string | null>;

  constructor(graph: LayoutGraph, previous: Layout | null) {
    this.#graph = graph;
    this.#previous = previous;
    this.#parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
  }

  /** The middle of the upper edge of what had this id: a node, or a group at its name. */
  of(id: string | undefined): Point | null {
    return id === undefined || this.#previous === null ? null : handleOf(this.#previous, id);
  }

  /** The x of nodes and bends that were there; a node that comes out of a closed group begins at that group's. */
  anchors(rows: Rows): Anchors {
    const x = new Float64Array(rows.widths.length).fill(Number.NaN);
    const isOld = new Uint8Array(x.length);
    const previous = this.#previous;
    if (previous === null) return { x, isOld };
    for (const [i, { id, group }] of this.#graph.nodes.entries()) {
      const own = this.of(id);
      x[i] = (own ?? this.#closedGroup(group))?.x ?? Number.NaN;
      if (own !== null) isOld[i] = 1;
    }
    for (const { key, first, count } of longEdges(this.#graph, rows)) {
      const route = previous.routes.get(key);
      if (route?.length !== count) continue;
      for (const [k, point] of route.entries()) {
        x[first + k] = point.x;
        isOld[first + k] = 1;
      }
    }
    return { x, isOld };
  }

  /** The y of each row: the middle one of its nodes' (of two the upper), so that most of them need not move. */
  rows(rows: Rows, heights: readonly number[], pinned: string | undefined, pinnedRow: number): RowPast[] {
    const closed = pinned === undefined ? undefined : this.#previous?.nodes.get(pinned);
    const opens = closed !== undefined && this.#parents.has(pinned ?? "");
    return rows.rows.map((row, r) => {
      // The frame of a group that is opened begins where the group was.
      if (opens && r === pinnedRow) {
        return { y: top(closed) + frameHead + (heights[r] ?? 0) / 2, count: 1 };
      }
      const ys = [...row, ...(rows.aside[r] ?? [])]
        .flatMap((i) => this.#topOf(i) ?? [])
        .sort((a, b) => a - b);
      return { y: ys[(ys.length - 1) >> 1] ?? Number.NaN, count: ys.length };
    });
  }

  /** The first row of a node, or of a group's nodes. */
  firstRowOf(pinned: string, rows: Rows): number {
    const own = [...this.#graph.nodes.keys()].filter((i) => this.#isIn(i, pinned));
    return own.reduce((least, i) => Math.min(least, rows.rowOf[i] ?? 0), Number.MAX_SAFE_INTEGER);
  }

  /** How far `found` has to move as a whole: so that `pinned` is where it was, or else most of the nodes. */
  wayBack(pinned: string | undefined, found: Layout): Point {
    if (pinned === undefined) return this.#usualMove(found);
    const [before, after] = [this.of(pinned), handleOf(found, pinned)];
    if (before === null || after === null) return { x: 0, y: 0 };
    return { x: before.x - after.x, y: before.y - after.y };
  }

  /** The middle one of all nodes' moves, each way. */
  #usualMove({ nodes }: Layout): Point {
    const moves: Point[] = [];
    for (const [id, { x, y }] of nodes) {
      const before = this.#previous?.nodes.get(id);
      if (before !== undefined) moves.push({ x: before.x - x, y: before.y - y });
    }
    const middle = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
    return { x: middle(moves.map(({ x }) => x)), y: middle(moves.map(({ y }) => y)) };
  }

  /** The y that node `i` had; as the closed form of a group that was open, a place at that one's upper edge. */
  #topOf(i: number): number | null {
    const node = this.#graph.nodes[i];
    const before = this.#previous?.nodes.get(node?.id ?? "");
    if (before !== undefined) return before.y;
    const frame = this.#previous?.groups.get(node?.id ?? "");
    return frame === undefined || node === undefined ? null : top(frame) + node.height / 2;
  }

  #isIn(i: number, id: string): boolean {
    const node = this.#graph.nodes[i];
    if (node?.id === id) return true;
    for (let group = node?.group ?? null; group !== null; group = this.#parents.get(group) ?? null) {
      if (group === id) return true;
    }
    return false;
  }

  /** The place of the innermost group around `group` that was a closed one. */
  #closedGroup(group: string | null): Box | null {
    for (let at = group; at !== null; at = this.#parents.get(at) ?? null) {
      const closed = this.#previous?.nodes.get(at);
      if (closed !== undefined) return closed;
    }
    return null;
  }
}

/** The middle of the upper edge of a node, or of a frame where its name is. */
function handleOf({ nodes, groups }: Layout, id: string): Point | null {
  const node = nodes.get(id);
  if (node !== undefined) return { x: node.x, y: top(node) };
  const frame = groups.get(id);
  return frame === undefined ? null : { x: frame.handle, y: top(frame) };
}
