/** One node of a difference as a row: what became of it, what it is called, and by how much it differs. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { modulePlace, removedPlaces } from "../compare-rows.ts";
import type { NodeDifference, NumberDifference } from "../difference.ts";
import { titleOf } from "../scene.ts";
import type { Compared } from "./comparison.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { icon } from "./mark-icon.ts";

/** What rows of one comparison are called. */
export interface RowNames {
  readonly first: ReadonlyMap<number, TraceNode>;
  readonly second: ReadonlyMap<number, TraceNode>;
  /** Where those stood that were removed. */
  readonly places: ReadonlyMap<number, string>;
}

/** The names of nothing. */
export const noNames: RowNames = { first: new Map(), second: new Map(), places: new Map() };

/** The names of all nodes of both traces. */
export function rowNames({ reference, trace, difference }: Compared): RowNames {
  const byId = (nodes: readonly TraceNode[]): ReadonlyMap<number, TraceNode> =>
    new Map(nodes.map((node) => [node.id, node]));
  const places = removedPlaces(reference.trace, trace, difference);
  return { first: byId(reference.trace.nodes), second: byId(trace.nodes), places };
}

/** The word of each status, which stands beside its icon. */
export const statusWords: Readonly<Record<NodeDifference["status"], string>> = {
  changed: "changed",
  added: "added",
  removed: "removed",
  same: "the same",
};

/** The row of `row`; a click on it calls `toggle`. What it opens to is put behind its button. */
export function differenceRow(
  { reference, trace }: Compared,
  names: RowNames,
  row: NodeDifference,
  { open, toggle }: { readonly open: boolean; readonly toggle: () => void },
): HTMLElement {
  const { status, first, second, value, adjoint } = row;
  const node = second === null ? names.first.get(first ?? -1) : names.second.get(second);
  const module = modulePlace(second === null ? reference.trace : trace, node?.scope ?? null);
  const place = [names.places.get(first ?? -1) ?? "", module].filter((each) => each !== "").join(", ");
  const title = node === undefined ? "" : titleOf({ node, folded: null });
  const button = html(
    "button",
    { type: "button", class: "difference-row", "aria-expanded": String(open) },
    html("span", { class: "status" }, icon(status), html("span", {}, statusWords[status])),
    html("span", { class: "name" }, html("b", {}, title), html("small", {}, place)),
    relativeCell(row, value, "value"),
    relativeCell(row, adjoint, "gradient"),
  );
  button.addEventListener("click", toggle);
  const item = html("li", { "data-row": second ?? `-${first}`, "data-status": status }, button);
  if (second !== null) item.dataset.node = String(second);
  return item;
}

/** The relative difference as a number and a bar; a dash where nothing differs, a word where there is no number. */
function relativeCell(
  { status, facets }: NodeDifference,
  numbers: NumberDifference | null,
  which: "value" | "gradient",
): HTMLElement {
  const cell = html("span", { class: `relative ${which}` });
  const differs = status === "changed" && facets.includes(which === "value" ? "value" : "adjoint");
  if (!differs) cell.append(html("span", { class: "none" }, "–"));
  else if (numbers === null) cell.append("other");
  else {
    const bar = html("i", {});
    // By the square root: small differences are to be seen beside large ones.
    bar.style.width = `${100 * Math.min(1, Math.sqrt(Number.isNaN(numbers.relative) ? 1 : numbers.relative / 2))}%`;
    cell.append(exactNumber("b", numbers.relative, { "data-relative": which }), bar);
  }
  return cell;
}
