/** The timeline: a dock below the graph in which a run is trained, drawn and scrubbed. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Snapshot } from "@adjoint/nn";
import type { ProgramSettings } from "../../programs/programs.ts";
import type { Run, SnapshotEntry } from "../../run-model.ts";
import { type AxisScale, linearScale, logScale } from "../../timeline/axis-scale.ts";
import type { RunPlace } from "../address.ts";
import type { App } from "../app.ts";
import { html } from "../dom.ts";
import type { OpenAt } from "../session.ts";
import { during, nextFrame } from "../work.ts";
import { Playback } from "./playback.ts";
import { RunCharts } from "./run-charts.ts";
import { StepSlider } from "./step-slider.ts";
import { TimelineBar } from "./timeline-bar.ts";
import { trainRun } from "./trained-run.ts";
import { type ShownWeights, WeightImages } from "./weight-images.ts";
import { WeightScale } from "./weight-scale.ts";

/** The parts that belong to one run. */
interface View {
  readonly run: Run;
  /** The program that was trained, whose steps can be recorded; null for a run of elsewhere. */
  readonly settings: ProgramSettings | null;
  readonly charts: RunCharts;
  /** The first parameter with two axes; null where there is none. */
  readonly weightName: string | null;
  readonly images: WeightImages | null;
  readonly scale: WeightScale | null;
  unsubscribe(): void;
}

/** A step that was recorded by training to it. */
interface Exact {
  readonly step: number;
  readonly trace: Trace;
}

/** While a run goes on, it is drawn at most so often. Milliseconds. */
const drawEvery = 100;

/** The dock. */
export class Timeline {
  readonly #app: App;
  readonly #section: HTMLElement;
  readonly #bar: TimelineBar;
  readonly #slider: StepSlider = new StepSlider((step) => this.scrub(step));
  readonly #body: HTMLElement = html("div", { id: "timeline-body" });
  readonly #playback: Playback;
  #view: View | null = null;
  #training: AbortController | null = null;
  #open = true;
  #log: { readonly loss: boolean; readonly steps: boolean } = { loss: false, steps: false };
  #step = 1;
  /** The cursor stays at the run's latest step. */
  #atHead = true;
  #exact: Exact | null = null;
  /** The trace of the run that was opened last, and of which step it is. */
  #opened: Exact | null = null;
  #across: AxisScale = linearScale(1, 2);
  #catching: Promise<void> | null = null;
  #drawing: Promise<void> | null = null;
  #stale = false;

  constructor(section: HTMLElement, app: App) {
    this.#section = section;
    this.#app = app;
    this.#bar = new TimelineBar({
      train: (steps) => void this.#trainShown(steps),
      stop: () => this.#training?.abort(),
      play: () => this.#togglePlay(),
      inspect: () => void this.inspect(this.#step),
      toggle: () => this.#fold(),
      scale: (which) => this.#toggleScale(which),
    });
    this.#playback = new Playback(
      () => this.#next(),
      () => this.#render(),
    );
    section.replaceChildren(this.#bar.element, this.#body);
    app.session.subscribe((shown, before) => {
      if (shown.trace !== before.trace) this.#render();
    });
    app.commands.add(
      {
        title: "Train the program",
        enabled: () => this.#untrainable() === null,
        run: () => this.#trainShown(this.#bar.steps),
      },
      { title: "Play the run", enabled: () => this.#view !== null, run: () => this.#togglePlay() },
      { title: "Show or hide the timeline", enabled: () => this.#view !== null, run: () => this.#fold() },
    );
    this.#render();
  }

  /** The weights whose images are shown. */
  get weights(): ShownWeights | null {
    return this.#view?.images?.shown ?? null;
  }

  /**
   * Shows a run, in place of the one before.
   *
   * @param settings the program of this page that is trained; null for a run of elsewhere, whose steps cannot be recorded.
   */
  show(run: Run, settings: ProgramSettings | null): void {
    this.#playback.stop();
    this.#view?.unsubscribe();
    const charts = new RunCharts(run, (place) => this.#slider.askPlace(place));
    const weight = run.info.parameters.find(({ shape }) => shape.length === 2);
    const images = weight === undefined ? null : new WeightImages(weight.name, weight.shape);
    const scale = weight === undefined ? null : new WeightScale(run, weight.name);
    const unsubscribe = run.subscribe(() => this.#changed());
    this.#view = { run, settings, charts, weightName: weight?.name ?? null, images, scale, unsubscribe };
    this.#body.replaceChildren(this.#slider.element, charts.element);
    if (images !== null) this.#body.append(images.element);
    this.#body.classList.toggle("with-weights", images !== null);
    this.#changed();
  }

  /** Moves the cursor. What is shown follows, as fast as it can, and stands in the end where the cursor is. */
  scrub(step: number): void {
    this.#playback.stop();
    this.#goTo(step);
  }

  /** Records a step exactly, by training to it from the nearest snapshot, and shows it. */
  async inspect(step: number, at: OpenAt = {}): Promise<void> {
    const view = this.#view;
    if (view?.settings == null) return;
    const entry = view.run.nearest(step);
    const from = entry === null || entry.step > step ? null : await view.run.snapshot(entry.step);
    await this.#record(view.settings, step, from, { steps: view.run.series.last, at: step }, at);
    this.#follow();
  }

  /** Trains a program, and shows one step of it meanwhile and afterwards. */
  restore(settings: ProgramSettings, place: RunPlace, at: OpenAt): Promise<void> {
    this.#bar.steps = place.steps;
    this.#training?.abort();
    this.#exact = null;
    this.#atHead = false;
    this.#step = place.at;
    const recorded = this.#record(settings, place.at, null, place, at);
    return during(Promise.all([recorded, this.#train(settings, place.steps)]).then(() => undefined));
  }

  async #record(
    settings: ProgramSettings,
    step: number,
    from: Snapshot | null,
    run: RunPlace,
    at: OpenAt,
  ): Promise<void> {
    const read = async (): Promise<Trace> => {
      const start = from === null ? null : { ...from, gradients: null };
      const trace = await this.#app.engine.ask("recordAt", { settings, step, from: start });
      this.#exact = { step, trace };
      this.#opened = this.#exact;
      return trace;
    };
    await this.#app.documents.open(read, { kind: "program", settings, run }, at);
  }

  async #trainShown(steps: number): Promise<void> {
    const { origin } = this.#app.documents;
    if (origin.kind !== "program" || this.#untrainable() !== null) return;
    this.#exact = null;
    this.#atHead = true;
    await this.#train(origin.settings, steps);
  }

  /** Trains, and at the end inspects the last step, unless the cursor was moved elsewhere. */
  #train(settings: ProgramSettings, steps: number): Promise<void> {
    const training = new AbortController();
    this.#training = training;
    this.#open = true;
    const work = async (): Promise<void> => {
      try {
        await trainRun(this.#app.engine, { settings, steps }, training.signal, (run) =>
          this.show(run, settings),
        );
      } catch (error) {
        this.#app.problem(error instanceof Error ? error.message : String(error));
      }
      if (this.#training !== training) return;
      this.#training = null;
      await this.#draw();
      const last = this.#view?.run.series.last ?? 0;
      if (last > 0) this.#app.speak(`Trained ${last} steps.`);
      if (this.#atHead && last > 0) {
        this.#goTo(last);
        await this.inspect(last);
      } else this.#follow();
    };
    return during(work());
  }

  /** Why the program that is shown cannot be trained; null if it can. */
  #untrainable(): string | null {
    const { origin } = this.#app.documents;
    if (origin.kind !== "program")
      return "A program of the page can be trained here; this trace is of elsewhere.";
    if (origin.settings.get("program") !== "expression") return null;
    return "An expression has nothing to train. Choose a network to see it learn.";
  }

  #togglePlay(): void {
    if (this.#playback.playing) {
      this.#playback.stop();
      return;
    }
    const last = this.#view?.run.snapshots.at(-1)?.step ?? 1;
    if (this.#step >= last) this.#goTo(1);
    void this.#playback.play();
  }

  /** Goes to the next snapshot. False where there is none. */
  async #next(): Promise<boolean> {
    const next = this.#view?.run.snapshots.find(({ step }) => step > this.#step);
    if (next === undefined) return false;
    this.#goTo(next.step);
    await this.#catching;
    return true;
  }

  #fold(): void {
    this.#open = !this.#open;
    this.#render();
    if (this.#open) this.#changed();
  }

  #toggleScale(which: "loss" | "steps"): void {
    this.#log = { ...this.#log, [which]: !this.#log[which] };
    this.#changed();
  }

  #goTo(step: number): void {
    const last = this.#last();
    this.#step = Math.max(1, Math.min(step, last));
    this.#atHead = this.#step >= (this.#view?.run.series.last ?? 0) && this.#training !== null;
    this.#render();
    this.#follow();
  }

  /** The last step there is: that of the state which the run leaves behind, once it is there. */
  #last(): number {
    const run = this.#view?.run;
    return Math.max(1, run?.series.last ?? 1, run?.snapshots.at(-1)?.step ?? 1);
  }

  /** The run has something new: it is drawn before the next frame, or soon. */
  #changed(): void {
    this.#stale = true;
    this.#drawing ??= during(this.#drawWhileStale()).finally(() => {
      this.#drawing = null;
    });
  }

  async #drawWhileStale(): Promise<void> {
    while (this.#stale) {
      this.#stale = false;
      await nextFrame();
      await this.#draw();
      if (this.#training !== null) await new Promise((resolve) => setTimeout(resolve, drawEvery));
    }
  }

  async #draw(): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const { run, charts, scale } = view;
    const end = Math.max(this.#last(), this.#training === null ? 1 : (run.info.plannedSteps ?? 0) + 1);
    this.#across = this.#log.steps ? logScale(1, Math.max(2, end)) : linearScale(1, end);
    if (this.#atHead && run.series.last > 0) this.#step = run.series.last;
    if (this.#training === null) this.#step = Math.min(this.#step, this.#last());
    if (this.#open) {
      charts.draw(this.#across, this.#log.loss ? "log" : "linear");
      this.#slider.draw(
        this.#across,
        run.snapshots.map(({ step }) => step),
      );
    }
    this.#render();
    await scale?.update();
    this.#follow();
  }

  #follow(): void {
    this.#catching ??= during(this.#catchUp()).finally(() => {
      this.#catching = null;
    });
  }

  /** Shows what belongs to the cursor until it rests: weights at every frame, the graph once it has rested for one. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const [step, view] = [this.#step, this.#view];
      if (view === null) return;
      await nextFrame();
      if (this.#step !== step) continue;
      await this.#showWeights(view, step);
      await nextFrame();
      if (this.#step !== step || this.#view !== view) continue;
      await this.#openTrace(view, step);
      this.#render();
      if (this.#step === step && this.#view === view) return;
    }
  }

  /** The snapshot that stands for the cursor; null for a step that was recorded exactly, and before any. */
  #entry(): SnapshotEntry | null {
    return this.#exact?.step === this.#step ? null : (this.#view?.run.nearest(this.#step) ?? null);
  }

  async #showWeights(view: View, step: number): Promise<void> {
    const { run, images, weightName, scale } = view;
    if (images === null || weightName === null || scale === null || !this.#open) return;
    const show = (of: number, data: ArrayLike<number> | null | undefined, words: string): void => {
      if (data != null) images.show({ step: of, data }, words, scale.largest, scale.snapshots);
    };
    if (this.#exact?.step === step) {
      const leaf = this.#exact.trace.nodes.find(({ name }) => name === weightName);
      show(step, leaf?.value?.data, `Weights of step ${step}, recorded exactly`);
      return;
    }
    const entry = run.nearest(step);
    if (entry === null) return;
    const data = (await run.snapshot(entry.step)).parameters.get(weightName)?.data;
    const nearest = entry.step === step ? "its snapshot" : `the nearest snapshot at or before ${step}`;
    show(entry.step, data, `Weights of step ${entry.step}, ${nearest}`);
  }

  /** Opens the trace of the step that is shown, unless it is there or the run still goes on. */
  async #openTrace(view: View, step: number): Promise<void> {
    const { run, settings } = view;
    if (settings === null || this.#training !== null) return;
    const target = this.#exact?.step === step ? step : run.nearest(step)?.step;
    if (target === undefined || (this.#opened?.step === target && this.#isShown())) return;
    const origin = { kind: "program", settings, run: { steps: run.series.last, at: target } } as const;
    const read = async (): Promise<Trace> => {
      if (this.#exact?.step === target) {
        this.#opened = this.#exact;
        return this.#exact.trace;
      }
      const from = { ...(await run.snapshot(target)), gradients: null };
      const trace = await this.#app.engine.ask("recordAt", { settings, step: target, from });
      this.#opened = { step: target, trace };
      return trace;
    };
    await this.#app.documents.open(read, origin, {});
  }

  /** Whether the graph shows the trace of the run that was opened last. */
  #isShown(): boolean {
    return this.#opened !== null && this.#app.session.shown.trace === this.#opened.trace;
  }

  #status(): string {
    const view = this.#view;
    if (view === null) return "";
    if (this.#training !== null) return "training";
    const entry = this.#entry();
    const of =
      entry === null
        ? ""
        : entry.step === this.#step
          ? "its snapshot"
          : `snapshot of step ${entry.step}, the nearest at or before`;
    if (view.settings === null) return of === "" ? view.run.state : `${of} · ${view.run.state}`;
    if (this.#opened !== null && !this.#isShown() && this.#catching === null)
      return "the graph shows something else";
    return entry === null ? "recorded exactly" : `shown: ${of}`;
  }

  /** Everything that depends on the cursor and costs next to nothing. */
  #render(): void {
    const view = this.#view;
    const last = this.#last();
    const planned = view?.run.info.plannedSteps ?? last;
    const total = this.#training === null ? (view?.run.series.last ?? 0) : planned;
    const after = view !== null && this.#step > view.run.series.last && this.#training === null;
    const position = after ? `After step ${total}` : `Step ${this.#step} / ${total}`;
    const entry = this.#entry();
    const status = this.#status();
    const recordable = view?.settings != null && this.#training === null;
    this.#bar.show({
      run: view !== null,
      open: this.#open,
      playing: this.#playback.playing,
      untrainable: this.#untrainable(),
      progress: this.#training === null ? null : { step: view?.run.series.last ?? 0, steps: planned },
      position,
      status,
      inspect:
        recordable && entry !== null && entry.step !== this.#step ? `Inspect step ${this.#step}` : null,
      log: this.#log,
    });
    this.#section.classList.toggle("open", view !== null && this.#open);
    this.#body.hidden = view === null || !this.#open;
    if (view === null) return;
    view.charts.move(this.#across, this.#step);
    const snapshots = view.run.snapshots.map(({ step }) => step);
    this.#slider.show({
      step: this.#step,
      last,
      snapshots,
      shown: entry?.step ?? null,
      words: `${position}, ${status}`,
    });
  }
}
