/** The outline: the graph as a tree, which can be read and walked without seeing the graph; and the search over it. */
import { linksOf } from "../edge-walk.ts";
import { type OutlineItem, type OutlineRow, outlineOf, outlineRows } from "../outline.ts";
import { titleOf } from "../scene.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { foldAbove } from "./graph-view.ts";
import { fillOutlineRow } from "./outline-row.ts";
import type { Shown } from "./session.ts";
import { nodeLink } from "./step-panel.ts";
import type { PanelTab } from "./tabs.ts";
import { type TreeRow, TreeView } from "./tree-view.ts";

/** The tab of the outline. */
export function outlineTab(app: App): PanelTab {
  const outline = new OutlineTab(app);
  return {
    id: "outline",
    title: "Outline",
    element: outline.element,
    show: (shown, before) => outline.show(shown, before),
  };
}

class OutlineTab {
  readonly element: HTMLElement = html("div", { class: "outline" });
  readonly #app: App;
  readonly #tree: TreeView;
  readonly #links: HTMLElement = html("section", {
    class: "links",
    "aria-label": "Edges of the chosen node",
  });
  #items: readonly OutlineItem[] = [];
  #rows: readonly OutlineRow[] = [];
  #closed: Set<string> = new Set();
  #steps: ReadonlyMap<number, number> = new Map();
  #shown: Shown | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#tree = new TreeView("Outline of the graph", {
      fill: (element, at) => this.#fill(element, at),
      choose: (at) => this.#choose(at),
      toggle: (at) => this.#toggle(at),
    });
    this.element.append(columns(), this.#tree.element, this.#links);
  }

  show(shown: Shown, before: Shown | null): void {
    const last = before === null ? this.#shown : before;
    this.#shown = shown;
    if (shown.frames !== last?.frames) this.#steps = stepsOf(shown);
    const anew = shown.trace !== last?.trace;
    if (anew) this.#open(shown);
    if (anew || shown.chosen !== last?.chosen) {
      this.#showLinks(shown);
      this.#showChosen(shown.chosen);
    }
    this.#tree.refresh();
  }

  #open({ trace }: Shown): void {
    this.#items = outlineOf(trace);
    const many = trace.nodes.length > foldAbove;
    this.#closed = new Set(many ? this.#items.flatMap(({ key, node }) => (node === null ? key : [])) : []);
    this.#showRows();
  }

  #showRows(): void {
    this.#rows = outlineRows(this.#items, this.#closed, null);
    const positions = new Map(this.#rows.map(({ item }, at) => [item.key, at]));
    this.#tree.show(
      this.#rows.map(({ item, open, position, siblings }): TreeRow => {
        const parent = positions.get(this.#items[item.parent]?.key ?? "") ?? -1;
        return { key: item.key, title: item.title, level: item.level, open, parent, position, siblings };
      }),
    );
  }

  /** Opens what the chosen node is in, and brings it into sight; the focus goes along if it is in the tree. */
  #showChosen(chosen: number | null): void {
    const item = chosen === null ? undefined : this.#items.find(({ key }) => key === `n${chosen}`);
    if (item === undefined) return;
    let opened = false;
    for (let at = item.parent; at >= 0; at = this.#items[at]?.parent ?? -1) {
      opened = this.#closed.delete(this.#items[at]?.key ?? "") || opened;
    }
    if (opened) this.#showRows();
    const had = this.#tree.element.contains(document.activeElement);
    this.#tree.activate(item.key);
    if (had) this.#tree.focus();
  }

  #fill(element: HTMLElement, at: number): void {
    const row = this.#rows[at];
    if (row === undefined || this.#shown === null) return;
    fillOutlineRow(element, row, { shown: this.#shown, steps: this.#steps, found: null });
  }

  #choose(at: number): void {
    const node = this.#rows[at]?.item.node ?? null;
    if (node === null) {
      this.#toggle(at);
      return;
    }
    this.#app.session.choose(node.id);
    void this.#app.graph.unfoldTo(node.id);
  }

  #toggle(at: number): void {
    const key = this.#rows[at]?.item.key;
    if (key === undefined) return;
    if (!this.#closed.delete(key)) this.#closed.add(key);
    this.#showRows();
  }

  #showLinks({ trace, nodes, chosen }: Shown): void {
    const node = chosen === null ? undefined : nodes.get(chosen);
    const links = chosen === null ? undefined : linksOf(trace).get(chosen);
    if (node === undefined || links === undefined) {
      this.#links.replaceChildren(
        html(
          "p",
          { class: "quiet" },
          "Enter chooses a node. From there Alt and the arrows follow its edges.",
        ),
      );
      return;
    }
    const context = { trace, nodes, choose: (id: number) => this.#follow(id) };
    const list = (title: string, key: string, ids: readonly number[], none: string): HTMLElement =>
      html(
        "div",
        {},
        html("h3", {}, title, " ", html("kbd", { "aria-hidden": "true" }, key)),
        ids.length === 0
          ? html("span", { class: "quiet" }, none)
          : html("ul", {}, ...ids.map((id) => html("li", {}, nodeLink(context, id)))),
      );
    const ends = (all: readonly { readonly node: number }[]): number[] => all.map((each) => each.node);
    this.#links.replaceChildren(
      html("h2", {}, titleOf({ node, folded: null })),
      list("Inputs", "Alt ↑", ends(links.inputs), "none"),
      list("Read by", "Alt ↓", ends(links.consumers), "nobody"),
    );
  }

  #follow(id: number): void {
    this.#app.session.choose(id);
    void this.#app.graph.unfoldTo(id);
    this.#tree.focus();
  }
}

/** The step at which each node's adjoint is complete; 0 for what is complete at the seed. */
function stepsOf({ frames }: Shown): ReadonlyMap<number, number> {
  const steps = new Map<number, number>(frames.first.map(({ node }) => [node, 0]));
  for (const [at, { step, arrivals }] of frames.frames.entries()) {
    steps.set(step.node, at + 1);
    for (const { node } of arrivals) steps.set(node, at + 1);
  }
  return steps;
}

/** The heads of the columns, for the eye: each row says what its numbers are. */
function columns(): HTMLElement {
  return html(
    "div",
    { class: "tree-head", "aria-hidden": "true" },
    ...["Node", "Step", "Value", "Gradient"].map((title) => html("span", {}, title)),
  );
}
