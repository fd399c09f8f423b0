/** A scene as SVG: every card can be reached with the keyboard, every number carries its exact value. */
import { cardLabel, cardShapes, farShapes } from "../card-shapes.ts";
import { frameShapes, lineLabels, lineLook } from "../graph-shapes.ts";
import { type CardPlaces, PathText, traceLine } from "../line-path.ts";
import { byGravity } from "../mark-badges.ts";
import { type Card, type Line, type Scene, type SceneFrame, scenePlaces } from "../scene.ts";
import type { CardState, LineState, SceneState } from "../scene-state.ts";
import type { Shape } from "../shapes.ts";
import { svg } from "./dom.ts";
import { type Camera, type DrawingEvents, detailFrom, type GraphDrawing } from "./graph-drawing.ts";
import { paint, svgShapes } from "./shapes-svg.ts";

/** Draws `scene` as SVG. */
export function drawSvg(scene: Scene, state: SceneState, events: DrawingEvents): GraphDrawing {
  const drawing = new SvgGraph(scene, events);
  drawing.show(state);
  return drawing;
}

/** The graph's elements; also of a drawing that is only written to a file. */
export class SvgGraph implements GraphDrawing {
  readonly element: SVGSVGElement;
  /** What the camera moves. */
  readonly world: SVGGElement;
  readonly #scene: Scene;
  readonly #cards: readonly SvgCard[];
  readonly #frames: readonly SVGGElement[];
  readonly #lines: readonly SVGPathElement[];
  /** Lines, labels and frames, which fade in while cards are on their way. */
  readonly #behind: readonly SVGGElement[];
  readonly #above: SVGGElement;
  #states: readonly LineState[] = [];
  #reached = 0;

  constructor(scene: Scene, events: DrawingEvents | null) {
    this.#scene = scene;
    const count = scene.cards.length;
    const places = scenePlaces(scene);
    this.#cards = scene.cards.map((card) => new SvgCard(card));
    this.#lines = scene.lines.map((line) => pathOf(line, places));
    const shapes = scene.frames.map(frameShapes);
    this.#frames = scene.frames.map((frame, i) => frameOf(frame, shapes[i]?.name ?? []));
    const lines = svg("g", { class: "lines" }, ...this.#lines);
    this.#above = svg("g", { class: "latest" });
    const faces = shapes.flatMap(({ face }, i) => {
      const elements = svgShapes(face);
      for (const element of elements) element.dataset.key = scene.frames[i]?.key;
      return elements;
    });
    const frames = svg("g", { class: "frames" }, ...faces);
    // Names lie above the lines that come into the frame below them.
    const names = svg("g", { class: "frames" }, ...this.#frames);
    this.#behind = [frames, lines, names, this.#above];
    const cards = svg("g", { class: "cards" }, ...this.#cards.map(({ element }) => element));
    this.world = svg("g", {}, frames, lines, names, cards, this.#above);
    this.element = svg(
      "svg",
      { class: "graph", role: "group", "aria-label": `Graph of ${count} nodes` },
      this.world,
    );
    if (events !== null) this.#listen(events);
  }

  show(state: SceneState): void {
    for (const [i, card] of this.#cards.entries()) {
      const shown = state.cards[i];
      if (shown !== undefined) card.show(shown);
    }
    const before = this.#states;
    this.#states = state.lines;
    for (const [i, line] of this.#scene.lines.entries()) {
      const shown = state.lines[i];
      const element = this.#lines[i];
      if (shown !== undefined && element !== undefined && shown !== before[i]) showLine(element, line, shown);
    }
    const labels = lineLabels(this.#scene, state.lines, scenePlaces(this.#scene));
    this.#above.replaceChildren(...svgShapes(labels));
  }

  move({ k, x, y }: Camera): void {
    const detail = k < detailFrom ? "far" : "near";
    if (this.element.dataset.detail !== detail) this.element.dataset.detail = detail;
    this.world.setAttribute("transform", `translate(${x},${y}) scale(${k})`);
  }

  place({ x, y }: CardPlaces, arrived: number): void {
    for (const [i, card] of this.#cards.entries()) card.place(x[i] ?? 0, y[i] ?? 0);
    for (const group of this.#behind) {
      if (arrived < 1) group.setAttribute("opacity", arrived.toFixed(2));
      else group.removeAttribute("opacity");
    }
  }

  focus(stop: number, take: boolean): void {
    this.#stop(this.#reached)?.setAttribute("tabindex", "-1");
    this.#reached = stop;
    const element = this.#stop(stop);
    element?.setAttribute("tabindex", "0");
    if (take) element?.focus({ preventScroll: true });
  }

  end(): void {}

  #stop(stop: number): SVGGElement | undefined {
    return this.#cards[stop]?.element ?? this.#frames[stop - this.#cards.length];
  }

  #listen({ choose, focused }: DrawingEvents): void {
    const stops = [...this.#cards.map(({ element }) => element), ...this.#frames];
    for (const [stop, element] of stops.entries()) {
      element.addEventListener("click", () => choose(stop));
      element.addEventListener("focus", () => focused(stop));
    }
  }
}

class SvgCard {
  readonly element: SVGGElement;
  readonly #card: Card;
  #shown: CardState | null = null;

  constructor(card: Card) {
    this.#card = card;
    const fixed = { class: "card", tabindex: -1, role: "button" };
    this.element = svg("g", fixed);
    this.place(card.x, card.y);
    this.element.dataset.key = card.key;
    this.element.dataset.kind = card.kind;
    if (card.kind === "module") this.element.setAttribute("aria-expanded", "false");
  }

  place(x: number, y: number): void {
    this.element.setAttribute("transform", `translate(${hundredths(x)},${hundredths(y)})`);
  }

  show(state: CardState): void {
    if (this.#shown !== null && same(this.#shown, state)) return;
    this.#shown = state;
    const { stage, current, target, selected, marks } = state;
    const { dataset } = this.element;
    dataset.stage = stage;
    for (const [name, on] of Object.entries({ current, target, selected })) {
      if (on) dataset[name] = "";
      else delete dataset[name];
    }
    if (marks.length > 0)
      dataset.marks = byGravity(marks)
        .map(({ kind }) => kind)
        .join(" ");
    else delete dataset.marks;
    this.element.setAttribute("aria-label", cardLabel(this.#card, state));
    const { face, head, value, gradient, badges } = cardShapes(this.#card, state);
    this.element.replaceChildren(
      svg("title", {}, `${this.#card.title} ${this.#card.detail}`),
      ...svgShapes(face),
      svg("g", { class: "far" }, ...apart(svgShapes(farShapes(this.#card, state)))),
      svg("g", { class: "row head" }, ...apart(svgShapes(head))),
      svg("g", { class: "row value" }, ...apart(svgShapes(value))),
      svg("g", { class: "row gradient" }, ...apart(svgShapes(gradient))),
      ...(badges.length === 0 ? [] : [svg("g", { class: "badges" }, ...apart(svgShapes(badges)))]),
    );
  }
}

/** With blanks between, which are not drawn: what is read out of the card shall be words. */
function apart(elements: readonly SVGElement[]): (SVGElement | string)[] {
  return elements.flatMap((element) => [element, " "]);
}

function hundredths(x: number): number {
  return Math.round(100 * x) / 100 || 0;
}

function same(a: CardState, b: CardState): boolean {
  return (
    a.stage === b.stage &&
    a.current === b.current &&
    a.target === b.target &&
    a.selected === b.selected &&
    a.gradient === b.gradient &&
    a.marks === b.marks
  );
}

function frameOf({ key, title }: SceneFrame, name: readonly Shape[]): SVGGElement {
  const fixed = { class: "module-frame", tabindex: -1, role: "button", "aria-expanded": "true" };
  const hint = svg("title", {}, `Fold ${title}`);
  const element = svg("g", { ...fixed, "aria-label": `${title}, open` }, hint, ...svgShapes(name));
  element.dataset.key = key;
  return element;
}

function pathOf(line: Line, places: CardPlaces): SVGPathElement {
  const way = new PathText();
  traceLine(way, line, places);
  const path = svg("path", { class: "line", d: way.text, fill: "none" });
  path.dataset.tracked = String(line.tracked);
  return path;
}

function showLine(element: SVGPathElement, line: Line, state: LineState): void {
  const { stroke, width, dash, opacity } = lineLook(line, state);
  element.dataset.stage = state.stage;
  if (state.tainted) element.dataset.tainted = "";
  else delete element.dataset.tainted;
  const attributes = {
    stroke: paint(stroke),
    "stroke-width": width,
    "stroke-dasharray": dash.length === 0 ? null : dash.join(" "),
    opacity: opacity === 1 ? null : opacity,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}
