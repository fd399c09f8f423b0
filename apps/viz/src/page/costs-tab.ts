/** What the recorded step cost in time and memory: by node, by op, by module. */
import type { Trace } from "@adjoint/autograd/graph";
import { type CostGrouping, costTable } from "../cost-table.ts";
import { type Cost, type Costs, costsSteps } from "../costs.ts";
import { byteText, timeText } from "../number-text.ts";
import type { App } from "./app.ts";
import { CostTableView } from "./cost-table-view.ts";
import { html } from "./dom.ts";
import { inSlices } from "./in-slices.ts";
import { saveChrome } from "./save-chrome.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";
import { during } from "./work.ts";

/** The tab of costs. */
export function costsTab(app: App): PanelTab {
  const tab = new CostsTab(app);
  return { id: "costs", title: "Costs", element: tab.element, show: (shown) => tab.show(shown) };
}

const groupings: readonly { readonly id: CostGrouping; readonly title: string }[] = [
  { id: "node", title: "Nodes" },
  { id: "op", title: "Ops" },
  { id: "module", title: "Modules" },
];

class CostsTab {
  readonly element: HTMLElement = html("div", { class: "costs" });
  readonly #app: App;
  readonly #table: CostTableView;
  readonly #choices: ReadonlyMap<CostGrouping, HTMLButtonElement>;
  #trace: Trace | null = null;
  #costs: Costs | null = null;
  #grouping: CostGrouping = "node";

  constructor(app: App) {
    this.#app = app;
    this.#table = new CostTableView((node) => {
      app.session.choose(node);
      void app.graph.unfoldTo(node);
    });
    this.#choices = new Map(groupings.map(({ id, title }) => [id, this.#choice(id, title)]));
  }

  show({ trace, chosen }: Shown): void {
    if (trace !== this.#trace) void during(this.#read(trace));
    else this.#table.choose(chosen);
  }

  async #read(trace: Trace): Promise<void> {
    this.#trace = trace;
    this.#costs = null;
    const costs = await inSlices(costsSteps(trace));
    if (this.#trace !== trace) return;
    this.#costs = costs;
    const { total } = costs;
    if (trace.nodes.length === 0) {
      this.element.replaceChildren(html("p", { class: "quiet" }, "This trace has no nodes."));
      return;
    }
    const save = html("button", { type: "button", class: "save-chrome" }, "Save as Chrome trace");
    save.title = "For Perfetto and chrome://tracing";
    save.addEventListener("click", () => saveChrome(this.#app.session.shown.trace));
    const by = html("div", { class: "segments", role: "group", "aria-label": "A row for each of the" });
    by.append(...this.#choices.values());
    this.element.replaceChildren(
      tiles(total),
      ...clockNote(trace, total),
      html("div", { class: "cost-actions" }, by, save),
      this.#table.element,
    );
    this.#group(this.#grouping);
  }

  #choice(grouping: CostGrouping, title: string): HTMLButtonElement {
    const button = html("button", { type: "button", "data-by": grouping }, title);
    button.addEventListener("click", () => this.#group(grouping));
    return button;
  }

  #group(grouping: CostGrouping): void {
    if (this.#trace === null || this.#costs === null) return;
    this.#grouping = grouping;
    for (const [id, button] of this.#choices) button.setAttribute("aria-pressed", String(id === grouping));
    this.#table.show(grouping, costTable(this.#trace, this.#costs, grouping), this.#costs.total);
    this.#table.choose(this.#app.session.shown.chosen);
  }
}

/** The sums over all nodes. */
function tiles({ forward, backward, valueBytes, savedBytes, adjointBytes }: Cost): HTMLElement {
  const tile = (title: string, number: number, text: string, kind: string): HTMLElement =>
    html(
      "div",
      { class: "tile", "data-measure": kind },
      html("dt", {}, title),
      html("dd", { "data-exact": number }, text),
    );
  return html(
    "dl",
    { class: "tiles", "aria-label": "All nodes together" },
    tile("Forward", forward, timeText(forward), "forward"),
    tile("Backward", backward, timeText(backward), "backward"),
    tile("Values", valueBytes, byteText(valueBytes), "valueBytes"),
    tile("Saved", savedBytes, byteText(savedBytes), "savedBytes"),
    tile("Gradients", adjointBytes, byteText(adjointBytes), "adjointBytes"),
  );
}

/** What a time of 0 says: nothing but that the clock is coarse. */
function clockNote({ nodes }: Trace, { forward, backward }: Cost): HTMLElement[] {
  const ops = nodes.filter(({ kind }) => kind === "op");
  const short = ops.filter(({ nanoseconds }) => nanoseconds === 0).length;
  if (short === 0) return [];
  const words =
    forward + backward === 0
      ? "Every op was too short for the clock that timed it."
      : `${short.toLocaleString("en")} of ${ops.length.toLocaleString("en")} ops ${short === 1 ? "was" : "were"} too short for the clock that timed them, and ${short === 1 ? "counts" : "count"} as 0.`;
  const why =
    " In a page the clock ticks every 0.1 ms; train --trace records in Node, whose clock counts nanoseconds.";
  return [html("p", { class: "quiet clock" }, words, why)];
}
