/**
 * Rows: which node lies above which.
 *
 * A node lies one row below its lowest input (the longest path from the top). What has no inputs, and what is made of that
 * alone, lies right above the first that hangs on it, so that a weight is beside its product and not at the top of the
 * page. Edges that pass rows by
 * get a bend in each of them; those of one node share their bends, like a trunk with branches.
 */
import type { GroupPaths } from "./frames.ts";
import { edgeKey, type LayoutGraph } from "./graph.ts";

/** Sources that so many hang on are drawn aside, even where these are all in one row. */
const widelyUsed = 5;
/** At most so many bends for a node on the average; the longest edges beyond go straight. */
const bendsANode = 2;
/** The width that a passing edge takes, in pixels. */
const bendWidth = 6;

/** The graph as numbers: items are the nodes in their order, and behind them the bends. */
export interface Rows {
  /** The row of each node, 0 at the top. */
  readonly rowOf: Int32Array;
  /** The items of each row, aside ones left out. */
  readonly rows: readonly number[][];
  /** The nodes of each row that are drawn aside. */
  readonly aside: readonly number[][];
  readonly widths: readonly number[];
  /** Above and below each item: what it hangs on, and what hangs on it, bends in place of the long way. */
  readonly above: readonly number[][];
  readonly below: readonly number[][];
  /** True for a node without inputs. */
  readonly isSource: readonly boolean[];
  /** The innermost group of each item; of a bend, the one whose frame the edges have entered there. */
  readonly groupOf: readonly (string | null)[];
  /** For each node its first bend, in the row below it, and how many there are, one a row. */
  readonly firstBend: Int32Array;
  readonly bendCount: Int32Array;
}

/** The rows of `graph`. Deterministic, in time linear in nodes, edges and bends. */
export function makeRows({ nodes }: LayoutGraph, paths: GroupPaths): Rows {
  const positions = new Map(nodes.map(({ id }, i) => [id, i]));
  const inputs = nodes.map((node, i) => {
    const known = node.inputs.map((id) => positions.get(id) ?? i).filter((input) => input < i);
    return [...new Set(known)];
  });
  const outputs: number[][] = nodes.map(() => []);
  for (const [i, list] of inputs.entries()) for (const input of list) outputs[input]?.push(i);
  const isSource = inputs.map((list) => list.length === 0);
  const rowOf = rowsOf(inputs, outputs, distances(nodes, inputs, paths));
  const isAside = isSource.map((source, i) => source && isWidelyUsed(outputs[i] ?? [], rowOf));
  const builder = new RowBuilder(nodes, rowOf, isAside, paths);
  for (let i = 0; i < nodes.length; i++) builder.connect(i, outputs[i] ?? []);
  return builder.finish(isSource);
}

/** The first row of each group. */
function firstRows(nodes: LayoutGraph["nodes"], rowOf: Int32Array, paths: GroupPaths): Map<string, number> {
  const first = new Map<string, number>();
  for (const [i, { group }] of nodes.entries()) {
    const row = rowOf[i] ?? 0;
    for (const id of paths.get(group) ?? []) first.set(id, Math.min(first.get(id) ?? row, row));
  }
  return first;
}

/** How many rows an input lies above a node at least, and how long the chain of single inputs is that a node ends. */
interface Distances {
  above(input: number, node: number): number;
  /** 0 for a source, 1 for what a source alone is made into (a transposed weight), and so on; −1 for all others. */
  readonly depths: Int32Array;
}

/** What a group has of its own above a node, weights and what is made of them, is in its frame; all else is above that. */
function distances(
  nodes: LayoutGraph["nodes"],
  inputs: readonly (readonly number[])[],
  paths: GroupPaths,
): Distances {
  const groups = nodes.map(({ group }) => group);
  const depths = new Int32Array(inputs.length);
  for (const [i, list] of inputs.entries()) {
    const [only = -1, second] = list;
    const depth = depths[only] ?? 0;
    if (list.length > 0) depths[i] = second === undefined && depth >= 0 ? depth + 1 : -1;
  }
  const own = inputs.map((list) =>
    list.filter((input) => (depths[input] ?? -1) >= 0 && groups[input] !== null),
  );
  const above = (input: number, node: number): number => {
    const around = paths.get(groups[input] ?? null) ?? [];
    let rows = 1;
    for (const other of own[node] ?? []) {
      if (!around.includes(groups[other] ?? "")) rows = Math.max(rows, 2 + (depths[other] ?? 0));
    }
    return rows;
  };
  return { above, depths };
}

function rowsOf(
  inputs: readonly (readonly number[])[],
  outputs: readonly (readonly number[])[],
  { above, depths }: Distances,
): Int32Array {
  const rowOf = new Int32Array(inputs.length);
  for (const [i, list] of inputs.entries()) {
    for (const input of list) rowOf[i] = Math.max(rowOf[i] ?? 0, (rowOf[input] ?? 0) + above(input, i));
  }
  for (let i = inputs.length - 1; i >= 0; i--) {
    const list = outputs[i] ?? [];
    if ((depths[i] ?? -1) < 0 || list.length === 0) continue;
    rowOf[i] = list.reduce(
      (least, output) => Math.min(least, (rowOf[output] ?? 1) - above(i, output)),
      Number.MAX_SAFE_INTEGER,
    );
  }
  // What moved down may leave rows empty.
  const used = [...new Set(rowOf)].sort((a, b) => a - b);
  const dense = new Map(used.map((row, r) => [row, r]));
  return rowOf.map((row) => dense.get(row) ?? 0);
}

function isWidelyUsed(outputs: readonly number[], rowOf: Int32Array): boolean {
  return outputs.length >= widelyUsed || outputs.some((output) => rowOf[output] !== rowOf[outputs[0] ?? 0]);
}

class RowBuilder {
  readonly #rowOf: Int32Array;
  readonly #isAside: readonly boolean[];
  readonly #rows: number[][] = [];
  readonly #asideRows: number[][] = [];
  readonly #widths: number[];
  readonly #above: number[][];
  readonly #below: number[][];
  readonly #firstBend: Int32Array;
  readonly #bendCount: Int32Array;
  readonly #groupOf: (string | null)[];
  readonly #paths: GroupPaths;
  readonly #firstRows: ReadonlyMap<string, number>;
  #bendsLeft: number;

  constructor(
    nodes: LayoutGraph["nodes"],
    rowOf: Int32Array,
    isAside: readonly boolean[],
    paths: GroupPaths,
  ) {
    this.#paths = paths;
    this.#firstRows = firstRows(nodes, rowOf, paths);
    const widths = nodes.map(({ width }) => width);
    this.#rowOf = rowOf;
    this.#isAside = isAside;
    this.#widths = widths;
    this.#groupOf = nodes.map(({ group }) => group);
    this.#above = widths.map(() => []);
    this.#below = widths.map(() => []);
    this.#firstBend = new Int32Array(widths.length);
    this.#bendCount = new Int32Array(widths.length);
    this.#bendsLeft = 1000 + bendsANode * widths.length;
    const count = 1 + rowOf.reduce((most, row) => Math.max(most, row), -1);
    for (let row = 0; row < count; row++) {
      this.#rows.push([]);
      this.#asideRows.push([]);
    }
    for (let i = 0; i < widths.length; i++)
      (isAside[i] ? this.#asideRows : this.#rows)[this.#row(i)]?.push(i);
  }

  /** Adds the edges of node `i`, with bends where there are long ones. */
  connect(i: number, outputs: readonly number[]): void {
    if (this.#isAside[i]) return;
    const row = this.#row(i);
    const lowest = outputs.reduce((most, output) => Math.max(most, this.#row(output)), row);
    const bends = lowest - row - 1;
    const hasBends = bends > 0 && bends <= this.#bendsLeft;
    if (hasBends) this.#addBends(i, row, bends, outputs);
    for (const output of outputs) {
      const passed = this.#row(output) - row - 1;
      this.#join(hasBends && passed > 0 ? (this.#firstBend[i] ?? 0) + passed - 1 : i, output);
    }
  }

  finish(isSource: readonly boolean[]): Rows {
    return {
      rowOf: this.#rowOf,
      rows: this.#rows,
      aside: this.#asideRows,
      widths: this.#widths,
      above: this.#above,
      below: this.#below,
      isSource,
      groupOf: this.#groupOf,
      firstBend: this.#firstBend,
      bendCount: this.#bendCount,
    };
  }

  #addBends(i: number, row: number, count: number, outputs: readonly number[]): void {
    this.#bendsLeft -= count;
    this.#firstBend[i] = this.#widths.length;
    this.#bendCount[i] = count;
    let last = i;
    for (let k = 1; k <= count; k++) {
      const bend = this.#widths.length;
      this.#widths.push(bendWidth);
      this.#groupOf.push(this.#groupAt(row + k, outputs));
      this.#above.push([]);
      this.#below.push([]);
      this.#rows[row + k]?.push(bend);
      this.#join(last, bend);
      last = bend;
    }
  }

  /** The innermost group that has begun in `row` and holds all of `outputs` that lie below: its frame is entered. */
  #groupAt(row: number, outputs: readonly number[]): string | null {
    let path: readonly string[] | null = null;
    for (const output of outputs) {
      if (this.#row(output) <= row) continue;
      const around: readonly string[] = this.#paths.get(this.#groupOf[output] ?? null) ?? [];
      path = path === null ? around : path.filter((id) => around.includes(id));
    }
    return path?.find((id) => (this.#firstRows.get(id) ?? 0) <= row) ?? null;
  }

  #join(upper: number, lower: number): void {
    this.#below[upper]?.push(lower);
    this.#above[lower]?.push(upper);
  }

  #row(i: number): number {
    return this.#rowOf[i] ?? 0;
  }
}

/** An edge that passes rows by: its name, the first row that it passes, its first bend and their number. */
export interface LongEdge {
  readonly key: string;
  readonly row: number;
  readonly first: number;
  readonly count: number;
}

/** The edges of `graph` that have bends. */
export function longEdges({ nodes }: LayoutGraph, rows: Rows): LongEdge[] {
  const positions = new Map(nodes.map(({ id }, i) => [id, i]));
  const edges: LongEdge[] = [];
  for (const [to, { id, inputs }] of nodes.entries()) {
    for (const input of inputs) {
      const from = positions.get(input) ?? to;
      const row = (rows.rowOf[from] ?? 0) + 1;
      const count = Math.min((rows.rowOf[to] ?? 0) - row, rows.bendCount[from] ?? 0);
      if (from < to && count > 0)
        edges.push({ key: edgeKey(input, id), row, first: rows.firstBend[from] ?? 0, count });
    }
  }
  return edges;
}
