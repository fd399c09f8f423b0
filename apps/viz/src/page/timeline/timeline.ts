/** The timeline: a dock below the graph in which a run is trained, drawn and scrubbed. */
import type { ProgramSettings } from "../../programs/programs.ts";
import type { Run, SnapshotEntry } from "../../run-model.ts";
import { type AxisScale, linearScale, logScale } from "../../timeline/axis-scale.ts";
import { programForRun } from "../../timeline/program-for-run.ts";
import { positionWords, statusWords, type TimelinePlace } from "../../timeline/timeline-words.ts";
import type { RunPlace } from "../address.ts";
import type { App } from "../app.ts";
import type { Origin } from "../documents.ts";
import { html } from "../dom.ts";
import { LiveRun } from "../live-run.ts";
import type { OpenAt } from "../session.ts";
import { during, nextFrame } from "../work.ts";
import { Coalesced } from "./coalesced.ts";
import { Playback } from "./playback.ts";
import { type RunProgram, RunView } from "./run-view.ts";
import { StepRecorder } from "./step-recorder.ts";
import { StepSlider } from "./step-slider.ts";
import { TimelineBar } from "./timeline-bar.ts";
import { trainRun } from "./trained-run.ts";
import type { ShownWeights } from "./weight-images.ts";

/** While a run goes on, it is drawn at most so often. Milliseconds. */
const drawEvery = 100;

/**
 * Moves that follow each other faster than `hurry` are of one sweep, in which the graph waits until the cursor has rested:
 * to open a trace takes several frames, which the sweep would stutter for. Milliseconds.
 */
const sweep = { hurry: 150, rest: 80 } as const;

/** The dock. */
export class Timeline {
  readonly #app: App;
  readonly #section: HTMLElement;
  readonly #bar: TimelineBar;
  readonly #slider: StepSlider = new StepSlider((step) => this.scrub(step));
  readonly #body: HTMLElement = html("div", { id: "timeline-body" });
  readonly #recorder: StepRecorder;
  readonly #playback: Playback;
  #view: RunView | null = null;
  #unsubscribe: () => void = () => undefined;
  #training: AbortController | null = null;
  #live: LiveRun | null = null;
  #open = true;
  #log: { readonly loss: boolean; readonly steps: boolean } = { loss: false, steps: false };
  #step = 1;
  /** The cursor stays at the run's latest step. */
  #atHead = true;
  #across: AxisScale = linearScale(1, 2);
  #movedAt = 0;
  #isSweeping = false;
  readonly #catchUp: Coalesced = new Coalesced(() => this.#showCursor());
  readonly #redraw: Coalesced = new Coalesced(() => this.#drawSoon());

  constructor(section: HTMLElement, app: App) {
    this.#section = section;
    this.#app = app;
    this.#recorder = new StepRecorder(app);
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
    const hasRun = (): boolean => this.#view !== null;
    app.commands.add(
      {
        title: "Train the program",
        enabled: () => this.#untrainable() === null && this.#training === null,
        run: () => this.#trainShown(this.#bar.steps),
      },
      { title: "Play the run", enabled: hasRun, run: () => this.#togglePlay() },
      { title: "Show or hide the timeline", enabled: hasRun, run: () => this.#fold() },
    );
    this.#render();
  }

  /** The weights whose images are shown. */
  get weights(): ShownWeights | null {
    return this.#view?.weights ?? null;
  }

  /**
   * Shows a run, in place of the one before.
   *
   * @param program the program whose steps these are, so that the graph can show them; null for none.
   */
  show(run: Run, program: RunProgram | null): void {
    this.#playback.stop();
    this.#unsubscribe();
    this.#view = new RunView(run, program, (place) => this.#slider.askPlace(place));
    this.#unsubscribe = run.subscribe(() => this.#redraw.ask());
    const { elements } = this.#view;
    this.#body.replaceChildren(this.#slider.element, ...elements);
    this.#body.classList.toggle("with-weights", elements.length > 1);
    this.#redraw.ask();
  }

  /** Moves the cursor. What is shown follows, as fast as it can, and stands in the end where the cursor is. */
  scrub(step: number): void {
    this.#playback.stop();
    this.#goTo(step);
  }

  /** Records a step exactly, by training to it from the nearest snapshot, and shows it. */
  async inspect(step: number, at: OpenAt = {}): Promise<void> {
    const view = this.#view;
    if (view?.program?.retrains !== true) return;
    const entry = view.run.nearest(step);
    const from = entry === null || entry.step > step ? null : await view.run.snapshot(entry.step);
    await this.#recorder.record(view.program.settings, step, from, originOf(view, step), at);
    this.#catchUp.ask();
  }

  /** Trains a program, and shows one step of it meanwhile and afterwards. */
  restore(settings: ProgramSettings, place: RunPlace, at: OpenAt): Promise<void> {
    this.#bar.steps = place.steps;
    this.#recorder.forget();
    this.#atHead = false;
    this.#step = place.at;
    const origin = { kind: "program", settings, run: place } as const;
    const recorded = this.#recorder.record(settings, place.at, null, origin, at);
    return during(Promise.all([recorded, this.#train(settings, place.steps)]).then(() => undefined));
  }

  /** Shows the run that the server follows, and whatever run takes its place. */
  follow(): void {
    this.#training?.abort();
    this.#live?.close();
    this.#app.documents.run();
    this.#live = new LiveRun({
      opened: (run) => {
        this.#recorder.forget();
        this.#atHead = true;
        const settings = programForRun(run.info);
        this.show(run, settings === null ? null : { settings, retrains: false });
      },
      problem: (message) => this.#app.problem(message),
    });
  }

  async #trainShown(steps: number): Promise<void> {
    const { origin } = this.#app.documents;
    if (origin.kind !== "program" || this.#untrainable() !== null) return;
    this.#recorder.forget();
    this.#atHead = true;
    await this.#train(origin.settings, steps);
  }

  /** Trains, and at the end inspects the last step, unless the cursor was moved elsewhere. */
  #train(settings: ProgramSettings, steps: number): Promise<void> {
    this.#live?.close();
    this.#training?.abort();
    const training = new AbortController();
    this.#training = training;
    this.#open = true;
    const begun = (run: Run): void => this.show(run, { settings, retrains: true });
    const work = async (): Promise<void> => {
      try {
        await trainRun(this.#app.engine, { settings, steps }, training.signal, begun);
      } catch (error) {
        this.#tell(error);
      }
      if (this.#training !== training) return;
      this.#training = null;
      await this.#settle();
    };
    return during(work());
  }

  /** Training is over. */
  async #settle(): Promise<void> {
    await this.#draw();
    const last = this.#view?.run.series.last ?? 0;
    if (last === 0) return;
    this.#app.speak(`Trained ${last} steps.`);
    if (!this.#atHead) {
      this.#catchUp.ask();
      return;
    }
    this.#goTo(last);
    await this.inspect(last);
  }

  /** Why the program that is shown cannot be trained; null if it can. */
  #untrainable(): string | null {
    const { origin } = this.#app.documents;
    if (origin.kind !== "program") return "Record a program of the page to train it here.";
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
    await this.#catchUp.settled;
    return true;
  }

  #fold(): void {
    this.#open = !this.#open;
    this.#render();
    if (this.#open) this.#redraw.ask();
  }

  #toggleScale(which: "loss" | "steps"): void {
    this.#log = { ...this.#log, [which]: !this.#log[which] };
    this.#redraw.ask();
  }

  #goTo(step: number): void {
    const view = this.#view;
    if (view === null) return;
    this.#step = Math.max(1, Math.min(step, view.last));
    const now = performance.now();
    this.#isSweeping = now - this.#movedAt < sweep.hurry;
    this.#movedAt = now;
    this.#atHead = this.#isRunning && this.#step >= view.run.series.last;
    this.#render();
    this.#catchUp.ask();
  }

  async #drawSoon(): Promise<void> {
    await nextFrame();
    await this.#draw();
    if (this.#isRunning) await pause(drawEvery);
  }

  get #isRunning(): boolean {
    const state = this.#view?.run.state;
    return state === "running" || state === "reconnecting";
  }

  async #draw(): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const { run, last } = view;
    const end = Math.max(last, this.#isRunning ? (run.info.plannedSteps ?? 0) + 1 : 2);
    this.#across = this.#log.steps ? logScale(1, end) : linearScale(1, end);
    if (this.#atHead && run.series.last > 0) this.#step = run.series.last;
    if (!this.#isRunning) this.#step = Math.min(this.#step, last);
    if (this.#open) {
      view.draw(this.#across, this.#log.loss ? "log" : "linear");
      this.#slider.draw(this.#across, stepsOf(run));
    }
    this.#render();
    await view.updateScale();
    this.#catchUp.ask();
  }

  /** Shows what belongs to the cursor: the weights before the next frame, the graph when the cursor has rested. */
  async #showCursor(): Promise<void> {
    const [step, view] = [this.#step, this.#view];
    const rests = (): boolean => this.#step === step && this.#view === view;
    if (view === null) return;
    try {
      await nextFrame();
      if (!rests()) return;
      if (this.#open) await view.showWeights(step, this.#recorder.exact);
      await (this.#isSweeping ? pause(sweep.rest) : nextFrame());
      if (rests()) await this.#openTrace(view, step);
    } catch (error) {
      this.#tell(error);
    }
    this.#render();
  }

  #tell(error: unknown): void {
    this.#app.problem(error instanceof Error ? error.message : String(error));
  }

  /** Opens the trace of the step that is shown, unless it is there or the run still goes on. */
  async #openTrace(view: RunView, step: number): Promise<void> {
    const { run, program } = view;
    // While the worker trains it has no time to record; a run of elsewhere leaves it idle.
    if (program === null || this.#training !== null) return;
    const target = this.#recorder.exact?.step === step ? step : run.nearest(step)?.step;
    if (target === undefined || this.#recorder.shown === target) return;
    await this.#recorder.open(program.settings, run, target, originOf(view, target));
  }

  /** The snapshot that stands for the cursor; null for a step that was recorded exactly, and before any. */
  #entry(): SnapshotEntry | null {
    return this.#recorder.exact?.step === this.#step ? null : (this.#view?.run.nearest(this.#step) ?? null);
  }

  /** Where all this stands. */
  #place(entry: SnapshotEntry | null): TimelinePlace {
    const { run = null, program = null } = this.#view ?? {};
    const planned = this.#isRunning ? (run?.info.plannedSteps ?? 0) : 0;
    // While a step is on its way, the graph is about to show it.
    const isAway = this.#recorder.shown === null && !this.#catchUp.isBusy;
    return {
      step: this.#step,
      total: Math.max(run?.series.last ?? 0, planned),
      isTraining: this.#training !== null,
      snapshot: entry?.step ?? null,
      graph: program === null ? "none" : isAway ? "else" : "run",
      elsewhere:
        run === null || program?.retrains === true ? null : { title: run.info.title, state: run.state },
    };
  }

  /** Everything that depends on the cursor and costs next to nothing. */
  #render(): void {
    const view = this.#view;
    const entry = this.#entry();
    const isOpen = view !== null && this.#open;
    const place = this.#place(entry);
    const [position, status] = [positionWords(place), statusWords(place)];
    const inspects =
      view?.program?.retrains === true && !this.#isRunning && entry !== null && entry.step !== this.#step;
    this.#bar.show({
      run: view !== null,
      open: this.#open,
      playing: this.#playback.playing,
      untrainable: this.#untrainable(),
      progress: this.#training === null ? null : { step: view?.run.series.last ?? 0, steps: place.total },
      position,
      status,
      inspect: inspects ? `Inspect step ${this.#step}` : null,
      log: this.#log,
    });
    this.#section.classList.toggle("open", isOpen);
    this.#body.hidden = !isOpen;
    if (view === null) return;
    view.move(this.#across, this.#step);
    this.#slider.show({
      step: this.#step,
      last: view.last,
      snapshots: stepsOf(view.run),
      shown: entry?.step ?? null,
      words: `${position}, ${status}`,
    });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function stepsOf(run: Run): number[] {
  return run.snapshots.map(({ step }) => step);
}

/** Where the trace of a step comes from, for the address. */
function originOf({ run, program }: RunView, step: number): Origin {
  if (program?.retrains !== true) return { kind: "run" };
  return { kind: "program", settings: program.settings, run: { steps: run.series.last, at: step } };
}
