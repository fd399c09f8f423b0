/** The graph of what the session shows: its layout, its drawing, the folded modules. */
import { cardSize, cardStates, lineStage, type Scene, sceneOf, titleOf } from "../scene.ts";
import { foldableScopes, scopesOfNodes, type VisibleNode, visibleGraph } from "../visible-graph.ts";
import type { SceneState } from "./graph-drawing.ts";
import { GraphPane } from "./graph-pane.ts";
import { askLayout } from "./layout-client.ts";
import type { Session, Shown } from "./session.ts";
import { during } from "./work.ts";

/** Graphs above so many nodes begin with their modules folded. */
const foldAbove = 120;

/** Where a card was, and which card shall be there afterwards. */
interface Anchor {
  readonly before: string;
  readonly after: string;
}

/** The graph that belongs to a session. */
export class Inspector {
  readonly #session: Session;
  readonly #pane: GraphPane;
  readonly #foldsChanged: () => void;
  #folded: ReadonlySet<number> = new Set();
  #scene: Scene | null = null;

  /** `foldsChanged` is called when other modules are folded. */
  constructor(container: HTMLElement, session: Session, foldsChanged: () => void) {
    this.#session = session;
    this.#foldsChanged = foldsChanged;
    this.#pane = new GraphPane(container, (card) => this.#chooseCard(card));
    session.subscribe((shown, before) => this.#show(shown, before));
  }

  /** The scopes that are drawn as one node. */
  get folded(): ReadonlySet<number> {
    return this.#folded;
  }

  zoomBy(factor: number): void {
    this.#pane.zoomBy(factor);
  }

  fit(): void {
    this.#pane.fit();
  }

  /** Folds all modules, or unfolds them if some are folded. */
  toggleFolds(): void {
    const all = this.#folded.size > 0 ? [] : foldableScopes(this.#session.shown.trace).map(({ id }) => id);
    void this.#fold(new Set(all), null);
  }

  /** Brings a node into sight, and unfolds the module that it is in. */
  async reveal(node: number): Promise<void> {
    const inside = this.#scene?.graph.nodes.find(({ members }) => members.some(({ id }) => id === node));
    if (inside?.folded != null) {
      const folded = new Set([...this.#folded].filter((id) => id !== inside.folded?.id));
      await this.#fold(folded, { before: inside.key, after: `n${node}` });
    }
    const card = this.#scene?.graph.nodes.findIndex(({ members }) => members.some(({ id }) => id === node));
    if (card !== undefined && card >= 0) this.#pane.reveal(card);
  }

  /** The button that folds the module of a node; null where there is none. */
  moduleOf(node: number): { readonly title: string; fold(): void } | null {
    const { trace, nodes } = this.#session.shown;
    const scope = scopesOfNodes(trace).get(node);
    const module = foldableScopes(trace).find(({ id }) => id === scope);
    const found = nodes.get(node);
    if (module === undefined || found === undefined || this.#folded.has(module.id)) return null;
    return {
      title: titleOf({ node: found, folded: module }),
      fold: () => {
        void this.#fold(new Set([...this.#folded, module.id]), {
          before: `n${node}`,
          after: `s${module.id}`,
        });
      },
    };
  }

  #show(shown: Shown, before: Shown): void {
    if (shown.trace !== before.trace) {
      const tooMany = shown.trace.nodes.length > foldAbove;
      this.#folded = new Set(tooMany ? foldableScopes(shown.trace).map(({ id }) => id) : []);
      this.#scene = null;
      void this.#layout(null);
      return;
    }
    if (this.#scene === null) return;
    this.#pane.show(this.#sceneState(this.#scene));
    if (shown.step === before.step) return;
    const ran = shown.frames.frames[shown.step - 1]?.step.node;
    const card = this.#scene.graph.nodes.findIndex(({ members }) => members.some(({ id }) => id === ran));
    if (card >= 0) this.#pane.reveal(card);
  }

  #chooseCard(card: number): void {
    const visible = this.#scene?.graph.nodes[card];
    if (visible === undefined) return;
    const { chosen } = this.#session.shown;
    if (visible.folded !== null) this.#unfold(visible);
    else this.#session.choose(visible.node.id === chosen ? null : visible.node.id);
  }

  #unfold({ key, node, folded }: VisibleNode): void {
    const rest = new Set([...this.#folded].filter((id) => id !== folded?.id));
    void this.#fold(rest, { before: key, after: `n${node.id}` });
  }

  async #fold(folded: ReadonlySet<number>, anchor: Anchor | null): Promise<void> {
    this.#folded = folded;
    await this.#layout(anchor);
  }

  /** Lays out what is visible; an answer that a newer question has overtaken is dropped. */
  async #layout(anchor: Anchor | null): Promise<void> {
    const graph = visibleGraph(this.#session.shown.trace, this.#folded);
    const sizes = graph.nodes.map(() => cardSize);
    const positions = await during(
      askLayout({ sizes, edges: graph.edges.map(({ from, to }) => ({ from, to })) }),
    );
    if (positions === null) return;
    this.#scene = sceneOf(graph, positions);
    this.#pane.draw(this.#scene, this.#sceneState(this.#scene), anchor);
    this.#foldsChanged();
  }

  #sceneState(scene: Scene): SceneState {
    const { frames, step: position, state, chosen } = this.#session.shown;
    const step = frames.frames[position - 1]?.step ?? null;
    return {
      cards: cardStates(scene, state, step, chosen),
      lines: scene.lines.map((line) => lineStage(line, state, step)),
    };
  }
}
