/** The program's text beside the graph: which lines made which nodes, and the line of what is shown now. */
import type { SourcePlace, Trace, TraceNode } from "@adjoint/autograd/graph";
import { type CodeFile, type CodePlaces, codePlaces } from "../code-places.ts";
import { callAt, codeLines } from "../code-text.ts";
import { titleOf } from "../scene.ts";
import { spokenNode } from "../spoken.ts";
import type { App } from "./app.ts";
import { type CodeLine, CodeListing } from "./code-listing.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";

/** The tab of code. */
export function codeTab(app: App): PanelTab {
  const tab = new CodeTab(app);
  return { id: "code", title: "Code", element: tab.element, show: (shown) => tab.show(shown) };
}

/** So many nodes of a line are named at once. */
const namedAtOnce = 12;

class CodeTab {
  readonly element: HTMLElement = html("div", { class: "code" });
  readonly #app: App;
  readonly #files: HTMLSelectElement = html("select", { id: "code-file" });
  readonly #about: HTMLElement = html("p", { class: "quiet" });
  readonly #made: HTMLElement = html("section", { class: "code-made", "aria-label": "Nodes of the line" });
  readonly #listing: CodeListing;
  #trace: Trace | null = null;
  #code: CodePlaces = { files: [], placeOf: () => null };
  #file: CodeFile | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#listing = new CodeListing((line) => this.#choose(line));
    this.#files.addEventListener("change", () => this.#open(this.#code.files[this.#files.selectedIndex]));
  }

  show(shown: Shown): void {
    if (shown.trace !== this.#trace) this.#read(shown.trace);
    const node = nodeOf(shown);
    const place = node === null ? null : this.#placeFor(shown, node);
    const file = this.#code.files.find(({ address }) => address === place?.address);
    if (file !== undefined && file !== this.#file) this.#open(file);
    this.#made.replaceChildren(...this.#wordsOf(shown, node, place));
    if (place === null) this.#listing.highlight(null);
    else this.#listing.highlight({ line: place.line, range: this.#rangeOf(place) });
  }

  #read(trace: Trace): void {
    this.#trace = trace;
    this.#code = codePlaces(trace);
    const { files } = this.#code;
    this.#file = null;
    if (files.length === 0) {
      this.element.replaceChildren(noPlaces());
      return;
    }
    this.#files.replaceChildren(...files.map(({ name }) => html("option", {}, name)));
    const head =
      files.length === 1
        ? html("h2", {}, files[0]?.name ?? "")
        : html("label", { for: "code-file" }, `${files.length} files`, this.#files);
    this.element.replaceChildren(
      html("div", { class: "code-head" }, head, this.#about),
      this.#made,
      this.#listing.element,
    );
    this.#open(files[0]);
  }

  #open(file: CodeFile | undefined): void {
    if (file === undefined) return;
    this.#file = file;
    this.#files.selectedIndex = this.#code.files.indexOf(file);
    const nodes = [...file.lines.values()].reduce((sum, each) => sum + each.length, 0);
    const made = `${counted(file.lines.size, "line")} made ${counted(nodes, "node")}.`;
    const missing = file.text === null ? ` ${noText}` : "";
    this.#about.replaceChildren(html("span", { class: "address" }, file.address), ` · ${made}${missing}`);
    this.#listing.show(file.name, linesOf(file));
  }

  /** The place of the node; of one that no line applied, that of the first node which reads it. */
  #placeFor({ trace }: Shown, node: TraceNode): SourcePlace | null {
    const own = this.#code.placeOf(node.id);
    if (own !== null || node.kind === "op") return own;
    const reader = readerOf(trace, node);
    return reader === null ? null : this.#code.placeOf(reader.id);
  }

  #rangeOf({ line, column }: SourcePlace): ReturnType<typeof callAt> | null {
    const parts = this.#file === null ? null : (linesOf(this.#file)[line - 1]?.parts ?? null);
    return parts === null ? null : callAt(parts, column);
  }

  #wordsOf(shown: Shown, node: TraceNode | null, place: SourcePlace | null): (HTMLElement | string)[] {
    if (node === null) {
      const words = "Step, or choose a node, to see its line; or choose a line to see its nodes.";
      return [html("p", { class: "quiet" }, words)];
    }
    const name = titleOf({ node, folded: null });
    if (place === null) {
      return [html("p", { class: "quiet" }, `Of ${name} no line was noted.`)];
    }
    const nodes = this.#file?.lines.get(place.line) ?? [];
    const from = Math.max(0, Math.min(nodes.indexOf(node.id) - namedAtOnce / 2, nodes.length - namedAtOnce));
    const named = nodes.slice(from, from + namedAtOnce).map((id) => this.#nodeButton(shown, id, node));
    const rest = nodes.length - named.length;
    const leaf =
      node.kind === "op"
        ? []
        : [html("p", { class: "quiet" }, `${name} is ${kindWords(node)}; it is first read here.`)];
    return [
      html("h3", {}, `Line ${place.line}`, html("span", { class: "quiet" }, counted(nodes.length, "node"))),
      html("div", { class: "code-nodes" }, ...named, rest > 0 ? `and ${rest.toLocaleString("en")} more` : ""),
      ...leaf,
    ];
  }

  #nodeButton({ nodes }: Shown, id: number, current: TraceNode): HTMLElement {
    const node = nodes.get(id);
    const name = node === undefined ? `node ${id}` : titleOf({ node, folded: null });
    const now = id === current.id ? "true" : undefined;
    const button = html("button", { type: "button", "data-node": id, "aria-current": now }, name);
    button.addEventListener("click", () => this.#go(id));
    return button;
  }

  /** Chooses the first node of a line, or the one after that which is chosen, in a ring. */
  #choose(line: number): void {
    const { nodes, chosen, state, marks } = this.#app.session.shown;
    const made = this.#file?.lines.get(line) ?? [];
    const at = chosen === null ? 0 : (made.indexOf(chosen) + 1) % made.length;
    const node = nodes.get(made[at] ?? -1);
    if (node === undefined) return;
    this.#go(node.id);
    this.#app.speak(`${at + 1} of ${made.length} of line ${line}: ${spokenNode(node, state, marks)}`);
  }

  #go(node: number): void {
    this.#app.session.choose(node);
    void this.#app.graph.unfoldTo(node);
  }
}

/** What is told of: the chosen node, else that of the latest step. */
function nodeOf({ nodes, chosen, frames, step }: Shown): TraceNode | null {
  const id = chosen ?? frames.frames[step - 1]?.step.node;
  return id === undefined ? null : (nodes.get(id) ?? null);
}

function readerOf({ nodes }: Trace, { id }: TraceNode): TraceNode | null {
  const reads = ({ inputs, place }: TraceNode): boolean =>
    place !== null && inputs.some(({ source }) => source === id);
  return nodes.find(reads) ?? null;
}

function kindWords({ kind }: TraceNode): string {
  return kind === "leaf" ? "a leaf, which no op made" : "a constant, which no op made";
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}

const linesByFile = new WeakMap<CodeFile, readonly CodeLine[]>();

/** All lines of the text, and those beyond its end that made nodes; without the text the latter alone. */
function linesOf(file: CodeFile): readonly CodeLine[] {
  const known = linesByFile.get(file);
  if (known !== undefined) return known;
  const texts = file.text === null ? [] : codeLines(file.text, file.address);
  const made = (line: number): number => file.lines.get(line)?.length ?? 0;
  const lines = texts.map((parts, i): CodeLine => ({ line: i + 1, parts, made: made(i + 1) }));
  const beyond = [...file.lines.keys()].filter((line) => line > texts.length).sort((a, b) => a - b);
  for (const line of beyond) lines.push({ line, parts: null, made: made(line) });
  linesByFile.set(file, lines);
  return lines;
}

const noText =
  "The trace holds no text of this file: whoever recorded it left it out, as train --trace does with " +
  "--no-trace-source, or could not read it. withSources puts it in.";

function noPlaces(): HTMLElement {
  return html(
    "div",
    {},
    html("h2", {}, "No lines were noted"),
    html(
      "p",
      {},
      "This trace does not say where in the program its ops were applied. Record it with places:",
    ),
    html("pre", {}, "record(step, { places: true })"),
    html(
      "p",
      { class: "quiet" },
      "train --trace does so by itself, and puts in the text of the program too, unless --no-trace-source is given.",
    ),
  );
}
