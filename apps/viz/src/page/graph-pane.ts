/** The pane that holds the graph: camera, keys, focus, and the choice between SVG and canvas. */
import { select } from "d3-selection";
import { type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { cardSize } from "../graph-layout.ts";
import { type Direction, GraphWalk } from "../graph-walk.ts";
import type { Bounds, Scene } from "../scene.ts";
import type { SceneState } from "../scene-state.ts";
import { type GlideOrigin, glide, placesBefore } from "./glide.ts";
import { drawCanvas } from "./graph-canvas.ts";
import type { Camera, GraphDrawing } from "./graph-drawing.ts";
import { drawSvg } from "./graph-svg.ts";
import type { ViewCamera } from "./view-camera.ts";
import { during, nextFrame } from "./work.ts";

/** Up to so many cards are drawn as SVG. */
export const largestSvg = 500;

const margin = 28;
/** The whole graph is shown at first if its numbers can be read then; else its end, where the backward pass begins. */
const leastScale = 0.5;
const readableScale = 0.7;

/** The keys that move the focus: along edges, and through all cards and frames as one reads them. */
const ways: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  PageUp: "back",
  PageDown: "forth",
};

/** What the pane tells of. A stop is a card, or behind all cards a frame. */
export interface PaneEvents {
  /** A stop was clicked, or Enter pressed on it. */
  choose(stop: number): void;
  /** The camera stands elsewhere; at most once a frame. */
  moved(): void;
}

/** The graph's pane over `container`. */
export class GraphPane {
  readonly #container: HTMLElement;
  readonly #events: PaneEvents;
  readonly #zoom = zoom<HTMLElement, unknown>().scaleExtent([0.0005, 4]);
  #drawing: GraphDrawing | null = null;
  #scene: Scene | null = null;
  #walk: GraphWalk | null = null;
  #camera: Camera = zoomIdentity;
  /** The camera as addresses tell it; null until it is asked for. */
  #view: ViewCamera | null = null;
  #focused = 0;
  #telling = false;
  /** Nobody has moved the camera since the whole graph was shown: it is shown whole at other sizes too. */
  #whole = true;

  constructor(container: HTMLElement, events: PaneEvents) {
    this.#container = container;
    this.#events = events;
    this.#zoom.on(
      "zoom",
      ({ transform, sourceEvent }: { readonly transform: ZoomTransform; readonly sourceEvent: unknown }) => {
        this.#camera = transform;
        this.#view = null;
        if (sourceEvent) this.#whole = false;
        this.#drawing?.move(transform);
        this.#tell();
      },
    );
    select(container).call(this.#zoom).on("dblclick.zoom", null);
    (container.parentElement ?? container).addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => {
      this.#view = null;
      if (this.#whole) this.fit();
      else this.#drawing?.move(this.#camera);
    }).observe(container);
  }

  /** The drawing of a scene, which `draw` will show: made apart, for the browser lays it out when it is shown. */
  prepare(scene: Scene, state: SceneState): GraphDrawing {
    const draw = scene.cards.length <= largestSvg ? drawSvg : drawCanvas;
    return draw(scene, state, {
      choose: (stop) => this.#events.choose(stop),
      focused: (stop) => this.#setFocus(stop, false),
    });
  }

  /**
   * Shows the drawing of another scene.
   *
   * @param drawing what `prepare` made of it.
   * @param keep the camera stays as it is; without it the whole is shown, or the end of what is too large for that.
   * @param origin cards that were there before move to their new places; null if this is another graph altogether.
   */
  draw(scene: Scene, drawing: GraphDrawing, keep: boolean, origin: GlideOrigin | null): void {
    const before = this.#scene;
    const hadFocus = this.#container.contains(document.activeElement);
    const focusedKey = this.#stopKey(this.#focused);
    this.#drawing?.end();
    this.#scene = scene;
    this.#view = null;
    this.#walk = null;
    this.#drawing = drawing;
    this.#container.replaceChildren(drawing.element);
    drawing.move(this.#camera);
    const places = before === null || origin === null ? null : placesBefore(before, scene, origin);
    if (keep) this.#whole = false;
    else this.#begin();
    this.#setFocus(this.#stopOf(focusedKey), hadFocus);
    if (places !== null) void during(glide(drawing, scene, places, () => this.#drawing === drawing));
  }

  show(state: SceneState): void {
    this.#drawing?.show(state);
  }

  /** Shows the whole graph, no larger than life. */
  fit(): void {
    if (this.#scene === null) return;
    const { clientWidth, clientHeight } = this.#container;
    const { left, top, right, bottom } = this.#scene.bounds;
    const k = this.#fittingScale();
    this.#whole = true;
    const x = (clientWidth - k * (left + right)) / 2;
    this.#moveTo({ k, x, y: (clientHeight - k * (top + bottom)) / 2 });
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
    const { width, height } = cardSize;
    this.#bringIn({
      left: found.x - width / 2,
      right: found.x + width / 2,
      top: found.y - height / 2,
      bottom: found.y + height / 2,
    });
  }

  /**
   * Brings a card to the middle of the pane, as far as nothing beyond the graph is shown for it; the whole graph stays
   * as it is. Where the camera goes does not depend on where it was: a step back restores what was shown.
   */
  follow(card: number): void {
    const found = this.#scene?.cards[card];
    if (found === undefined || this.#scene === null || this.#whole) return;
    const { k } = this.#camera;
    const { clientWidth, clientHeight } = this.#container;
    const { left, top, right, bottom } = this.#scene.bounds;
    const x = placeOf(k * found.x, k * left, k * right, clientWidth);
    this.#moveTo({ k, x, y: placeOf(k * found.y, k * top, k * bottom, clientHeight) });
  }

  /** Sets the focus on a card. */
  focus(card: number): void {
    this.reveal(card);
    this.#setFocus(card, true);
  }

  /** What of the scene is in sight. */
  get seen(): Bounds {
    const { k, x, y } = this.#camera;
    const { clientWidth, clientHeight } = this.#container;
    return { left: -x / k, top: -y / k, right: (clientWidth - x) / k, bottom: (clientHeight - y) / k };
  }

  /** Null where the whole graph is shown. */
  get camera(): ViewCamera | null {
    if (this.#whole || this.#scene === null) return null;
    this.#view ??= this.#nearestView(this.#scene);
    return this.#view;
  }

  /** The camera as seen from the card that is nearest to the middle. */
  #nearestView({ cards }: Scene): ViewCamera | null {
    const { k, x, y } = this.#camera;
    const { clientWidth, clientHeight } = this.#container;
    let nearest: ViewCamera | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const card of cards) {
      const dx = k * card.x + x - clientWidth / 2;
      const dy = k * card.y + y - clientHeight / 2;
      const distance = dx * dx + dy * dy;
      if (distance >= least) continue;
      least = distance;
      nearest = { k, at: card.key, x: dx, y: dy };
    }
    return nearest;
  }

  set camera(camera: ViewCamera | null) {
    if (camera === null) this.fit();
    const card = this.#scene?.cards.find(({ key }) => key === camera?.at);
    if (camera === null || card === undefined) return;
    const { clientWidth, clientHeight } = this.#container;
    const { k } = camera;
    this.#whole = false;
    this.#moveTo({
      k,
      x: clientWidth / 2 + camera.x - k * card.x,
      y: clientHeight / 2 + camera.y - k * card.y,
    });
  }

  #fittingScale(): number {
    const { left = 0, top = 0, right = 0, bottom = 0 } = this.#scene?.bounds ?? {};
    const { clientWidth, clientHeight } = this.#container;
    const room = { x: Math.max(1, clientWidth - 2 * margin), y: Math.max(1, clientHeight - 2 * margin) };
    return Math.min(1.25, room.x / Math.max(1, right - left), room.y / Math.max(1, bottom - top));
  }

  /** The whole, or the end of what would be too small to read. */
  #begin(): void {
    this.fit();
    if (this.#scene === null || this.#fittingScale() >= leastScale) return;
    this.#whole = false;
    this.#moveTo({ k: readableScale, x: 0, y: 0 });
    this.follow(this.#scene.cards.length - 1);
  }

  #bringIn({ left, top, right, bottom }: Bounds): void {
    const { k, x, y } = this.#camera;
    const { clientWidth, clientHeight } = this.#container;
    const shift = (low: number, high: number, room: number): number =>
      Math.max(0, 12 - low) - Math.max(0, high + 12 - room);
    const dx = shift(k * left + x, k * right + x, clientWidth);
    const dy = shift(k * top + y, k * bottom + y, clientHeight);
    if (dx !== 0 || dy !== 0) this.#moveTo({ k, x: x + dx, y: y + dy });
  }

  #moveTo({ k, x, y }: Camera): void {
    select(this.#container).call(this.#zoom.transform, zoomIdentity.translate(x, y).scale(k));
  }

  #tell(): void {
    if (this.#telling) return;
    this.#telling = true;
    void nextFrame().then(() => {
      this.#telling = false;
      this.#events.moved();
    });
  }

  #stopKey(stop: number): string | null {
    if (this.#scene === null) return null;
    const { cards, frames } = this.#scene;
    return (cards[stop] ?? frames[stop - cards.length])?.key ?? null;
  }

  /** The card of this key, or the frame; the first card if there is neither. */
  #stopOf(key: string | null): number {
    const { cards = [], frames = [] } = this.#scene ?? {};
    const card = cards.findIndex((each) => each.key === key);
    const frame = frames.findIndex((each) => each.key === key);
    return card >= 0 ? card : frame >= 0 ? cards.length + frame : 0;
  }

  #setFocus(stop: number, take: boolean): void {
    this.#focused = stop;
    this.#drawing?.focus(stop, take);
  }

  #walkTo(direction: Direction): void {
    if (this.#scene === null) return;
    // Made when it is needed: a large graph is drawn sooner without it.
    this.#walk ??= new GraphWalk(this.#scene);
    const next = this.#walk.from(this.#focused, direction);
    if (next === null) return;
    const frame = this.#scene.frames[next - this.#scene.cards.length];
    this.#setFocus(next, true);
    if (frame === undefined) this.reveal(next);
    else
      this.#bringIn({
        left: frame.handle - 90,
        right: frame.handle + 90,
        top: frame.top,
        bottom: frame.top + 34,
      });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey } = event;
    const inGraph = this.#container.contains(document.activeElement);
    const way = inGraph && !shiftKey && Object.hasOwn(ways, key) ? ways[key] : undefined;
    if (way !== undefined) this.#walkTo(way);
    else if (inGraph && (key === "Enter" || key === " ")) this.#events.choose(this.#focused);
    else if (!this.#moveByKey(key, shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Moves the camera; false if that is not what the key does. */
  #moveByKey(key: string, shift: boolean): boolean {
    const pan = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] } as const;
    if (shift && key in pan) {
      const [dx, dy] = pan[key as keyof typeof pan];
      const { k, x, y } = this.#camera;
      this.#whole = false;
      this.#moveTo({ k, x: x + dx, y: y + dy });
    } else if (key === "+" || key === "=") this.zoomBy(1.25);
    else if (key === "-") this.zoomBy(0.8);
    else if (key === "0") this.fit();
    else return false;
    return true;
  }
}

/** Where 0 lies so that `middle` is in the middle of `room`, while no more than the margin beyond `low` and `high` is seen. */
function placeOf(middle: number, low: number, high: number, room: number): number {
  if (high - low + 2 * margin <= room) return (room - low - high) / 2;
  return Math.min(margin - low, Math.max(room - margin - high, room / 2 - middle));
}
