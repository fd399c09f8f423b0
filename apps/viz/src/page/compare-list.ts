/** The nodes that differ as a list, which can be filtered and ordered; a row opens to both sides of its node. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { modulePlace, type RowOrder, removedPlaces, rowsOf } from "../compare-rows.ts";
import type { Facet, NodeDifference, NumberDifference } from "../difference.ts";
import { titleOf } from "../scene.ts";
import type { App } from "./app.ts";
import { comparedNode } from "./compared-node.ts";
import type { Compared } from "./comparison.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { icon } from "./health-icons.ts";

type Status = NodeDifference["status"];

/** So many rows are made at first, and each time that more are asked for. */
const atOnce = 100;

const statusWords: Readonly<Record<Status, string>> = {
  changed: "changed",
  added: "added",
  removed: "removed",
  same: "the same",
};

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
        statusIcon(status),
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
    const places = removedPlaces(compared.reference.trace, compared.trace, compared.difference);
    const nodes = nodesOf(compared);
    this.#rows.replaceChildren(
      ...shown.map((row) => this.#row(compared, row, { nodes, places, open: row === chosen })),
    );
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

  #row(compared: Compared, row: NodeDifference, { nodes, places, open }: RowContext): HTMLElement {
    const { status, first, second, value, adjoint } = row;
    const node = second === null ? nodes.first.get(first ?? -1) : nodes.second.get(second);
    const trace = second === null ? compared.reference.trace : compared.trace;
    const title = node === undefined ? "" : titleOf({ node, folded: null });
    const place = [places.get(first ?? -1) ?? "", modulePlace(trace, node?.scope ?? null)];
    const button = html(
      "button",
      { type: "button", class: "difference-row", "aria-expanded": String(open) },
      html("span", { class: "status" }, statusIcon(status), html("span", {}, statusWords[status])),
      html(
        "span",
        { class: "name" },
        html("b", {}, title),
        html("small", {}, place.filter((each) => each !== "").join(", ")),
      ),
      relativeCell(row, value, "value"),
      relativeCell(row, adjoint, "gradient"),
    );
    button.addEventListener("click", () => this.#toggle(row, open));
    const item = html(
      "li",
      { "data-row": second === null ? `-${first}` : second, "data-status": status },
      button,
    );
    if (second !== null) item.dataset.node = String(second);
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

interface RowContext {
  readonly nodes: {
    readonly first: ReadonlyMap<number, TraceNode>;
    readonly second: ReadonlyMap<number, TraceNode>;
  };
  readonly places: ReadonlyMap<number, string>;
  readonly open: boolean;
}

function nodesOf({ reference, trace }: Compared): RowContext["nodes"] {
  const byId = (nodes: readonly TraceNode[]): ReadonlyMap<number, TraceNode> =>
    new Map(nodes.map((node) => [node.id, node]));
  return { first: byId(reference.trace.nodes), second: byId(trace.nodes) };
}

function statusIcon(status: Status): SVGSVGElement {
  return icon(status);
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
