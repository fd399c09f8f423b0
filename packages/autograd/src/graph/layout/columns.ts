/**
 * Columns: where in its row each item lies.
 *
 * Without an earlier layout, sweeps down and up the rows draw each item to the mean of its neighbours (barycentres decide
 * the order within a row as well), and a row is then spread with least movement. With one, whoever was there stays where
 * it was, new items go between their neighbours, and a row is spread around them.
 *
 * Source: K. Sugiyama, S. Tagawa, M. Toda, Methods for visual understanding of hierarchical system structures, IEEE
 * Trans. SMC 11 (1981), for the barycentres.
 */
import { spread } from "./isotonic.ts";
import type { Rows } from "./rows.ts";

/** Pixels between neighbours in a row. */
export const columnGap = 24;
/** Sweeps that may change the order, and those after them that only straighten. Even: down and up. */
const orderingSweeps = 8;
const straighteningSweeps = 6;
/** How often the rows are straightened again after groups were moved. */
const groupRounds = 3;
/** How hard it is to move whoever was there before, and what has no inputs; others weigh 1. */
const oldWeight = 1000;
const sourceWeight = 1e-6;
/** How much more an item follows its own group than what lies outside. 0 to 1. */
const cohesion = 0.9;
/** Items between two looks at whether the layout is still wanted. */
const itemsAStep = 2000;

/** What an earlier layout says of each item. */
export interface Anchors {
  /** Where it was; NaN for those that are new. */
  readonly x: Float64Array;
  /** 1 where it was there itself, 0 where that is only a good place to begin: that of the group it comes out of. */
  readonly isOld: Uint8Array;
}

/** What is done to whole groups, in the places that it is given. */
export interface GroupMoves {
  /** Moves each below what it hangs on. */
  align(x: Float64Array): void;
  /** Moves those apart that overlap. */
  moveApart(x: Float64Array): void;
}

/**
 * The x of each item. Yields between its steps, so that it can be given up.
 *
 * @param groups null if there are none.
 */
export function* placeColumns(
  rows: Rows,
  anchors: Anchors,
  groups: GroupMoves | null,
): Generator<void, Float64Array> {
  const columns = new Columns(rows);
  const isFresh = anchors.x.every(Number.isNaN);
  if (isFresh) yield* columns.placeAll();
  else yield* columns.placeAround(anchors);
  // What was moved draws its neighbours after it, and that may move groups again.
  for (let round = 0; groups !== null && isFresh && round < groupRounds; round++) {
    groups.align(columns.x);
    groups.moveApart(columns.x);
    yield* columns.straighten();
  }
  if (groups !== null && isFresh) groups.align(columns.x);
  groups?.moveApart(columns.x);
  return columns.x;
}

class Columns {
  readonly x: Float64Array;
  readonly #rows: Rows;
  readonly #weights: Float64Array;
  readonly #desired: Float64Array;
  #cohesion = cohesion;
  #budget = itemsAStep;

  constructor(rows: Rows) {
    this.#rows = rows;
    this.x = new Float64Array(rows.widths.length);
    this.#desired = new Float64Array(rows.widths.length);
    this.#weights = Float64Array.from(rows.widths, (_, i) => (rows.isSource[i] ? sourceWeight : 1));
  }

  *placeAll(): Generator<void, void> {
    for (const row of this.#rows.rows) this.#place(row, this.#desired);
    for (let sweep = 0; sweep < orderingSweeps; sweep++) yield* this.#sweep(sweep % 2 === 0, true);
    yield* this.straighten();
  }

  /** Takes the rows in the order that they have now, and draws what hangs together into line. */
  *straighten(): Generator<void, void> {
    for (const row of this.#rows.rows) sortBy(row, this.x);
    for (let sweep = 0; sweep < straighteningSweeps; sweep++) yield* this.#sweep(sweep % 2 === 0, false);
    // At last each group by itself; where it lies as a whole is decided after that.
    this.#cohesion = 1;
    yield* this.#sweep(true, false);
    this.#cohesion = cohesion;
  }

  *#sweep(down: boolean, ordering: boolean): Generator<void, void> {
    const all = this.#rows.rows;
    for (let r = 0; r < all.length; r++) {
      const row = all[down ? r : all.length - 1 - r] ?? [];
      for (const item of row) this.#desired[item] = this.#mean(item, down);
      if (ordering) sortBy(row, this.#desired);
      this.#place(row, this.#desired);
      if (this.#spent(row.length)) yield;
    }
  }

  *placeAround(anchors: Anchors): Generator<void, void> {
    const known = anchors.x.map((x) => (Number.isNaN(x) ? 0 : 1));
    for (const [i, x] of anchors.x.entries()) {
      if (Number.isNaN(x)) continue;
      this.x[i] = x;
      if (anchors.isOld[i] === 1) this.#weights[i] = oldWeight;
    }
    // New items: from what lies above, and what is left from what lies below.
    for (const down of [true, false]) {
      const all = this.#rows.rows;
      for (let r = 0; r < all.length; r++) {
        const row = all[down ? r : all.length - 1 - r] ?? [];
        for (const item of row) this.#guess(item, down, known);
        if (this.#spent(row.length)) yield;
      }
    }
    for (const row of this.#rows.rows) {
      sortBy(row, this.x);
      this.#place(row, this.x);
      if (this.#spent(row.length)) yield;
    }
  }

  /** A first place for a new item: between the neighbours that have one, above and below. */
  #guess(item: number, down: boolean, known: Float64Array): void {
    if (known[item] === 1) return;
    const { above, below } = this.#rows;
    const ofKnown = (list: readonly number[] = []): number[] => list.filter((other) => known[other] === 1);
    const near = [...ofKnown(above[item]), ...ofKnown(below[item])];
    if (near.length === 0) return;
    const sum = near.reduce((total, other) => total + (this.x[other] ?? 0), 0);
    this.x[item] = sum / near.length;
    // What lies on the way down counts for those below it; the way up fills in the rest.
    known[item] = down || ofKnown(below[item]).length > 0 ? 1 : 0;
  }

  /** The mean place of the neighbours above, or below; where a group ends there, rather of those inside the group. */
  #mean(item: number, above: boolean): number {
    const { isSource, groupOf } = this.#rows;
    const [ahead = [], behind = []] = [this.#rows.above[item], this.#rows.below[item]];
    const all = above ? ahead : behind;
    const group = groupOf[item] ?? null;
    if (group === null || isSource[item]) return this.#meanOf(item, all);
    const isInside = (other: number): boolean => groupOf[other] === group && !isSource[other];
    if (all.some(isInside)) return this.#meanOf(item, all);
    const inside = (above ? behind : ahead).filter(isInside);
    if (inside.length === 0) return this.#meanOf(item, all);
    return this.#cohesion * this.#meanOf(item, inside) + (1 - this.#cohesion) * this.#meanOf(item, all);
  }

  /** The mean place of `all`; weights among them do not draw their product to the side. */
  #meanOf(item: number, all: readonly number[]): number {
    if (all.length === 0) return this.x[item] ?? 0;
    const { isSource } = this.#rows;
    let [sum, count, sourceSum] = [0, 0, 0];
    for (const other of all) {
      const x = this.x[other] ?? 0;
      if (isSource[other]) sourceSum += x;
      else {
        sum += x;
        count++;
      }
    }
    return count > 0 ? sum / count : sourceSum / all.length;
  }

  /** Puts a row's items, in their order, as close to `desired` as they go. */
  #place(row: readonly number[], desired: Float64Array): void {
    const [first] = row;
    if (row.length === 1 && first !== undefined) {
      this.x[first] = desired[first] ?? 0;
      return;
    }
    const { widths } = this.#rows;
    const [wanted, weights] = [new Float64Array(row.length), new Float64Array(row.length)];
    const gaps = new Float64Array(row.length);
    for (let k = 0; k < row.length; k++) {
      const [item, next] = [row[k] ?? -1, row[k + 1] ?? -1];
      wanted[k] = desired[item] ?? 0;
      weights[k] = this.#weights[item] ?? 1;
      gaps[k] = ((widths[item] ?? 0) + (widths[next] ?? 0)) / 2 + columnGap;
    }
    const places = spread(wanted, weights, gaps);
    for (let k = 0; k < row.length; k++) this.x[row[k] ?? 0] = places[k] ?? 0;
  }

  #spent(items: number): boolean {
    this.#budget -= items;
    if (this.#budget > 0) return false;
    this.#budget = itemsAStep;
    return true;
  }
}

/** Sorts by the values, and equal ones by their order until now. */
function sortBy(row: number[], values: Float64Array): void {
  if (row.length > 1) row.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
}
