/** The page's state and what follows from it: one trace, one pass, one step, one chosen node, the folded modules. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import { type BackwardFrames, type BackwardState, framesOf, stateAfter } from "../backward-states.ts";
import { cardSize, cardStates, lineStage, type Scene, sceneOf, spokenStep, titleOf } from "../scene.ts";
import { foldableScopes, scopesOfNodes, type VisibleNode, visibleGraph } from "../visible-graph.ts";
import { byId, html } from "./dom.ts";
import type { SceneState } from "./graph-drawing.ts";
import { GraphPane } from "./graph-pane.ts";
import { askLayout } from "./layout-client.ts";
import { nodePanel } from "./node-panel.ts";
import { type PanelContext, seedPanel, stepPanel } from "./step-panel.ts";
import { Stepper } from "./stepper.ts";
import { during } from "./work.ts";

/** Graphs above so many nodes begin with their modules folded. */
const foldAbove = 120;

const noPass: BackwardFrames = { pass: { createGraph: false, seeds: [], steps: [] }, first: [], frames: [] };

/** The inspector of one trace after another; `changed` is called when the step or the chosen node is another. */
export class Inspector {
  readonly #pane: GraphPane = new GraphPane(byId("drawing", HTMLElement), (card) => this.#chooseCard(card));
  readonly #stepper: Stepper = new Stepper((step) => this.go(step));
  readonly #panel: HTMLElement = byId("panel", HTMLElement);
  readonly #passes: HTMLSelectElement = byId("pass", HTMLSelectElement);
  readonly #changed: () => void;
  #context: PanelContext = { trace: emptyTrace(), nodes: new Map(), choose: () => {} };
  #frames: BackwardFrames = noPass;
  #state: BackwardState = stateAfter(noPass, 0);
  #step = 0;
  #chosen: number | null = null;
  #folded: ReadonlySet<number> = new Set();
  #scene: Scene | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
    byId("zoom-in", HTMLElement).addEventListener("click", () => this.#pane.zoomBy(1.3));
    byId("zoom-out", HTMLElement).addEventListener("click", () => this.#pane.zoomBy(1 / 1.3));
    byId("fit", HTMLElement).addEventListener("click", () => this.#pane.fit());
    byId("fold", HTMLElement).addEventListener("click", () => {
      const all = this.#folded.size > 0 ? [] : foldableScopes(this.trace).map(({ id }) => id);
      void this.#fold(new Set(all), null);
    });
    this.#passes.addEventListener("change", () => this.#showPass(Number(this.#passes.value), 0));
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.choose(null);
    });
  }

  get trace(): Trace {
    return this.#context.trace;
  }

  get step(): number {
    return this.#step;
  }

  get chosen(): number | null {
    return this.#chosen;
  }

  /** What is shown of a node's adjoint: its entries in row-major order; null if nothing has come there. */
  adjoint(node: number): readonly number[] | null {
    const data = this.#state.adjoints.get(node)?.tensor.data ?? null;
    return data === null ? null : Array.from(data);
  }

  /** Shows `trace` at a step, with a node chosen if it is there. */
  async open(trace: Trace, step: number, node: number | null): Promise<void> {
    const nodes = new Map(trace.nodes.map((each) => [each.id, each]));
    this.#context = { trace, nodes, choose: (id) => this.choose(id) };
    const passes = trace.passes.map((pass, i) => {
      return html("option", { value: i }, `Pass ${i + 1}: ${framesOf(trace, pass).frames.length} ops`);
    });
    this.#passes.replaceChildren(...passes);
    this.#passes.hidden = passes.length < 2;
    this.#chosen = node !== null && nodes.has(node) ? node : null;
    const tooMany = trace.nodes.length > foldAbove;
    this.#folded = new Set(tooMany ? foldableScopes(trace).map(({ id }) => id) : []);
    this.#scene = null;
    this.#showPass(0, step);
    await this.#layout(null);
  }

  /** Goes to a step: 0 is the seed. */
  go(step: number): void {
    this.#chosen = null;
    this.#setStep(step);
    const frame = this.#frames.frames[this.#step - 1];
    const card = this.#scene?.graph.nodes.findIndex(({ members }) =>
      members.some(({ id }) => id === frame?.step.node),
    );
    if (card !== undefined && card >= 0) this.#pane.reveal(card);
  }

  /** Shows a node in the panel; null shows the step. */
  choose(node: number | null): void {
    if (node === this.#chosen) return;
    this.#chosen = node;
    this.#show();
  }

  #showPass(index: number, step: number): void {
    const pass = this.trace.passes[index];
    this.#frames = pass === undefined ? noPass : framesOf(this.trace, pass);
    this.#setStep(step);
  }

  #setStep(step: number): void {
    this.#step = Math.min(step, this.#frames.frames.length);
    this.#state = stateAfter(this.#frames, this.#step);
    this.#show();
  }

  #chooseCard(card: number): void {
    const visible = this.#scene?.graph.nodes[card];
    if (visible === undefined) return;
    if (visible.folded !== null) this.#unfold(visible);
    else this.choose(visible.node.id === this.#chosen ? null : visible.node.id);
  }

  #unfold({ key, node, folded }: VisibleNode): void {
    const rest = new Set([...this.#folded].filter((id) => id !== folded?.id));
    void this.#fold(rest, { before: key, after: `n${node.id}` });
  }

  async #fold(folded: ReadonlySet<number>, anchor: { before: string; after: string } | null): Promise<void> {
    this.#folded = folded;
    await this.#layout(anchor);
  }

  /** Lays out what is visible; an answer that a newer question has overtaken is dropped. */
  async #layout(anchor: { before: string; after: string } | null): Promise<void> {
    const graph = visibleGraph(this.trace, this.#folded);
    const sizes = graph.nodes.map(() => cardSize);
    const positions = await during(
      askLayout({ sizes, edges: graph.edges.map(({ from, to }) => ({ from, to })) }),
    );
    if (positions === null) return;
    this.#scene = sceneOf(graph, positions);
    this.#pane.draw(this.#scene, this.#sceneState(this.#scene), anchor);
    const fold = byId("fold", HTMLButtonElement);
    fold.textContent = this.#folded.size > 0 ? "Unfold all" : "Fold modules";
    fold.disabled = foldableScopes(this.trace).length === 0;
  }

  #sceneState(scene: Scene): SceneState {
    const step = this.#frames.frames[this.#step - 1]?.step ?? null;
    return {
      cards: cardStates(scene, this.#state, step, this.#chosen),
      lines: scene.lines.map((line) => lineStage(line, this.#state, step)),
    };
  }

  #show(): void {
    if (this.#scene !== null) this.#pane.show(this.#sceneState(this.#scene));
    const step = this.#frames.frames[this.#step - 1]?.step ?? null;
    const steps = this.#frames.frames.length;
    const node = step === null ? undefined : this.#context.nodes.get(step.node);
    const name = node === undefined ? "the seed" : titleOf({ node, folded: null });
    this.#stepper.show(this.#step, steps, `${this.#step} / ${steps} · ${name}`);
    this.#panel.replaceChildren(this.#panelOf());
    this.#panel.scrollTop = 0;
    byId("spoken", HTMLElement).textContent = spokenStep(this.trace, step);
    this.#changed();
  }

  #panelOf(): HTMLElement {
    const node = this.#chosen === null ? undefined : this.#context.nodes.get(this.#chosen);
    if (node !== undefined) return this.#nodePanel(node);
    if (this.#frames.frames.length === 0) {
      return html(
        "p",
        { class: "quiet" },
        "This trace holds no backward pass. Click a node for its numbers.",
      );
    }
    if (this.#step === 0) return seedPanel(this.#context, this.#frames);
    return stepPanel(this.#context, this.#frames, this.#step, stateAfter(this.#frames, this.#step - 1));
  }

  #nodePanel(node: TraceNode): HTMLElement {
    const panel = nodePanel(this.#context, node, this.#state, () => this.choose(null));
    const scope = scopesOfNodes(this.trace).get(node.id);
    const module = foldableScopes(this.trace).find(({ id }) => id === scope);
    if (module !== undefined && !this.#folded.has(module.id)) {
      const fold = html("button", { type: "button" }, `Fold ${titleOf({ node, folded: module })}`);
      fold.addEventListener("click", () => {
        const anchor = { before: `n${node.id}`, after: `s${module.id}` };
        void this.#fold(new Set([...this.#folded, module.id]), anchor);
      });
      panel.append(fold);
    }
    return panel;
  }
}

function emptyTrace(): Trace {
  return { version: 1, metadata: new Map(), scopes: [], nodes: [], passes: [] };
}
