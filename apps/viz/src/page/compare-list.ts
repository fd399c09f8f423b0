/** The nodes that differ as a list, which can be filtered and ordered; a row opens to both sides of its node. */
import { type RowOrder, rowsOf } from "../compare-rows.ts";
import type { Facet, NodeDifference } from "../difference.ts";
import type { App } from "./app.ts";
import { differenceRow, noNames, type RowNames, rowNames, statusWords } from "./compare-row.ts";
import { comparedNode } from "./compared-node.ts";
import type { Compared } from "./comparison.ts";
import { html } from "./dom.ts";
import { icon } from "./mark-icon.ts";

type Status = NodeDifference["status"];

/** So many rows are made at first, and each time that more are asked for. */
const atOnce = 100;

const facets: readonly (readonly [Facet | "", string])[] = [
  ["", "anything"],
  ["value", "value"],
  ["adjoint", "gradient"],
  ["shape", "shape or dtype"],
  ["attributes", "attributes"],
  ["inputs", "inputs"],
];

const orders: readonly (readonly [RowOrder, string])[] = [
  ["largest", "largest difference"],
  ["value", "difference of values"],
  ["adjoint", "difference of gradients"],
  ["execution", "order of execution"],
];

/** The list of one comparison. What it filters by outlives the difference, for the next follows when one scrubs. */
export class CompareList {
  readonly element: HTMLElement = html("div", { class: "compare-list" });
  readonly #app: App;
  readonly #counts: HTMLElement = html("div", {
    class: "counts",
    role: "group",
    "aria-label": "Which nodes are listed",
  });
  readonly #rows: HTMLElement = html("ul", { class: "difference-rows", "aria-label": "Nodes that differ" });
  readonly #more: HTMLButtonElement = html("button", { type: "button" });
  readonly #none: HTMLElement = html("p", { class: "quiet" });
  readonly #statuses: Set<Status> = new Set(["changed", "added", "removed"]);
  #facet: Facet | null = null;
  #order: RowOrder = "largest";
  #limit: number = atOnce;
  #compared: Compared | null = null;
  #names: RowNames = noNames;
  /** The ids in the first trace of the removed node that is open. */
  #openRemoved: number | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#more.addEventListener("click", () => {
      this.#limit += atOnce;
      this.#fillRows();
    });
    const differs = select("Differs in", facets, (facet) => {
      this.#facet = facet === "" ? null : facet;
      this.#fillRows();
    });
    const order = select("Order by", orders, (chosen) => {
      this.#order = chosen;
      this.#fillRows();
    });
    this.element.append(
      this.#counts,
      html("div", { class: "compare-filters" }, differs, order),
      columns(),
      this.#rows,
      this.#none,
      this.#more,
    );
  }

  /** Shows another difference. */
  show(compared: Compared): void {
    const sameReference = this.#compared?.reference === compared.reference;
    this.#compared = compared;
    this.#names = rowNames(compared);
    if (!sameReference) this.#openRemoved = null;
    this.#limit = atOnce;
    this.#fillCounts(compared);
    this.#fillRows();
  }

  /** Opens the row of the chosen node, and closes the one before. */
  choose(): void {
    if (this.#compared === null) return;
    if (this.#app.session.shown.chosen !== null) this.#openRemoved = null;
    this.#fillRows();
  }

  #fillCounts({ difference }: Compared): void {
    const buttons = (["changed", "added", "removed", "same"] as const).map((status) => {
      const button = html(
        "button",
        { type: "button", class: "count", "data-status": status, "aria-pressed": this.#statuses.has(status) },
        icon(status),
        html("b", {}, String(difference.counts[status])),
        html("span", {}, statusWords[status]),
      );
      button.setAttribute("aria-pressed", String(this.#statuses.has(status)));
      button.addEventListener("click", () => {
        if (!this.#statuses.delete(status)) this.#statuses.add(status);
        button.setAttribute("aria-pressed", String(this.#statuses.has(status)));
        this.#fillRows();
      });
      return button;
    });
    this.#counts.replaceChildren(...buttons);
  }

  #fillRows(): void {
    const compared = this.#compared;
    if (compared === null) return;
    const filter = { statuses: this.#statuses, facet: this.#facet, order: this.#order };
    const rows = rowsOf(compared.difference, filter);
    const shown = rows.slice(0, this.#limit);
    const chosen = this.#openNode(compared);
    // The chosen node is seen whatever is filtered.
    if (chosen !== null && !shown.includes(chosen)) shown.unshift(chosen);
    const focused = this.#focusedKey();
    this.#rows.replaceChildren(...shown.map((row) => this.#row(compared, row, row === chosen)));
    const again = focused === null ? null : this.#rows.querySelector(`[data-row="${focused}"] > button`);
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
    const more = rows.length - this.#limit;
    this.#more.hidden = more <= 0;
    this.#more.textContent = `Show ${Math.min(more, atOnce)} more of ${rows.length}`;
    this.#none.hidden = shown.length > 0;
    this.#none.textContent =
      compared.difference.counts.same === compared.difference.nodes.length
        ? "Nothing differs, to the last bit."
        : "No node is like this.";
  }

  #openNode({ difference }: Compared): NodeDifference | null {
    if (this.#openRemoved !== null) return difference.byFirst.get(this.#openRemoved) ?? null;
    const { chosen } = this.#app.session.shown;
    return chosen === null ? null : (difference.bySecond.get(chosen) ?? null);
  }

  #focusedKey(): string | null {
    const row = document.activeElement?.closest("[data-row]");
    return row instanceof HTMLElement && this.#rows.contains(row) ? (row.dataset.row ?? null) : null;
  }

  #row(compared: Compared, row: NodeDifference, open: boolean): HTMLElement {
    const item = differenceRow(compared, this.#names, row, { open, toggle: () => this.#toggle(row, open) });
    if (open) item.append(comparedNode(this.#app, compared, row));
    return item;
  }

  #toggle({ first, second }: NodeDifference, open: boolean): void {
    const { session, graph } = this.#app;
    this.#openRemoved = second === null && !open ? first : null;
    const before = session.shown.chosen;
    session.choose(open ? null : second);
    if (second !== null && !open) void graph.unfoldTo(second);
    // A change of the choice fills the rows.
    if (session.shown.chosen === before) this.#fillRows();
  }
}

/** The heads for the eye; the rows' numbers are the largest difference over the largest magnitude of both sides. */
function columns(): HTMLElement {
  const names = ["", "Node", "Value, by", "Gradient, by"].map((name) => html("span", {}, name));
  return html("div", { class: "difference-head", "aria-hidden": "true" }, ...names);
}

function select<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: (value: T) => void,
): HTMLElement {
  const box = html("select", {}, ...options.map(([value, text]) => html("option", { value }, text)));
  box.addEventListener("change", () => {
    const found = options.find(([value]) => value === box.value);
    if (found !== undefined) chosen(found[0]);
  });
  return html("label", {}, label, box);
}
