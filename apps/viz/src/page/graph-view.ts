/** The graph of a trace: what is folded, its layout, its drawing, its camera. */
import type { Trace, TraceScope } from "@adjoint/autograd/graph";
import { stateAfter } from "../backward-states.ts";
import { questionOf } from "../graph-layout.ts";
import type { LayoutBasis } from "../layout-runner.ts";
import { noMarks } from "../marks.ts";
import { sameNodes } from "../same-nodes.ts";
import { type Scene, sceneOf } from "../scene.ts";
import { cardStates, type Flows, flowsOf, lineStates, type Moment, type SceneState } from "../scene-state.ts";
import { foldableScopes, type VisibleGraph, visibleNodes, withEdges } from "../visible-graph.ts";
import { breath } from "./breath.ts";
import { graphSvg, pngOf } from "./graph-export.ts";
import { GraphPane } from "./graph-pane.ts";
import { LayoutClient } from "./layout-client.ts";
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
export type GraphShown = Moment;

/** How a trace is opened. */
export interface OpenGraph {
  /** The scopes that are folded; default: all that can be, in a graph above 120 nodes. */
  readonly folded?: ReadonlySet<number> | undefined;
  /** Default: the whole graph, or the end of one that is too large to be seen whole. */
  readonly camera?: ViewCamera | null | undefined;
}

/** How what is visible is laid out. */
interface LayoutWish {
  /** The key of what was opened or folded. */
  readonly pinned: string | null;
  readonly basis: LayoutBasis | null;
  /** The camera stays as it is. */
  readonly keep: boolean;
}

const nothing: Moment = {
  state: stateAfter({ pass: { createGraph: false, seeds: [], steps: [] }, first: [], frames: [] }, 0),
  step: null,
  selected: null,
  marks: noMarks,
};

/** The graph in `container`. */
export class GraphView {
  readonly #container: HTMLElement;
  readonly #events: GraphEvents;
  readonly #pane: GraphPane;
  readonly #layouts: LayoutClient = new LayoutClient();
  #trace: Trace | null = null;
  #folded: ReadonlySet<number> = new Set();
  #shown: Moment = nothing;
  /** What is drawn, of which trace, and the number of the layout that it has. */
  #drawn: { readonly scene: Scene; readonly trace: Trace; readonly layout: number } | null = null;
  #positions: ReadonlyMap<number, number> = new Map();

  constructor(container: HTMLElement, events: GraphEvents) {
    this.#container = container;
    this.#events = events;
    this.#pane = new GraphPane(container, {
      choose: (stop) => this.#chooseStop(stop),
      moved: () => events.cameraMoved(),
    });
  }

  /**
   * Lays out and draws another trace; what was drawn before stays until then. Call `show` with its state right after. Nodes
   * that were in the trace before stay about where they are.
   */
  async open(trace: Trace, { folded, camera }: OpenGraph = {}): Promise<void> {
    this.#trace = trace;
    this.#shown = nothing;
    const tooMany = trace.nodes.length > foldAbove;
    this.#folded = folded ?? new Set(tooMany ? foldableScopes(trace).map(({ id }) => id) : []);
    const drawn = this.#drawn;
    const names = drawn === null ? null : sameNodes(drawn.trace, trace);
    const basis = drawn === null || names === null ? null : { of: drawn.layout, names };
    // Who looks at a part of a graph that is changed a little goes on looking at that part.
    const keep = camera != null || (basis !== null && this.#pane.camera !== null);
    const done = await this.#layout({ pinned: null, basis, keep });
    if (done && camera != null) this.#pane.camera = camera;
  }

  /** Shows a state of the trace that was opened last. */
  show(shown: GraphShown): void {
    this.#shown = shown;
    if (this.#drawn?.trace === this.#trace) this.#pane.show(this.#sceneState(this.#drawn.scene));
  }

  /** The scopes that are folded. */
  get folded(): ReadonlySet<number> {
    return this.#folded;
  }

  /**
   * Folds just these scopes.
   *
   * @param pinned the scope that was opened or folded: it stays where it is on the screen, and others about where they
   * are. Null lays out anew and shows the whole.
   */
  async fold(folded: ReadonlySet<number>, pinned: number | null = null): Promise<void> {
    this.#folded = folded;
    const drawn = this.#drawn;
    const basis =
      pinned === null || drawn === null || drawn.trace !== this.#trace
        ? null
        : { of: drawn.layout, names: null };
    const keep = basis !== null;
    await this.#layout({ pinned: keep ? `s${pinned}` : null, basis, keep });
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

  /** The innermost open module that a node is drawn in; null where there is none, and for a node in a folded one. */
  moduleOf(node: number): TraceScope | null {
    const { nodes = [], modules = [] } = this.graph ?? {};
    const visible = nodes[this.#cardOf(node)];
    if (visible === undefined || visible.folded !== null) return null;
    return modules.find(({ id }) => id === visible.module) ?? null;
  }

  /** Moves the camera just so far that the card of a node is in sight: its own, or that of the folded module it is in. */
  reveal(node: number): void {
    const card = this.#cardOf(node);
    if (card >= 0) this.#pane.reveal(card);
  }

  /** Moves the camera to the card of a node, unless the whole graph is shown: @see GraphPane.follow */
  follow(node: number): void {
    const card = this.#cardOf(node);
    if (card >= 0) this.#pane.follow(card);
  }

  /** Opens whatever a node is folded in, and brings it into sight. */
  async unfoldTo(node: number): Promise<void> {
    let open: number | null = null;
    for (;;) {
      const folded: TraceScope | null = this.graph?.nodes[this.#cardOf(node)]?.folded ?? null;
      // Another question may have overtaken this one.
      if (folded === null || folded.id === open) break;
      open = folded.id;
      await this.toggle(folded.id);
    }
    this.reveal(node);
  }

  /** What is drawn: nodes and folded modules in order of execution, and the edges between them. Null before the first layout. */
  get graph(): VisibleGraph | null {
    return this.#drawn?.scene.graph ?? null;
  }

  /** Null where the whole graph is shown. Setting it moves the camera; a card that is not there is passed over. */
  get camera(): ViewCamera | null {
    return this.#pane.camera;
  }

  set camera(camera: ViewCamera | null) {
    this.#pane.camera = camera;
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
    const card = this.#cardOf(node);
    if (card >= 0) this.#pane.focus(card);
  }

  /**
   * The graph as an SVG file that needs nothing else, in the colours that it is shown in.
   *
   * @param part `whole` for all of it, `seen` for what the camera sees.
   * @throws {RangeError} if nothing is drawn yet, or if these are more cards than an SVG file takes (5,000).
   */
  svgText(part: "whole" | "seen" = "whole"): string {
    if (this.#drawn === null) throw new RangeError("[viz] there is no graph to save yet. Open a trace.");
    const { scene } = this.#drawn;
    const bounds = part === "whole" ? null : this.#pane.seen;
    return graphSvg(scene, this.#sceneState(scene), bounds, this.#container);
  }

  /** The same as a PNG file, two pixels for each of the SVG's, at most 8192 to a side; rejects as `svgText` throws. */
  async png(part: "whole" | "seen" = "whole"): Promise<Blob> {
    return await pngOf(this.svgText(part));
  }

  #cardOf(node: number): number {
    return this.#positions.get(node) ?? -1;
  }

  #chooseStop(stop: number): void {
    if (this.#drawn === null || this.#drawn.trace !== this.#trace) return;
    const { graph, frames } = this.#drawn.scene;
    const [visible, frame] = [graph.nodes[stop], frames[stop - graph.nodes.length]];
    if (frame !== undefined) void this.toggle(frame.scope);
    else if (visible?.folded != null) void this.toggle(visible.folded.id);
    else if (visible !== undefined) this.#events.choose(visible.node.id);
  }

  /** Lays out what is visible, and draws it; false where another question came in between. */
  #layout(wish: LayoutWish): Promise<boolean> {
    return during(this.#layOut(wish));
  }

  async #layOut({ pinned, basis, keep }: LayoutWish): Promise<boolean> {
    const [trace, folded] = [this.#trace, this.#folded];
    const isWanted = (): boolean => this.#trace === trace && this.#folded === folded;
    if (trace === null) return false;
    this.#layouts.cancel();
    // Each part in a task of its own: none shall hold up a frame.
    await breath();
    if (!isWanted()) return false;
    const nodes = visibleNodes(trace, folded);
    await breath();
    if (!isWanted()) return false;
    const graph = withEdges(nodes);
    await breath();
    if (!isWanted()) return false;
    const places = await this.#layouts.ask(questionOf(graph, pinned), basis);
    if (places === null || !isWanted()) return false;
    const scene = sceneOf(graph, places);
    await breath();
    if (!isWanted()) return false;
    const positions = positionsOf(graph);
    const shown = this.#shown;
    const state = this.#sceneState(scene);
    await breath();
    if (!isWanted()) return false;
    const drawing = this.#pane.prepare(scene, state);
    await breath();
    if (!isWanted()) return false;
    if (shown !== this.#shown) drawing.show(this.#sceneState(scene));
    const before = this.#drawn;
    this.#drawn = { scene, trace, layout: this.#layouts.latest };
    this.#positions = positions;
    const isSame = before?.trace === trace;
    const origin = isSame || basis !== null ? { names: basis?.names ?? null, pinned } : null;
    this.#pane.draw(scene, drawing, keep, origin);
    performance.mark("graph drawn", { detail: { nodes: graph.nodes.length } });
    await breath();
    this.#events.foldsChanged(folded);
    return true;
  }

  #sceneState(scene: Scene): SceneState {
    return { cards: cardStates(scene, this.#shown), lines: lineStates(scene, this.#shown, this.#flowsNow()) };
  }

  /** The contributions of the pass that the latest step is of. */
  #flowsNow(): Flows {
    const { step } = this.#shown;
    const pass = step === null ? undefined : this.#trace?.passes.find(({ steps }) => steps.includes(step));
    if (pass === undefined) return { byEdge: new Map(), largest: 0 };
    return flowsOf(pass);
  }
}

/** The position of the card of each node, its own or that of the module it is folded in. */
function positionsOf({ nodes }: VisibleGraph): ReadonlyMap<number, number> {
  const positions = new Map<number, number>();
  for (const [position, { members }] of nodes.entries()) {
    for (const { id } of members) positions.set(id, position);
  }
  return positions;
}
