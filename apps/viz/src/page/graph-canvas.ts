/** A scene on a canvas, for graphs that SVG would choke on. Words and numbers appear where there is room for them. */
import { BoxIndex } from "../box-index.ts";
import { cardLabel } from "../card-shapes.ts";
import { cardSize } from "../graph-layout.ts";
import { frameShapes, lineLabels } from "../graph-shapes.ts";
import type { CardPlaces } from "../line-path.ts";
import { type Bounds, type Scene, scenePlaces } from "../scene.ts";
import type { SceneState } from "../scene-state.ts";
import { paintCards } from "./canvas-cards.ts";
import { LinePainter } from "./canvas-lines.ts";
import { html } from "./dom.ts";
import { type Colours, coloursOf, watchColours } from "./graph-colours.ts";
import type { Camera, DrawingEvents, GraphDrawing } from "./graph-drawing.ts";
import { LastPicture } from "./last-picture.ts";
import { paintShapes } from "./shapes-canvas.ts";
import { during, nextFrame } from "./work.ts";

/** Below this scale frames have no names. */
const namesFrom = 0.3;
/** How long the camera rests before a graph that takes long is painted anew. Milliseconds. */
const restTime = 90;
const { width, height } = cardSize;

/** Draws `scene` on a canvas; only what the camera sees is drawn, before the next frame. */
export function drawCanvas(scene: Scene, state: SceneState, events: DrawingEvents): GraphDrawing {
  return new CanvasGraph(scene, state, events);
}

class CanvasGraph implements GraphDrawing {
  readonly element: HTMLCanvasElement;
  readonly #scene: Scene;
  readonly #home: CardPlaces;
  readonly #index: BoxIndex;
  readonly #lines: LinePainter;
  readonly #unwatch: () => void;
  /** Stands for the card with the focus, for those who hear the page. */
  readonly #spoken: HTMLElement = html("div", { role: "button", id: "graph-focus" });
  #state: SceneState;
  #camera: Camera = { k: 1, x: 0, y: 0 };
  #places: CardPlaces;
  #arrived = 1;
  #colours: Colours | null = null;
  #focused = 0;
  #due = false;
  #moved = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #endRest: (() => void) | undefined;
  readonly #picture: LastPicture = new LastPicture();

  constructor(scene: Scene, state: SceneState, events: DrawingEvents) {
    this.#scene = scene;
    this.#state = state;
    this.#home = scenePlaces(scene);
    this.#places = this.#home;
    this.#index = new BoxIndex(this.#home.x, this.#home.y, cardSize);
    this.#lines = new LinePainter(scene, this.#home);
    this.#lines.show(state.lines);
    const words = `${scene.cards.length} nodes`;
    const fixed = { class: "graph", role: "group", tabindex: 0, "aria-activedescendant": "graph-focus" };
    this.element = html("canvas", { ...fixed, "aria-label": words }, this.#spoken);
    this.#unwatch = watchColours(() => {
      this.#colours = null;
      this.#redraw();
    });
    this.#listen(events);
  }

  show(state: SceneState): void {
    this.#state = state;
    this.#lines.show(state.lines);
    this.#picture.forget();
    this.#redraw();
  }

  move(camera: Camera): void {
    this.#camera = camera;
    this.#moved = true;
    this.#redraw();
  }

  place(places: CardPlaces, arrived: number): void {
    this.#places = arrived < 1 ? places : this.#home;
    this.#arrived = arrived;
    this.#redraw();
  }

  focus(stop: number, take: boolean): void {
    this.#focused = stop;
    const [card, state] = [this.#scene.cards[stop], this.#state.cards[stop]];
    const frame = this.#scene.frames[stop - this.#scene.cards.length];
    const words =
      card !== undefined && state !== undefined ? cardLabel(card, state) : `${frame?.title}, open`;
    const key = card?.key ?? `frame-${frame?.key}`;
    // Another id each time: what is pointed at is read when it changes.
    this.#spoken.id = `graph-focus-${key}`;
    this.#spoken.textContent = words;
    this.element.setAttribute("aria-activedescendant", this.#spoken.id);
    this.element.dataset.focused = key;
    if (take) this.element.focus({ preventScroll: true });
    this.#redraw();
  }

  end(): void {
    clearTimeout(this.#rest);
    this.#endRest?.();
    this.#unwatch();
  }

  #listen({ choose, focused }: DrawingEvents): void {
    const stopAt = ({ offsetX, offsetY }: MouseEvent): number => {
      const { k, x, y } = this.#camera;
      return this.#stopAt((offsetX - x) / k, (offsetY - y) / k);
    };
    this.element.addEventListener("click", (event) => {
      const stop = stopAt(event);
      if (stop >= 0) choose(stop);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (event.buttons === 0) this.element.style.cursor = stopAt(event) >= 0 ? "pointer" : "";
    });
    this.element.addEventListener("focus", () => {
      focused(this.#focused);
      this.#redraw();
    });
    this.element.addEventListener("blur", () => this.#redraw());
  }

  /** The card, or the frame by its name, under a point of the scene. */
  #stopAt(x: number, y: number): number {
    const card = this.#index.at(x, y);
    if (card >= 0 || this.#camera.k < namesFrom) return card;
    const { frames, cards } = this.#scene;
    const frame = frames.findLastIndex(({ top, handle, left, width: wide }) => {
      return y >= top && y <= top + 34 && x >= left && x <= left + wide && Math.abs(x - handle) < 90;
    });
    return frame < 0 ? -1 : cards.length + frame;
  }

  #redraw(): void {
    if (this.#due) return;
    this.#due = true;
    void nextFrame().then(() => {
      this.#due = false;
      if (!this.element.isConnected) return;
      // What takes long is moved as a picture as long as the camera moves, and painted when it rests.
      if (this.#moved && this.#picture.paint(this.element, this.#camera)) this.#paintAtRest();
      else {
        const begin = performance.now();
        this.#paint();
        this.#picture.keep(this.element, this.#camera, performance.now() - begin);
      }
      this.#moved = false;
    });
  }

  #paintAtRest(): void {
    clearTimeout(this.#rest);
    this.#endRest?.();
    void during(new Promise<void>((resolve) => (this.#endRest = resolve)));
    this.#rest = setTimeout(() => {
      this.#redraw();
      void nextFrame().then(this.#endRest);
    }, restTime);
  }

  #paint(): void {
    const context = this.element.getContext("2d");
    if (context === null) return;
    this.#colours ??= coloursOf(this.element);
    const seen = this.#begin(context);
    const { k } = this.#camera;
    const [places, colours] = [this.#places, this.#colours];
    context.globalAlpha = this.#arrived;
    const frames = this.#scene.frames.filter((frame) => touches(frame, seen)).map(frameShapes);
    for (const { face } of frames) paintShapes(context, face, colours);
    if (this.#arrived === 1) this.#lines.paint(context, places, colours, seen, k);
    // Names lie above the lines that come into the frame below them.
    for (const { name } of k < namesFrom ? [] : frames) paintShapes(context, name, colours);
    context.globalAlpha = 1;
    const index = this.#arrived < 1 ? new BoxIndex(places.x, places.y, cardSize) : this.#index;
    const cards = index.within(seen);
    paintCards(context, this.#scene, this.#state.cards, cards, places, colours, k);
    if (k >= namesFrom && this.#arrived === 1) {
      paintShapes(context, lineLabels(this.#scene, this.#state.lines, places), colours);
    }
    this.#paintFocus(context, colours);
  }

  /** Clears the canvas, sets the camera, and gives what it sees. */
  #begin(context: CanvasRenderingContext2D): Bounds {
    const { element } = this;
    const [w, h, ratio] = [element.clientWidth, element.clientHeight, devicePixelRatio];
    if (element.width !== Math.round(w * ratio)) element.width = Math.round(w * ratio);
    if (element.height !== Math.round(h * ratio)) element.height = Math.round(h * ratio);
    const { k, x, y } = this.#camera;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, w, h);
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    return { left: -x / k, top: -y / k, right: (w - x) / k, bottom: (h - y) / k };
  }

  #paintFocus(context: CanvasRenderingContext2D, colours: Colours): void {
    if (!this.element.matches(":focus-visible")) return;
    const { k } = this.#camera;
    const [x, y] = [this.#places.x[this.#focused], this.#places.y[this.#focused]];
    const frame = this.#scene.frames[this.#focused - this.#scene.cards.length];
    const gap = 6 + 2 / k;
    context.strokeStyle = colours.accent ?? "";
    context.lineWidth = 3 / k;
    if (x !== undefined && y !== undefined) {
      context.strokeRect(x - width / 2 - gap, y - height / 2 - gap, width + 2 * gap, height + 2 * gap);
    } else if (frame !== undefined) context.strokeRect(frame.left, frame.top, frame.width, frame.height);
  }
}

function touches(frame: { left: number; top: number; width: number; height: number }, seen: Bounds): boolean {
  const { left, top } = frame;
  return (
    left <= seen.right &&
    left + frame.width >= seen.left &&
    top <= seen.bottom &&
    top + frame.height >= seen.top
  );
}
