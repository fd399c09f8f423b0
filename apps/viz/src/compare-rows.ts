/** The nodes of a difference as a list: which are shown, in which order, and where those stood that were removed. Pure. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Facet, NodeDifference, NumberDifference, TraceDifference } from "./difference.ts";
import { titleOf } from "./scene.ts";

/** What of a difference is listed. */
export interface RowFilter {
  readonly statuses: ReadonlySet<NodeDifference["status"]>;
  /** Changed nodes that differ in this; null for any. */
  readonly facet: Facet | null;
  readonly order: RowOrder;
}

/** By the larger relative difference of value and adjoint, by that of one, or as the nodes ran. */
export type RowOrder = "largest" | "value" | "adjoint" | "execution";

/** The nodes that `filter` lets through, in its order; what cannot be ordered by numbers stands first, as it ran. */
export function rowsOf({ nodes }: TraceDifference, { statuses, facet, order }: RowFilter): NodeDifference[] {
  const rows = nodes.filter(
    ({ status, facets }) =>
      statuses.has(status) && (facet === null || status !== "changed" || facets.includes(facet)),
  );
  if (order === "execution") return rows;
  const keys = new Map(rows.map((row) => [row, keyOf(row, order)]));
  // The sort is stable.
  return rows.sort((a, b) => (keys.get(b) ?? 0) - (keys.get(a) ?? 0));
}

/** How far up a node belongs: added and removed nodes and other shapes are the largest differences, then NaN, then numbers. */
function keyOf({ status, facets, value, adjoint }: NodeDifference, order: RowOrder): number {
  if (status === "added" || status === "removed") return Number.MAX_VALUE;
  if (status === "same") return -1;
  const judged = [order === "adjoint" ? null : value, order === "value" ? null : adjoint];
  const numbers = judged.flatMap((each) => (each === null ? [] : [relativeOf(each)]));
  const largest = Math.max(0, ...numbers);
  if (order === "largest" && facets.includes("shape")) return Number.MAX_VALUE / 2;
  return largest === Number.POSITIVE_INFINITY ? Number.MAX_VALUE / 4 : largest;
}

/** The relative difference as a number that can be ordered: infinite where it is NaN. */
function relativeOf({ relative }: NumberDifference): number {
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}

/** Where each removed node stood, by its id in the first trace: `after relu`, `at the beginning`. */
export function removedPlaces(first: Trace, second: Trace, { nodes }: TraceDifference): Map<number, string> {
  const titles = (trace: Trace): ReadonlyMap<number, string> =>
    new Map(trace.nodes.map((node) => [node.id, titleOf({ node, folded: null })]));
  const [before, after] = [titles(first), titles(second)];
  const places = new Map<number, string>();
  let last: string | null = null;
  for (const { status, first: id, second: shown } of nodes) {
    if (status === "removed" && id !== null) {
      places.set(id, last === null ? "at the beginning" : `after ${last}`);
      last = before.get(id) ?? last;
    } else if (shown !== null) last = after.get(shown) ?? last;
  }
  return places;
}

/** The module path of a node: `in 0 · Linear`; empty outside of modules. */
export function modulePlace(trace: Trace, scope: number | null): string {
  const found = scope === null ? undefined : trace.scopes.find(({ id }) => id === scope);
  return found === undefined || found.name === "" ? "" : `in ${found.name} · ${found.kind}`;
}

/** One entry in which two tensors differ. */
export interface EntryDifference {
  /** In row-major order. */
  readonly offset: number;
  /** second − first. */
  readonly gap: number;
}

/** The entries of `gaps` that are farthest from 0, at most `limit`, NaN before all, the farthest first. */
export function largestGaps(gaps: ArrayLike<number>, limit: number): EntryDifference[] {
  const size = (gap: number): number => (Number.isNaN(gap) ? Number.POSITIVE_INFINITY : Math.abs(gap));
  const found: EntryDifference[] = [];
  for (let offset = 0; offset < gaps.length; offset++) {
    const gap = gaps[offset] ?? 0;
    if (gap === 0) continue;
    const last = found.at(-1);
    if (found.length === limit && last !== undefined && size(gap) <= size(last.gap)) continue;
    const at = found.findIndex((each) => size(each.gap) < size(gap));
    found.splice(at < 0 ? found.length : at, 0, { offset, gap });
    if (found.length > limit) found.pop();
  }
  return found;
}
