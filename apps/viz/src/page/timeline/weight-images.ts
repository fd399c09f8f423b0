/** The first layer's weights: an image for each unit, all in colours of one scale that is symmetric about 0. */
import { exactText, numberText, shapeText } from "../../number-text.ts";
import { type WeightLayout, weightLayout } from "../../timeline/weight-colours.ts";
import { html } from "../dom.ts";
import { imagesAcross, WeightSheet } from "./weight-sheet.ts";

/** The weights that are shown. */
export interface ShownWeights {
  /** The step that they are of. */
  readonly step: number;
  /** `[out, in]`, row-major. */
  readonly data: ArrayLike<number>;
}

/** The images, the scale, and the number of the weight that is pointed at. */
export class WeightImages {
  readonly element: HTMLElement;
  readonly #layout: WeightLayout;
  readonly #inputs: number;
  readonly #sheet: WeightSheet;
  readonly #frame: HTMLElement = html("div", { class: "unit-frame" });
  readonly #focus: HTMLElement;
  readonly #of: HTMLElement = html("p", { class: "weights-of" });
  readonly #pointed: HTMLElement = html("output", { class: "pointed" });
  readonly #back: HTMLButtonElement = html("button", { type: "button", class: "link" }, "All units");
  readonly #scale: HTMLElement = html("div", { class: "weight-scale" });
  readonly #from: HTMLElement = html("small");
  #weights: ShownWeights | null = null;
  #largest = 0;
  /** The unit that is shown alone; null for all. */
  #unit: number | null = null;
  /** The position of the weight that is pointed at. */
  #at = 0;

  /** For the parameter `name` of this shape, `[out, in]`. */
  constructor(name: string, shape: readonly number[]) {
    this.#layout = weightLayout(shape);
    this.#inputs = shape[1] ?? 1;
    this.#sheet = new WeightSheet(this.#layout);
    const { canvas } = this.#sheet;
    this.#focus = html(
      "div",
      {
        class: "sheet",
        tabindex: 0,
        role: "application",
        "aria-label": `Weights of ${name}: ${this.#words()}`,
      },
      canvas,
      this.#frame,
    );
    this.element = html(
      "section",
      { class: "weights" },
      html("h3", {}, name, " ", html("small", {}, shapeText(shape))),
      this.#of,
      this.#focus,
      html("div", { class: "pointing" }, this.#pointed, this.#back),
      this.#scale,
      this.#from,
    );
    this.#back.addEventListener("click", () => this.#enlarge(null));
    this.#focus.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("pointermove", (event) => this.#point(this.#sheet.weightUnder(event)));
    canvas.addEventListener("click", (event) => {
      const at = this.#sheet.weightUnder(event);
      this.#point(at);
      if (at !== null && this.#isSheet) this.#enlarge(Math.floor(at / this.#sheet.size));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    this.#enlarge(null);
  }

  /** What is shown; null before any. */
  get shown(): ShownWeights | null {
    return this.#weights;
  }

  /**
   * Shows weights in the colours of a scale from −`largest` to `largest`.
   *
   * @param words what step they are of, and why.
   * @param snapshots of how many snapshots `largest` is the largest |w|.
   */
  show(weights: ShownWeights, words: string, largest: number, snapshots: number): void {
    this.#weights = weights;
    this.#largest = largest;
    this.#of.textContent = words;
    this.#scale.replaceChildren(
      exactNumber("span", -largest, { "data-weight-scale": "low" }),
      html("div", { class: "bar" }),
      exactNumber("span", largest, { "data-weight-scale": "high" }),
    );
    this.#from.textContent = `Linear about 0; ± the largest |w| of ${snapshots} snapshots`;
    this.#paint();
    this.#tell();
  }

  /** Several images stand side by side. */
  get #isSheet(): boolean {
    return this.#unit === null && this.#layout.images > 1;
  }

  #words(): string {
    const { images, rows, columns } = this.#layout;
    if (images === 1) return `${rows} units of ${columns} inputs. Arrows choose a weight.`;
    const keys = "Arrows choose a unit, Enter enlarges it, Escape goes back.";
    return `${images} units, each ${rows} × ${columns}. ${keys}`;
  }

  #paint(): void {
    if (this.#weights !== null) this.#sheet.draw(this.#weights.data, this.#largest);
  }

  #enlarge(unit: number | null): void {
    const hadFocus = document.activeElement === this.#back;
    this.#unit = unit;
    this.#sheet.enlarge(unit);
    this.#back.hidden = unit === null;
    if (hadFocus) this.#focus.focus();
    this.#focus.classList.toggle("enlarged", !this.#isSheet);
    this.#paint();
    this.#tell();
  }

  #point(at: number | null): void {
    if (at === null || at === this.#at) return;
    this.#at = at;
    this.#tell();
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    const { size } = this.#sheet;
    const [right, down] = this.#isSheet ? [size, size * imagesAcross] : [1, this.#layout.columns];
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: right,
      ArrowLeft: -right,
      ArrowDown: down,
      ArrowUp: -down,
    };
    const by = Object.hasOwn(moves, key) ? moves[key] : undefined;
    const opens = key === "Enter" && this.#isSheet;
    const closes = key === "Escape" && this.#unit !== null;
    if (by === undefined && !opens && !closes) return;
    // The page's own arrows step through the backward pass, and Escape leaves the chosen node.
    event.preventDefault();
    event.stopPropagation();
    if (by !== undefined) this.#moveBy(by);
    else this.#enlarge(opens ? Math.floor(this.#at / size) : null);
  }

  #moveBy(by: number): void {
    const { size } = this.#sheet;
    const first = (this.#unit ?? 0) * size;
    const end = this.#unit === null ? this.#layout.images * size : first + size;
    const to = this.#at + by;
    if (to >= first && to < end) this.#point(to);
  }

  /** Writes the number of the weight that is pointed at, and frames it or its unit. */
  #tell(): void {
    const [unit, input] = [Math.floor(this.#at / this.#inputs), this.#at % this.#inputs];
    const { images, columns } = this.#layout;
    const where =
      images > 1 ? `row ${Math.floor(input / columns)}, column ${input % columns}` : `input ${input}`;
    const x = this.#weights?.data[this.#at];
    const number = x === undefined ? [] : [exactNumber("b", x, { "data-weight": this.#at })];
    this.#pointed.replaceChildren(`unit ${unit}, ${where} `, ...number);
    const place = this.#sheet.placeOf(this.#at);
    for (const side of ["left", "top", "width", "height"] as const) {
      this.#frame.style[side] = `${100 * place[side]}%`;
    }
  }
}

/** An element with a number: short for the eye, exact in `data-exact`. */
function exactNumber(
  tag: "span" | "b",
  x: number,
  attributes: Readonly<Record<string, string | number>>,
): HTMLElement {
  return html(tag, { "data-exact": exactText(x), title: exactText(x), ...attributes }, numberText(x));
}
