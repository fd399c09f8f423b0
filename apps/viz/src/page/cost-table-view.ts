/** A sortable table of costs with a bar for each number. Rows lead to their nodes. */
import {
  type CostGrouping,
  type CostMeasure,
  type CostOrder,
  type CostTableRow,
  costMeasures,
  sortedCosts,
  sumOfCosts,
} from "../cost-table.ts";
import { byteText, timeText } from "../number-text.ts";
import { html } from "./dom.ts";

const titles: Readonly<Record<CostMeasure, string>> = {
  forward: "Forward",
  backward: "Backward",
  valueBytes: "Value",
  savedBytes: "Saved",
};

const first: Readonly<Record<CostGrouping, string>> = { node: "Node", op: "Op", module: "Module" };

/** A number for each column. */
type Measured = Readonly<Record<CostMeasure, number>>;

/** So many rows are elements at first, and so many more each time that more are asked for. */
const rowsAtOnce = 100;

/** The table. */
export class CostTableView {
  readonly element: HTMLElement = html("div", { class: "cost-table" });
  readonly #choose: (node: number) => void;
  readonly #body: HTMLTableSectionElement = html("tbody");
  readonly #heads: ReadonlyMap<CostOrder["by"], HTMLTableCellElement>;
  readonly #foot: HTMLTableSectionElement = html("tfoot");
  readonly #caption: HTMLElement = html("caption", { class: "unseen" });
  readonly #more: HTMLButtonElement = html("button", { type: "button", class: "more" });
  #grouping: CostGrouping = "node";
  #all: readonly CostTableRow[] = [];
  #rows: readonly CostTableRow[] = [];
  #largest: Measured = sumOfCosts([]);
  #total: Measured = sumOfCosts([]);
  #limit = rowsAtOnce;
  #orders: ReadonlyMap<CostGrouping, CostOrder> = new Map();
  #chosen: number | null = null;

  /** `choose` hears of the node whose row is entered. */
  constructor(choose: (node: number) => void) {
    this.#choose = choose;
    const columns: readonly CostOrder["by"][] = ["order", ...costMeasures];
    this.#heads = new Map(columns.map((by) => [by, this.#head(by)]));
    const head = html("thead", {}, html("tr", {}, ...this.#heads.values()));
    this.element.append(html("table", {}, this.#caption, head, this.#body, this.#foot), this.#more);
    this.#more.addEventListener("click", () => {
      this.#limit += rowsAtOnce;
      this.#render();
    });
    this.#body.addEventListener("keydown", (event) => this.#key(event));
    this.#body.addEventListener("click", ({ target }) => {
      const row = target instanceof Element ? target.closest<HTMLElement>("tr[data-node]") : null;
      if (row === null) return;
      this.#activate(row);
      this.#choose(Number(row.dataset.node));
    });
  }

  /**
   * Shows other rows: modules in their order, nodes and ops with the longest first.
   *
   * @param total what all rows sum to.
   */
  show(grouping: CostGrouping, rows: readonly CostTableRow[], total: Measured): void {
    this.#grouping = grouping;
    this.#all = rows;
    this.#total = total;
    this.#limit = rowsAtOnce;
    const largest = sumOfCosts([]) as Record<CostMeasure, number>;
    for (const { cost } of rows) {
      for (const measure of costMeasures) largest[measure] = Math.max(largest[measure], cost[measure]);
    }
    this.#largest = largest;
    const title = this.#heads.get("order")?.querySelector(".head-title");
    if (title != null) title.textContent = first[grouping];
    this.#caption.textContent = `Costs by ${grouping}`;
    this.#sort();
  }

  /** Marks the row of a node; null for none. Rows of ops and modules stand for many, and are not marked. */
  choose(node: number | null): void {
    this.#chosen = this.#grouping === "node" ? node : null;
    for (const row of this.#body.rows) this.#markRow(row);
  }

  get #order(): CostOrder {
    const longest = this.#largest.backward > 0 ? "backward" : "valueBytes";
    const usual: CostOrder =
      this.#grouping === "module" ? { by: "order", descending: false } : { by: longest, descending: true };
    return this.#orders.get(this.#grouping) ?? usual;
  }

  #head(by: CostOrder["by"]): HTMLTableCellElement {
    const title = html("span", { class: "head-title" }, by === "order" ? "" : titles[by]);
    const button = html("button", { type: "button", "data-sort": by }, title);
    button.append(html("span", { class: "arrow", "aria-hidden": "true" }));
    button.addEventListener("click", () => {
      const { by: before, descending } = this.#order;
      const other: CostOrder =
        by === before ? { by, descending: !descending } : { by, descending: by !== "order" };
      this.#orders = new Map([...this.#orders, [this.#grouping, other]]);
      this.#sort();
    });
    return html("th", { scope: "col", "data-measure": by }, button);
  }

  #sort(): void {
    const order = this.#order;
    this.#rows = sortedCosts(this.#all, order);
    for (const [by, head] of this.#heads) {
      const direction = order.descending ? "descending" : "ascending";
      if (by === order.by) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
      const arrow = head.querySelector(".arrow");
      if (arrow !== null) arrow.textContent = by !== order.by ? "" : order.descending ? "↓" : "↑";
    }
    this.#render();
  }

  #render(): void {
    const shown = this.#rows.slice(0, this.#limit);
    const more = this.#rows.length - shown.length;
    this.#body.replaceChildren(...shown.map((row) => this.#rowOf(row)));
    if (more > 0) {
      const title = html("th", { scope: "row" }, `${more.toLocaleString("en")} more`);
      const rest = this.#numbers(sumOfCosts(this.#rows.slice(this.#limit)), false);
      this.#body.append(html("tr", { class: "rest" }, title, ...rest));
    }
    const next = Math.min(more, rowsAtOnce);
    this.#more.textContent = `Show ${next} more`;
    this.#more.hidden = next === 0;
    const count = this.#rows.length;
    const all = count === 1 ? first[this.#grouping] : `All ${count.toLocaleString("en")}`;
    this.#foot.replaceChildren(
      html("tr", {}, html("th", { scope: "row" }, all), ...this.#numbers(this.#total, false)),
    );
    this.#activate(this.#body.rows[0]);
  }

  #rowOf({ title, detail, depth, node, cost, whole }: CostTableRow): HTMLTableRowElement {
    const button = html("button", { type: "button", class: "link", tabindex: -1 }, title);
    const name = html("th", { scope: "row" }, button);
    if (detail !== "") name.append(html("span", { class: "detail" }, detail));
    if (whole !== null) {
      const [time, memory] = [timeText(whole.forward + whole.backward), byteText(whole.valueBytes)];
      name.append(html("span", { class: "detail" }, `with its parts ${time}, ${memory}`));
    }
    if (this.#order.by === "order") name.style.paddingInlineStart = `${14 * depth}px`;
    const row = html("tr", { "data-node": node }, name, ...this.#numbers(cost, true));
    this.#markRow(row);
    return row;
  }

  #numbers(cost: Measured, bars: boolean): HTMLElement[] {
    return costMeasures.map((measure) => {
      const number = cost[measure];
      const text = measure === "forward" || measure === "backward" ? timeText(number) : byteText(number);
      const cell = html(
        "td",
        { "data-measure": measure, "data-exact": number, class: number === 0 ? "none" : undefined },
        text,
      );
      if (bars && number > 0) {
        const bar = html("span", { class: "cost-bar", "aria-hidden": "true" });
        bar.style.width = `${(100 * number) / this.#largest[measure]}%`;
        cell.append(bar);
      }
      return cell;
    });
  }

  #markRow(row: HTMLTableRowElement): void {
    const chosen = this.#chosen !== null && row.dataset.node === String(this.#chosen);
    if (chosen) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }

  /** Makes a row the one that Tab leads to. */
  #activate(row: HTMLElement | undefined): void {
    for (const button of this.#body.querySelectorAll<HTMLElement>("button[tabindex='0']"))
      button.tabIndex = -1;
    const button = row?.querySelector<HTMLElement>("button");
    if (button != null) button.tabIndex = 0;
  }

  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const rows = [...this.#body.querySelectorAll<HTMLElement>("tr[data-node]")];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const moves: Readonly<Record<string, number>> = {
      ...{ ArrowDown: Math.min(at + 1, rows.length - 1), ArrowUp: Math.max(at - 1, 0) },
      ...{ Home: 0, End: rows.length - 1 },
    };
    const row = Object.hasOwn(moves, event.key) ? rows[moves[event.key] ?? 0] : undefined;
    if (row === undefined) return;
    event.preventDefault();
    // Home and End step the backward pass elsewhere.
    event.stopPropagation();
    this.#activate(row);
    row.querySelector("button")?.focus();
  }
}
