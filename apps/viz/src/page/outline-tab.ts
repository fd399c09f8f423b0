/** The outline: the graph as a tree, which can be read and walked without seeing the graph; and the search over it. */
import { type OutlineItem, type OutlineRow, outlineOf, outlineRows } from "../outline.ts";
import { spokenCount, spokenNode } from "../spoken.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { foldAbove } from "./graph-view.ts";
import { NodeSearch, type SearchResult } from "./node-search.ts";
import { outlineLinks } from "./outline-links.ts";
import { fillOutlineRow } from "./outline-row.ts";
import { SearchBox } from "./search-box.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";
import { TreeView } from "./tree-view.ts";

/** The tab of the outline. */
export function outlineTab(app: App): PanelTab {
  const outline = new OutlineTab(app);
  return {
    id: "outline",
    title: "Outline",
    element: outline.element,
    show: (shown, before) => outline.show(shown, before),
    hide: () => outline.hide(),
  };
}

class OutlineTab {
  readonly element: HTMLElement = html("div", { class: "outline" });
  readonly #app: App;
  readonly #search: NodeSearch;
  readonly #box: SearchBox;
  readonly #tree: TreeView;
  readonly #links: HTMLElement = html("section", {
    class: "links",
    // Of a node with many edges it scrolls.
    tabindex: 0,
    hidden: true,
    "aria-label": "Edges of the chosen node",
  });
  #items: readonly OutlineItem[] = [];
  #rows: readonly OutlineRow[] = [];
  /** What is closed; and what of the hits is, which are all to be seen to begin with. */
  #closed: Set<string> = new Set();
  #closedHits: Set<string> = new Set();
  #found: ReadonlySet<number> | null = null;
  /** The nodes that were found, in the order of the tree. */
  #hits: readonly number[] = [];
  #steps: ReadonlyMap<number, number> = new Map();
  #query = "";
  #shown: Shown | null = null;
  #visible = false;

  constructor(app: App) {
    this.#app = app;
    this.#search = new NodeSearch(app.session, (result) => this.#showResult(result));
    this.#box = new SearchBox(this.#search, {
      go: (direction) => this.#goToHit(direction),
      leave: () => this.#tree.focus(),
    });
    this.#tree = new TreeView("Outline of the graph", {
      fill: (element, at) => this.#fill(element, at),
      choose: (at) => this.#choose(at),
      toggle: (at) => this.#toggle(at),
    });
    this.element.append(this.#box.element, columns(), this.#tree.element, this.#links);
    app.commands.add({
      title: "Search nodes",
      keys: "/",
      everywhere: true,
      run: () => {
        app.selectTab("outline");
        this.#box.focus();
      },
    });
  }

  show(shown: Shown, before: Shown | null): void {
    const last = before ?? this.#shown;
    this.#shown = shown;
    this.#visible = true;
    if (shown.frames !== last?.frames) this.#steps = stepsOf(shown);
    const anew = shown.trace !== last?.trace;
    if (anew) this.#open(shown);
    else if (before === null) this.#showRows();
    if (anew || before === null || shown.chosen !== last?.chosen) {
      this.#links.replaceChildren(...outlineLinks(shown, (id) => this.#follow(id)));
      this.#links.hidden = this.#links.childElementCount === 0;
      this.#showChosen(shown.chosen);
      this.#box.show(this.#search.result, this.#positionOfChosen());
    }
    this.#tree.refresh();
  }

  hide(): void {
    this.#visible = false;
  }

  #open({ trace }: Shown): void {
    this.#items = outlineOf(trace);
    const many = trace.nodes.length > foldAbove;
    this.#closed = new Set(many ? this.#items.flatMap(({ key, node }) => (node === null ? key : [])) : []);
    this.#showRows();
  }

  get #closedNow(): Set<string> {
    return this.#found === null ? this.#closed : this.#closedHits;
  }

  #showRows(): void {
    const found = this.#found;
    this.#hits =
      found === null ? [] : this.#items.flatMap(({ node }) => (node && found.has(node.id) ? node.id : []));
    this.#rows = outlineRows(this.#items, this.#closedNow, found);
    this.#tree.show(this.#rows);
  }

  /** Opens what the chosen node is in, and brings it into sight; the focus goes along if it is in the tree. */
  #showChosen(chosen: number | null): void {
    const item = chosen === null ? undefined : this.#items.find(({ node }) => node?.id === chosen);
    if (item === undefined) return;
    let opened = false;
    for (let at = item.parent; at >= 0; at = this.#items[at]?.parent ?? -1) {
      opened = this.#closedNow.delete(this.#items[at]?.key ?? "") || opened;
    }
    if (opened) this.#showRows();
    const had = this.#tree.element.contains(document.activeElement);
    this.#tree.activate(item.key);
    if (had) this.#tree.focus();
  }

  #showResult(result: SearchResult): void {
    const { found, error, query } = result;
    if (query !== this.#query) this.#closedHits = new Set();
    this.#query = query;
    this.#found = found === null ? null : new Set(found);
    if (this.#visible) this.#showRows();
    this.#box.show(result, this.#positionOfChosen());
    const count = found?.length ?? 0;
    this.#app.badge("outline", found === null ? "" : String(count), found === null ? "" : spokenCount(count));
    if (error !== null) this.#app.speak(error.message, "at last");
    else if (found !== null) this.#app.speak(spokenCount(count), "at last");
  }

  #positionOfChosen(): number | null {
    const { chosen } = this.#app.session.shown;
    const at = chosen === null ? -1 : this.#hits.indexOf(chosen);
    return at < 0 ? null : at;
  }

  #goToHit(direction: 1 | -1): void {
    const count = this.#hits.length;
    const from = this.#positionOfChosen() ?? (direction === 1 ? -1 : count);
    const at = (from + direction + count) % count;
    const id = this.#hits[at];
    const node = id === undefined ? undefined : this.#app.session.shown.nodes.get(id);
    if (node === undefined) return;
    this.#app.session.choose(node.id);
    void this.#app.graph.unfoldTo(node.id);
    this.#box.show(this.#search.result, at);
    const { state, marks } = this.#app.session.shown;
    this.#app.speak(`${at + 1} of ${count}: ${spokenNode(node, state, marks)}`);
  }

  #fill(element: HTMLElement, at: number): void {
    const row = this.#rows[at];
    if (row === undefined || this.#shown === null) return;
    fillOutlineRow(element, row, { shown: this.#shown, steps: this.#steps, found: this.#found });
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
    const closed = this.#closedNow;
    if (!closed.delete(key)) closed.add(key);
    this.#showRows();
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
