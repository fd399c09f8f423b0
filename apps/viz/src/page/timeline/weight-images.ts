/** The first layer's weights: an image for each unit, all in colours of one scale that is symmetric about 0. */
import { exactText, numberText, shapeText } from "../../number-text.ts";
import {
  rgbOf,
  shadePixels,
  type WeightLayout,
  weightLayout,
  weightShade,
  weightShades,
} from "../../timeline/weight-colours.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";

/** The weights that are shown. */
export interface ShownWeights {
  /** The step that they are of. */
  readonly step: number;
  /** `[out, in]`, row-major. */
  readonly data: ArrayLike<number>;
}

/** Pixels of the screen. */
const pane = { width: 360, height: 180, gap: 2 } as const;
const columns = 8;

/** Where images stand on the canvas, in pixels of the canvas. */
interface Sheet {
  readonly images: readonly number[];
  readonly across: number;
  /** Pixels for each weight. */
  readonly cell: number;
}

/** The images, the scale, and the number of the weight that is pointed at. */
export class WeightImages {
  readonly element: HTMLElement;
  readonly #layout: WeightLayout;
  readonly #inputs: number;
  readonly #canvas: HTMLCanvasElement = html("canvas", { "aria-hidden": "true" });
  readonly #frame: HTMLElement = html("div", { class: "unit-frame" });
  readonly #focus: HTMLElement;
  readonly #of: HTMLElement = html("p", { class: "weights-of" });
  readonly #pointed: HTMLElement = html("output", { class: "pointed" });
  readonly #back: HTMLButtonElement = html("button", { type: "button", class: "link" }, "All units");
  readonly #ends: readonly HTMLElement[] = [0, 1].map(() => html("span"));
  readonly #from: HTMLElement = html("small");
  #weights: ShownWeights | null = null;
  #largest = 0;
  /** The unit that is shown alone; null for all. */
  #unit: number | null = null;
  #at = 0;

  /** For the parameter `name` of this shape, `[out, in]`. */
  constructor(name: string, shape: readonly number[]) {
    this.#layout = weightLayout(shape);
    this.#inputs = shape[1] ?? 1;
    const { images, rows, columns: across } = this.#layout;
    const what = images > 1 ? `${images} units, each ${rows} × ${across}` : `${rows} units of ${across}`;
    const keys =
      images > 1 ? " Arrows choose a unit, Enter enlarges it, Escape goes back." : " Arrows choose a weight.";
    this.#focus = html(
      "div",
      {
        class: "sheet",
        tabindex: 0,
        role: "application",
        "aria-label": `Weights of ${name}: ${what}.${keys}`,
      },
      this.#canvas,
      this.#frame,
    );
    const [low = html("span"), high = html("span")] = this.#ends;
    this.element = html(
      "section",
      { class: "weights" },
      html("h3", {}, name, " ", html("small", {}, shapeText(shape))),
      this.#of,
      this.#focus,
      html("div", { class: "pointing" }, this.#pointed, this.#back),
      html("div", { class: "weight-scale" }, low, html("div", { class: "bar" }), high),
      this.#from,
    );
    this.#back.addEventListener("click", () => this.#enlarge(null));
    this.#focus.addEventListener("keydown", (event) => this.#key(event));
    this.#canvas.addEventListener("pointermove", (event) => this.#point(this.#weightUnder(event)));
    this.#canvas.addEventListener("click", (event) => {
      const at = this.#weightUnder(event);
      if (at === null) return;
      if (this.#unit === null && images > 1) this.#enlarge(Math.floor(at / this.#size));
      else this.#point(at);
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
    const [low, high] = this.#ends;
    for (const [end, x] of [
      [low, -largest],
      [high, largest],
    ] as const) {
      end?.replaceChildren(exactNumber("span", x, { "data-weight-scale": x < 0 ? "low" : "high" }));
    }
    this.#from.textContent = `Linear about 0; ± the largest |w| of ${snapshots} snapshots`;
    this.#paint();
    this.#tell();
  }

  /** How many weights an image has. */
  get #size(): number {
    return this.#layout.rows * this.#layout.columns;
  }

  #sheet(): Sheet {
    const { images, rows, columns: across } = this.#layout;
    if (this.#unit !== null || images === 1) {
      const cell = Math.max(1, Math.min(26, Math.floor(pane.height / rows), Math.floor(pane.width / across)));
      return { images: [this.#unit ?? 0], across: 1, cell };
    }
    // Drawn at twice the size that they have on the screen, so that they are sharp there.
    return {
      images: Array.from({ length: images }, (_, i) => i),
      across: Math.min(columns, images),
      cell: 3,
    };
  }

  #paint(): void {
    const context = this.#canvas.getContext("2d");
    if (this.#weights === null || context === null) return;
    const { images, across, cell } = this.#sheet();
    const { rows, columns: wide } = this.#layout;
    const [stepX, stepY] = [wide * cell + 2 * pane.gap, rows * cell + 2 * pane.gap];
    const [width, height] = [
      across * stepX - 2 * pane.gap,
      Math.ceil(images.length / across) * stepY - 2 * pane.gap,
    ];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const colourOf = colours();
    const { data } = this.#weights;
    for (const [k, unit] of images.entries()) {
      const corner = Math.floor(k / across) * stepY * width + (k % across) * stepX;
      for (let p = 0; p < rows * wide; p++) {
        const colour = colourOf(data[unit * rows * wide + p] ?? Number.NaN, this.#largest);
        const start = corner + Math.floor(p / wide) * cell * width + (p % wide) * cell;
        for (let dy = 0; dy < cell; dy++) pixels.fill(colour, start + dy * width, start + dy * width + cell);
      }
    }
    context.putImageData(image, 0, 0);
  }

  #enlarge(unit: number | null): void {
    this.#unit = unit;
    this.#back.hidden = unit === null;
    this.#focus.classList.toggle("enlarged", unit !== null || this.#layout.images === 1);
    if (unit !== null && Math.floor(this.#at / this.#size) !== unit) this.#at = unit * this.#size;
    this.#paint();
    this.#tell();
  }

  /** The weight under the pointer; null between images. */
  #weightUnder({ offsetX, offsetY }: MouseEvent): number | null {
    const { images, across, cell } = this.#sheet();
    const { rows, columns: wide } = this.#layout;
    const scale = this.#canvas.width / this.#canvas.clientWidth;
    const [x, y] = [(offsetX * scale) / cell, (offsetY * scale) / cell];
    const [stepX, stepY] = [wide + (2 * pane.gap) / cell, rows + (2 * pane.gap) / cell];
    const unit = images[Math.floor(y / stepY) * across + Math.floor(x / stepX)];
    const [column, row] = [Math.floor(x % stepX), Math.floor(y % stepY)];
    if (unit === undefined || column >= wide || row >= rows) return null;
    return unit * this.#size + row * wide + column;
  }

  #point(at: number | null): void {
    if (at === null || at === this.#at) return;
    this.#at = at;
    this.#tell();
  }

  #key(event: KeyboardEvent): void {
    const { images, rows, columns: wide } = this.#layout;
    const single = this.#unit !== null || images === 1;
    const [right, down] = single ? [1, wide] : [this.#size, this.#size * Math.min(columns, images)];
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: right,
      ArrowLeft: -right,
      ArrowDown: down,
      ArrowUp: -down,
    };
    const by = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    const closes = event.key === "Escape" && this.#unit !== null;
    if (by === undefined && event.key !== "Enter" && !closes) return;
    event.preventDefault();
    event.stopPropagation();
    if (closes) this.#enlarge(null);
    else if (by === undefined) {
      if (images > 1) this.#enlarge(Math.floor(this.#at / this.#size));
    } else {
      const first = this.#unit === null ? 0 : this.#unit * this.#size;
      const last = this.#unit === null ? images * rows * wide : first + this.#size;
      const to = this.#at + by;
      if (to >= first && to < last) this.#point(to);
    }
  }

  /** Writes the number of the weight that is pointed at, and frames its unit. */
  #tell(): void {
    const { images, across, cell } = this.#sheet();
    const { rows, columns: wide } = this.#layout;
    const unit = Math.floor(this.#at / this.#inputs);
    const input = this.#at % this.#inputs;
    const where =
      images.length > 1 || this.#unit !== null
        ? `unit ${unit}, row ${Math.floor(input / wide)}, column ${input % wide}`
        : `unit ${unit}, input ${input}`;
    const x = this.#weights?.data[this.#at];
    this.#pointed.replaceChildren(`${where} `);
    if (x !== undefined) {
      const number = html(
        "b",
        { "data-exact": exactText(x), "data-weight": this.#at, title: exactText(x) },
        numberText(x),
      );
      this.#pointed.append(number);
    }
    const image = this.#unit === null ? Math.floor(this.#at / this.#size) : 0;
    const whole = { width: this.#canvas.width || 1, height: this.#canvas.height || 1 };
    const [stepX, stepY] = [wide * cell + 2 * pane.gap, rows * cell + 2 * pane.gap];
    const { style } = this.#frame;
    const single = images.length === 1;
    const [left, top] = single
      ? [(input % wide) * cell, Math.floor((this.#at % this.#size) / wide) * cell]
      : [(image % across) * stepX, Math.floor(image / across) * stepY];
    style.left = `${(100 * left) / whole.width}%`;
    style.top = `${(100 * top) / whole.height}%`;
    style.width = `${(100 * (single ? cell : wide * cell)) / whole.width}%`;
    style.height = `${(100 * (single ? cell : rows * cell)) / whole.height}%`;
  }
}

/** The page's colours of weights as pixels. */
function colours(): (x: number, largest: number) => number {
  const style = getComputedStyle(document.documentElement);
  const stops = [-2, -1, 0, 1, 2].map((k) => rgbOf(style.getPropertyValue(`--w${k}`)));
  const bad = rgbOf(style.getPropertyValue("--bad"));
  const pixels = shadePixels(stops);
  const [badPixel = 0] = shadePixels([bad, bad]);
  return (x, largest) => {
    const shade = weightShade(x, largest);
    return shade === null ? badPixel : (pixels[shade + weightShades] ?? 0);
  };
}
