/** Draw a digit: what a trained network makes of it, number by number, and why. The graph beside it shows the same pass. */
import type { Trace } from "@adjoint/autograd/graph";
import { type DigitNet, type DigitNetFile, netOfTrace } from "../draw/digit-net.ts";
import { Drawing } from "../draw/drawing.ts";
import { readDrawing, writeDrawing } from "../draw/drawing-text.ts";
import { type DrawnDigit, readDrawn } from "../draw/drawn-digit.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { DrawClasses, probabilityText, setExact } from "./draw-classes.ts";
import { bundledNet, drawnTrace } from "./draw-net.ts";
import { DrawPad } from "./draw-pad.ts";
import { paintInk, pictureCanvas } from "./draw-picture.ts";
import { DrawSaliency } from "./draw-saliency.ts";
import { DrawTools } from "./draw-tools.ts";
import { DrawUnits } from "./draw-units.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";
import { during } from "./work.ts";

/** The tab of drawn digits. */
export function drawTab(app: App): PanelTab {
  let tab: DrawTab | null = null;
  const element = html("div", { class: "draw" });
  return {
    id: "draw",
    title: "Draw",
    element,
    show(shown: Shown): void {
      tab ??= new DrawTab(app, element);
      tab.show(shown);
    },
  };
}

class DrawTab {
  readonly #app: App;
  readonly #drawing: Drawing = new Drawing();
  readonly #pad: DrawPad;
  readonly #tools: DrawTools;
  readonly #classes: DrawClasses = new DrawClasses((asked) => this.#ask(asked));
  readonly #units: DrawUnits = new DrawUnits();
  readonly #saliency: DrawSaliency = new DrawSaliency();
  readonly #preview: HTMLCanvasElement = pictureCanvas(1, "What the network sees");
  readonly #digit: HTMLElement = html("output", { class: "draw-digit", "aria-live": "off" }, "?");
  readonly #sure: HTMLElement = html("p", { class: "draw-sure" }, "Draw a digit.");
  readonly #numbers: HTMLElement;
  #asked: number | null = null;
  #file: DigitNetFile | null = null;
  /** The network of the trace that was opened last, but by this tab. */
  #traceNet: DigitNet | null = null;
  /** The trace that is shown is of this tab. */
  #own: Trace | null = null;
  #drawn: DrawnDigit | null = null;
  /** Strokes came while the engine computed. */
  #stale = false;
  #asking = false;

  constructor(app: App, element: HTMLElement) {
    this.#app = app;
    this.#tools = new DrawTools({
      erase: (erases) => {
        this.#pad.erases = erases;
      },
      undo: () => this.#change(() => this.#drawing.undo()),
      clear: () => this.#change(() => this.#drawing.clear()),
      start: (ink) => this.#change(() => this.#drawing.replace(ink)),
      changed: () => this.#refresh(),
    });
    this.#pad = new DrawPad(this.#drawing, { drawn: () => this.#refresh() }, (key) => this.#tools.press(key));
    this.#numbers = html(
      "div",
      { class: "draw-numbers", hidden: true },
      this.#classes.element,
      this.#saliency.element,
      this.#units.element,
    );
    const answer = html("div", {}, this.#digit, this.#sure);
    const seen = html(
      "figure",
      {},
      this.#preview,
      html("figcaption", {}, "What the net sees"),
      this.#tools.normalize,
    );
    element.append(
      html("h2", { class: "unseen" }, "Draw a digit"),
      html(
        "div",
        { class: "draw-top" },
        this.#pad.element,
        html("div", { class: "draw-answer" }, answer, seen),
      ),
      this.#tools.element,
      this.#numbers,
      this.#tools.network,
    );
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    this.#paint();
    void during(this.#begin());
  }

  show({ trace }: Shown): void {
    const { origin } = this.#app.documents;
    if (trace === this.#own) return;
    if (origin.kind === "drawn") {
      this.#take(origin.drawing, trace);
      return;
    }
    this.#traceNet = netOfTrace(trace);
    this.#tools.offer(this.#traceNet, this.#file);
  }

  async #begin(): Promise<void> {
    try {
      const { file } = await bundledNet();
      this.#file = file;
      this.#tools.samples(file.samples);
      this.#tools.offer(this.#traceNet, file);
      if (this.#stale) this.#refresh();
    } catch (error) {
      this.#app.problem(error instanceof Error ? error.message : String(error));
    }
  }

  /** Shows a drawing that an address brought. */
  #take(text: string, trace: Trace): void {
    const drawing = readDrawing(text);
    if (drawing === null) return;
    this.#own = trace;
    this.#drawing.replace(drawing.ink);
    this.#asked = drawing.asked;
    this.#classes.ask(drawing.asked);
    this.#tools.normalized = drawing.normalized;
    this.#tell(readDrawn(trace));
    this.#paint();
  }

  #ask(asked: number | null): void {
    this.#asked = asked;
    this.#refresh();
  }

  #change(change: () => void): void {
    change();
    this.#pad.paint();
    this.#refresh();
  }

  #paint(): void {
    this.#pad.paint();
    paintInk(this.#preview, this.#drawn?.drawing ?? this.#drawing.ink, 1);
    if (this.#drawn !== null) this.#saliency.show(this.#drawn);
  }

  /** Computes anew, and once more for what is drawn meanwhile. */
  #refresh(): void {
    this.#tools.canUndo = this.#drawing.canUndo;
    this.#stale = true;
    if (!this.#asking) void during(this.#compute());
  }

  async #compute(): Promise<void> {
    this.#asking = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#computeOnce();
      }
    } catch (error) {
      this.#app.problem(error instanceof Error ? error.message : String(error));
    } finally {
      this.#asking = false;
    }
  }

  async #computeOnce(): Promise<void> {
    const { engine } = this.#app;
    const ofTrace = this.#tools.usesTrace ? this.#traceNet : null;
    const net = ofTrace ?? (await bundledNet()).net;
    const drawing = {
      ink: this.#drawing.ink.slice(),
      normalized: this.#tools.normalized,
      asked: this.#asked,
    };
    const trace = await drawnTrace(engine, net, drawing);
    this.#tell(readDrawn(trace));
    // The graph follows when the hand rests: it would flicker under each of a hundred events a second.
    if (this.#pad.drawing) return;
    await this.#open(trace, ofTrace === null ? writeDrawing(drawing) : null);
    const { predicted, probabilities } = readDrawn(trace);
    this.#app.speak(`${predicted}, probability ${probabilityText(probabilities[predicted] ?? 0)}`);
  }

  /** Shows the trace in the graph. The first begins where the gradient has come through; later ones keep the step. */
  async #open(trace: Trace, text: string | null): Promise<void> {
    const first = this.#app.session.shown.trace !== this.#own || this.#own === null;
    this.#own = trace;
    const origin = text === null ? ({ kind: "file" } as const) : ({ kind: "drawn", drawing: text } as const);
    await this.#app.documents.open(() => trace, origin, first ? { pass: 0, step: Infinity, node: null } : {});
  }

  #tell(drawn: DrawnDigit): void {
    this.#drawn = drawn;
    const { predicted, probabilities, drawing } = drawn;
    this.#numbers.hidden = false;
    setExact(this.#digit, predicted);
    const p = html("b", { "data-role": "sure" });
    setExact(
      p,
      probabilities[predicted] ?? Number.NaN,
      probabilityText(probabilities[predicted] ?? Number.NaN),
    );
    this.#sure.replaceChildren("with probability ", p);
    this.#classes.show(drawn);
    this.#units.show(drawn);
    this.#saliency.show(drawn);
    paintInk(this.#preview, drawing, 1);
  }
}
