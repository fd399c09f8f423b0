/** A scene as SVG: every card can be reached with the keyboard, every number carries its exact value. */
import { exactText, numberText } from "../number-text.ts";
import { colourClass } from "../palette.ts";
import { type Card, type CardState, cardSize, type Scene, type Summary, stripCells } from "../scene.ts";
import { svg } from "./dom.ts";
import { type Camera, type GraphDrawing, linePath, type SceneState } from "./graph-drawing.ts";

const { width, height } = cardSize;
const strip = { left: 12 - width / 2, width: 84, height: 11 } as const;

/** Draws `scene` as SVG. */
export function drawSvg(scene: Scene, choose: (card: number) => void): GraphDrawing {
  const lines = scene.lines.map(({ from, to, tracked }) =>
    svg("path", { class: "line", d: linePath(scene, from, to, height), "data-tracked": tracked }),
  );
  const cards = scene.cards.map((card, i) => new SvgCard(card, () => choose(i)));
  const lineGroup = svg("g", { class: "lines" }, ...lines);
  const above = svg("g", { class: "lines" });
  const world = svg("g", {}, lineGroup, above, ...cards.map(({ element }) => element));
  const element = svg("svg", { role: "group", "aria-label": "Nodes of the graph" }, world);
  return {
    element,
    show(state: SceneState): void {
      for (const [i, card] of cards.entries()) {
        const shown = state.cards[i];
        if (shown !== undefined) card.show(shown);
      }
      for (const [i, { dataset }] of lines.entries()) {
        const stage = state.lines[i] ?? "none";
        if (dataset.stage !== stage) dataset.stage = stage;
      }
      // What the latest step went along lies above all other lines.
      above.replaceChildren(
        ...lines.filter(({ dataset }) => dataset.stage === "now").map((line) => line.cloneNode()),
      );
    },
    move({ k, x, y }: Camera): void {
      world.setAttribute("transform", `translate(${x},${y}) scale(${k})`);
    },
  };
}

class SvgCard {
  readonly element: SVGGElement;
  readonly #card: Card;
  readonly #gradient: SVGGElement = svg("g", { class: "row gradient" });
  #shown: CardState | null = null;

  constructor(card: Card, choose: () => void) {
    this.#card = card;
    const { title, detail, value, kind } = card;
    const label = titleThatFits(title);
    this.element = svg(
      "g",
      { class: "card", tabindex: 0, role: "button", transform: `translate(${card.x},${card.y})` },
      svg("title", {}, `${title} ${detail}`),
      svg("rect", {
        class: "face",
        x: -width / 2,
        y: -height / 2,
        width,
        height,
        rx: kind === "op" ? 10 : 3,
      }),
      svg("text", { class: "title", x: 12 - width / 2, y: 22 - height / 2 }, label),
      svg("text", { class: "shape", x: width / 2 - 12, y: 21 - height / 2 }, detail),
      svg("g", { class: "row value" }, ...row("value", value, 44 - height / 2)),
      this.#gradient,
    );
    this.element.dataset.key = card.key;
    this.element.dataset.kind = kind;
    this.element.addEventListener("click", choose);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    });
  }

  show(state: CardState): void {
    const before = this.#shown;
    if (before !== null && same(before, state)) return;
    this.#shown = state;
    const { gradient, stage, current, target, selected } = state;
    const { dataset } = this.element;
    dataset.stage = stage;
    for (const [name, on] of Object.entries({ current, target, selected })) {
      if (on) dataset[name] = "";
      else delete dataset[name];
    }
    const { title, detail, value } = this.#card;
    const words = [title, detail, value && `value ${numberText(value.number)}`, gradientWords(state)];
    this.element.setAttribute("aria-label", words.filter((word) => word).join(", "));
    this.#gradient.replaceChildren(...row("gradient", gradient, 66 - height / 2, this.#card.tracked, stage));
  }
}

function same(a: CardState, b: CardState): boolean {
  const flags =
    a.stage === b.stage && a.current === b.current && a.target === b.target && a.selected === b.selected;
  const [left, right] = [a.gradient, b.gradient];
  if (!flags || left === null || right === null) return flags && left === right;
  return Object.is(left.number, right.number) && String(left.cells) === String(right.cells);
}

function gradientWords({ gradient, stage }: CardState): string {
  if (gradient === null) return "no gradient yet";
  return `${stage === "partial" ? "gradient so far" : "gradient"} ${numberText(gradient.number)}`;
}

/** A strip of colours and a number. */
function row(
  scale: "value" | "gradient",
  summary: Summary | null,
  y: number,
  tracked: boolean = true,
  stage: CardState["stage"] = "complete",
): SVGElement[] {
  if (summary === null) {
    if (scale === "value") return [];
    const words = tracked ? "gradient: not yet" : "needs no gradient";
    return [svg("text", { class: "none", x: strip.left, y: y + 4 }, words)];
  }
  const number = svg("text", { class: "number", x: width / 2 - 12, y: y + 4 }, numberText(summary.number));
  number.dataset.exact = exactText(summary.number);
  number.dataset.scale = scale;
  const sign = scale === "value" ? "" : stage === "partial" ? "Σ" : "∂";
  const mark = svg("text", { class: "mark", x: strip.left + strip.width + 5, y: y + 4 }, sign);
  return [...cellsOf(scale, summary, y - strip.height / 2), mark, number];
}

/** One path for each colour of the strip. */
function cellsOf(scale: "value" | "gradient", { cells, largest }: Summary, y: number): SVGElement[] {
  if (cells === null) return [];
  const size = strip.width / Math.max(1, Math.min(cells.length, stripCells));
  const paths = new Map<string, string>();
  for (const [i, x] of cells.entries()) {
    const name = colourClass(scale, x, largest);
    const left = strip.left + i * size;
    const path = `M${left.toFixed(2)},${y}h${size.toFixed(2)}v${strip.height}h${(-size).toFixed(2)}z`;
    paths.set(name, (paths.get(name) ?? "") + path);
  }
  return [...paths].map(([name, d]) => svg("path", { class: `cell ${name}`, d }));
}

function titleThatFits(title: string): string {
  return title.length > 14 ? `${title.slice(0, 13)}…` : title;
}
