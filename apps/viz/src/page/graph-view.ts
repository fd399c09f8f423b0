/** The graph of a trace: what is folded, its layout, its drawing, its camera. */
import type { Trace, TraceStep } from "@adjoint/autograd/graph";
import { type BackwardState, stateAfter } from "../backward-states.ts";
import { type Marks, noMarks } from "../marks.ts";
import { cardSize, cardStates, lineStage, type Scene, sceneOf } from "../scene.ts";
import { foldableScopes, type VisibleGraph, type VisibleNode, visibleGraph } from "../visible-graph.ts";
import type { SceneState } from "./graph-drawing.ts";
import { GraphPane } from "./graph-pane.ts";
import { askLayout } from "./layout-client.ts";
import type { ViewCamera } from "./view-camera.ts";
import { during } from "./work.ts";

/** Graphs above so many nodes begin with their modules folded. */
export const foldAbove = 120;

/** What the graph tells of. */
export interface GraphEvents {
  /** A node was clicked, or entered with the keyboard. */
  choose(node: number): void;
  /** Other modules are folded, and the graph is drawn so. */
  foldsChanged(folded: ReadonlySet<number>): void;
  /** The camera stands elsewhere; at most once a frame. */
  cameraMoved(): void;
}

/** What is drawn on the cards and lines. */
export interface GraphShown {
  readonly state: BackwardState;
  /** The latest step; null before any. */
  readonly step: TraceStep | null;
  readonly selected: number | null;
  readonly marks: Marks;
}

/** How a trace is opened. */
export interface OpenGraph {
  /** The scopes that are folded; default: all that can be, in a graph above 120 nodes. */
  readonly folded?: ReadonlySet<number> | undefined;
  /** Default: the whole graph. */
  readonly camera?: ViewCamera | null | undefined;
}

const nothing: GraphShown = {
  state: stateAfter({ pass: { createGraph: false, seeds: [], steps: [] }, first: [], frames: [] }, 0),
  step: null,
  selected: null,
  marks: noMarks,
};

/** The graph in `container`. */
export class GraphView {
  readonly #events: GraphEvents;
  readonly #pane: GraphPane;
  #trace: Trace | null = null;
  #folded: ReadonlySet<number> = new Set();
  #shown: GraphShown = nothing;
  #scene: Scene | null = null;

  constructor(container: HTMLElement, events: GraphEvents) {
    this.#events = events;
    this.#pane = new GraphPane(container, (card) => this.#chooseCard(card));
  }

  /** Lays out and draws another trace; what was drawn before stays until then. Call `show` with its state right after. */
  async open(trace: Trace, { folded }: OpenGraph = {}): Promise<void> {
    this.#trace = trace;
    this.#scene = null;
    this.#shown = nothing;
    const tooMany = trace.nodes.length > foldAbove;
    this.#folded = folded ?? new Set(tooMany ? foldableScopes(trace).map(({ id }) => id) : []);
    await this.#layout(null);
  }

  /** Shows a state of the trace that was opened last. */
  show(shown: GraphShown): void {
    this.#shown = shown;
    if (this.#scene !== null) this.#pane.show(this.#sceneState(this.#scene));
  }

  /** The scopes that are folded. */
  get folded(): ReadonlySet<number> {
    return this.#folded;
  }

  /**
   * Folds just these scopes.
   *
   * @param pinned the scope that was opened or folded: it stays where it is on the screen.
   */
  async fold(folded: ReadonlySet<number>, pinned: number | null = null): Promise<void> {
    this.#folded = folded;
    void pinned;
    await this.#layout(null);
  }

  /** Opens a scope that is folded, and folds one that is open; it stays where it is on the screen. */
  toggle(scope: number): Promise<void> {
    const folded = new Set(this.#folded);
    if (!folded.delete(scope)) folded.add(scope);
    return this.fold(folded, scope);
  }

  /** Folds all modules, or opens them if some are folded. */
  toggleAll(): Promise<void> {
    const all = this.#trace === null || this.#folded.size > 0 ? [] : foldableScopes(this.#trace);
    return this.fold(new Set(all.map(({ id }) => id)));
  }

  /** Whether there is a module to fold. */
  get canFold(): boolean {
    return this.#trace !== null && foldableScopes(this.#trace).length > 0;
  }

  /** Moves the camera just so far that the card of a node is in sight: its own, or that of the folded module it is in. */
  reveal(node: number): void {
    const card = this.#cardOf(node);
    if (card >= 0) this.#pane.reveal(card);
  }

  /** Opens whatever a node is folded in, and brings it into sight. */
  async unfoldTo(node: number): Promise<void> {
    for (;;) {
      const folded = this.#scene?.graph.nodes[this.#cardOf(node)]?.folded ?? null;
      if (folded === null) break;
      await this.toggle(folded.id);
    }
    this.reveal(node);
  }

  /** What is drawn: nodes and folded modules in order of execution, and the edges between them. Null before the first layout. */
  get graph(): VisibleGraph | null {
    return this.#scene?.graph ?? null;
  }

  /** Null where the whole graph is shown. Setting it moves the camera; a card that is not there is passed over. */
  get camera(): ViewCamera | null {
    return null;
  }

  set camera(camera: ViewCamera | null) {
    if (camera === null) this.fit();
  }

  /** Shows the whole graph. */
  fit(): void {
    this.#pane.fit();
  }

  /** Zooms about the middle. */
  zoomBy(factor: number): void {
    this.#pane.zoomBy(factor);
  }

  /** Sets the focus on the card of a node, and brings it into sight. */
  focus(node: number): void {
    this.reveal(node);
  }

  /**
   * The graph as an SVG file that needs nothing else, in the colours that it is shown in.
   *
   * @param part `whole` for all of it, `seen` for what the camera sees.
   * @throws {RangeError} if the whole has more cards than an SVG file takes (5,000).
   */
  svgText(part: "whole" | "seen" = "whole"): string {
    void part;
    throw new RangeError("[viz] nothing is drawn yet.");
  }

  /** The same as a PNG file, two pixels for each of the SVG's, at most 8192 to a side. */
  png(part: "whole" | "seen" = "whole"): Promise<Blob> {
    return Promise.reject(new RangeError(this.svgText(part)));
  }

  #cardOf(node: number): number {
    const nodes = this.#scene?.graph.nodes ?? [];
    return nodes.findIndex(({ members }) => members.some(({ id }) => id === node));
  }

  #chooseCard(card: number): void {
    const visible: VisibleNode | undefined = this.#scene?.graph.nodes[card];
    if (visible === undefined) return;
    if (visible.folded !== null) void this.toggle(visible.folded.id);
    else this.#events.choose(visible.node.id);
  }

  async #layout(anchor: { readonly before: string; readonly after: string } | null): Promise<void> {
    if (this.#trace === null) return;
    const graph = visibleGraph(this.#trace, this.#folded);
    const sizes = graph.nodes.map(() => cardSize);
    const edges = graph.edges.map(({ from, to }) => ({ from, to }));
    const positions = await during(askLayout({ sizes, edges }));
    if (positions === null) return;
    this.#scene = sceneOf(graph, positions);
    this.#pane.draw(this.#scene, this.#sceneState(this.#scene), anchor);
    this.#events.foldsChanged(this.#folded);
  }

  #sceneState(scene: Scene): SceneState {
    const { state, step, selected } = this.#shown;
    return {
      cards: cardStates(scene, state, step, selected),
      lines: scene.lines.map((line) => lineStage(line, state, step)),
    };
  }
}
