/** The pane that holds the graph: camera, keys, and the choice between SVG and canvas. */
import { select } from "d3-selection";
import { type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { cardSize, type Scene } from "../scene.ts";
import { drawCanvas } from "./graph-canvas.ts";
import type { Camera, GraphDrawing, SceneState } from "./graph-drawing.ts";
import { drawSvg } from "./graph-svg.ts";

/** Up to so many cards are drawn as SVG. */
export const largestSvg = 500;

const margin = 28;

/** The graph's pane over `container`; `choose` hears of the card that is clicked. */
export class GraphPane {
  readonly #container: HTMLElement;
  readonly #choose: (card: number) => void;
  readonly #zoom = zoom<HTMLElement, unknown>().scaleExtent([0.005, 4]);
  #drawing: GraphDrawing | null = null;
  #scene: Scene | null = null;
  #camera: Camera = zoomIdentity;
  /** Nobody has moved the camera since the whole graph was shown: it is shown whole at other sizes too. */
  #whole = true;

  constructor(container: HTMLElement, choose: (card: number) => void) {
    this.#container = container;
    this.#choose = choose;
    this.#zoom.on(
      "zoom",
      ({ transform, sourceEvent }: { readonly transform: ZoomTransform; readonly sourceEvent: unknown }) => {
        this.#camera = transform;
        if (sourceEvent) this.#whole = false;
        this.#drawing?.move(transform);
      },
    );
    select(container).call(this.#zoom).on("dblclick.zoom", null);
    (container.parentElement ?? container).addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => {
      if (this.#whole) this.fit();
      else this.#drawing?.move(this.#camera);
    }).observe(container);
  }

  /**
   * Draws another scene. With an anchor the camera keeps its scale, and the card `after` comes where `before` was;
   * without one the whole graph is shown.
   */
  draw(
    scene: Scene,
    state: SceneState,
    anchor: { readonly before: string; readonly after: string } | null,
  ): void {
    const before = this.#onScreen(anchor?.before);
    const draw = scene.cards.length <= largestSvg ? drawSvg : drawCanvas;
    this.#scene = scene;
    this.#drawing = draw(scene, this.#choose);
    this.#container.replaceChildren(this.#drawing.element);
    this.#drawing.show(state);
    const after = this.#onScreen(anchor?.after);
    if (before === null || after === null) {
      this.fit();
      return;
    }
    this.#whole = false;
    const { k, x, y } = this.#camera;
    this.#moveTo({ k, x: x + before.x - after.x, y: y + before.y - after.y });
  }

  show(state: SceneState): void {
    this.#drawing?.show(state);
  }

  /** Shows the whole graph, no larger than life. */
  fit(): void {
    if (this.#scene === null) return;
    const { clientWidth, clientHeight } = this.#container;
    const { width, height } = this.#scene;
    const room = { x: Math.max(1, clientWidth - 2 * margin), y: Math.max(1, clientHeight - 2 * margin) };
    this.#whole = true;
    const k = Math.min(1.25, room.x / Math.max(1, width), room.y / Math.max(1, height));
    this.#moveTo({ k, x: (clientWidth - k * width) / 2, y: (clientHeight - k * height) / 2 });
  }

  /** Zooms about the middle. */
  zoomBy(factor: number): void {
    this.#whole = false;
    select(this.#container).call(this.#zoom.scaleBy, factor);
  }

  /** Moves the camera just so far that the card is in sight. */
  reveal(card: number): void {
    const found = this.#scene?.cards[card];
    if (found === undefined) return;
    const { k, x, y } = this.#camera;
    const { clientWidth, clientHeight } = this.#container;
    const shift = (middle: number, half: number, room: number): number =>
      Math.max(0, half + 12 - middle) - Math.max(0, middle + half + 12 - room);
    const dx = shift(k * found.x + x, (k * cardSize.width) / 2, clientWidth);
    const dy = shift(k * found.y + y, (k * cardSize.height) / 2, clientHeight);
    if (dx !== 0 || dy !== 0) this.#moveTo({ k, x: x + dx, y: y + dy });
  }

  #onScreen(key: string | undefined): { x: number; y: number } | null {
    const card = this.#scene?.cards.find((each) => each.key === key);
    if (card === undefined) return null;
    const { k, x, y } = this.#camera;
    return { x: k * card.x + x, y: k * card.y + y };
  }

  #moveTo({ k, x, y }: Camera): void {
    select(this.#container).call(this.#zoom.transform, zoomIdentity.translate(x, y).scale(k));
  }

  #key(event: KeyboardEvent): void {
    const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] } as const;
    const by = event.shiftKey && event.key in pan ? pan[event.key as keyof typeof pan] : null;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by !== null) {
      const { k, x, y } = this.#camera;
      this.#whole = false;
      this.#moveTo({ k, x: x + by[0], y: y + by[1] });
    } else if (event.key === "+" || event.key === "=") this.zoomBy(1.25);
    else if (event.key === "-") this.zoomBy(0.8);
    else if (event.key === "0") this.fit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
