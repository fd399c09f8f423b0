/** The costs of a trace as the rows of a table: by node, by op or by module, sorted, and as many as are looked at. Pure. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Cost, CostRow, Costs, ModuleCost } from "./costs.ts";
import { shapeText } from "./number-text.ts";
import { titleOf } from "./scene.ts";

/** What a row stands for. */
export type CostGrouping = "node" | "op" | "module";

/** What is measured: times in nanoseconds, memory in bytes. */
export type CostMeasure = "forward" | "backward" | "valueBytes" | "savedBytes";

/** The measures in the order of the columns. */
export const costMeasures: readonly CostMeasure[] = ["forward", "backward", "valueBytes", "savedBytes"];

/** A row. */
export interface CostTableRow {
  readonly title: string;
  /** A shape, how many nodes, how many calls; empty for a module whose parts alone have nodes. */
  readonly detail: string;
  /** How deep a module is; 0 for all else. */
  readonly depth: number;
  /** The node to show for it. */
  readonly node: number;
  readonly cost: Cost;
  /** Of a module that holds others: with them. */
  readonly whole: Cost | null;
}

/** By what rows are sorted: `order` is that of the trace, of ops that of the alphabet. */
export interface CostOrder {
  readonly by: CostMeasure | "order";
  readonly descending: boolean;
}

/** The rows, in the order of the trace, or of the alphabet. Their costs sum to those of the trace. */
export function costTable(trace: Trace, costs: Costs, grouping: CostGrouping): CostTableRow[] {
  if (grouping === "op") return costs.ops.map(opRow).sort((a, b) => (a.title < b.title ? -1 : 1));
  if (grouping === "module") return costs.modules.map(moduleRow);
  return trace.nodes.flatMap((node): CostTableRow[] => {
    const cost = costs.byNode.get(node.id);
    if (cost === undefined) return [];
    const title = titleOf({ node, folded: null });
    return [{ title, detail: shapeText(node.shape), depth: 0, node: node.id, cost, whole: null }];
  });
}

function opRow({ name, node, ...cost }: CostRow): CostTableRow {
  return { title: name, detail: counted(cost.nodes, "node"), depth: 0, node, cost, whole: null };
}

function moduleRow({ name, kind, depth, calls, whole, node, ...cost }: ModuleCost): CostTableRow {
  const named = [name, kind].filter((part) => part !== "").join(" · ");
  const own = cost.nodes === 0 ? [] : [counted(cost.nodes, "node")];
  const many = calls > 1 ? [counted(calls, "call")] : [];
  return {
    // What ran in no module was not called.
    title: calls === 0 ? "outside of modules" : named,
    detail: [...many, ...own].join(", "),
    depth,
    node,
    cost,
    whole: whole.nodes > cost.nodes ? whole : null,
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

/** The rows sorted; those that are alike stay in their order. */
export function sortedCosts(
  rows: readonly CostTableRow[],
  { by, descending }: CostOrder,
): readonly CostTableRow[] {
  if (by === "order") return descending ? rows.toReversed() : rows;
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * (a.cost[by] - b.cost[by]));
}

/** The sums of the measures over `rows`. */
export function sumOfCosts(rows: readonly CostTableRow[]): Readonly<Record<CostMeasure, number>> {
  const sums = { forward: 0, backward: 0, valueBytes: 0, savedBytes: 0 };
  for (const { cost } of rows) {
    sums.forward += cost.forward;
    sums.backward += cost.backward;
    sums.valueBytes += cost.valueBytes;
    sums.savedBytes += cost.savedBytes;
  }
  return sums;
}
