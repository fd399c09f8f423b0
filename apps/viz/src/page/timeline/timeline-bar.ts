/** The timeline's upper row: what can be done with a run, and where it stands. */
import { mostTrainedSteps } from "../../engine/train-limit.ts";
import { html } from "../dom.ts";

/** What the row asks for. */
export interface BarEvents {
  train(steps: number): void;
  stop(): void;
  play(): void;
  inspect(): void;
  toggle(): void;
  /** A scale is to be logarithmic, or no longer. */
  scale(which: "loss" | "steps"): void;
}

/** What the row shows. */
export interface BarState {
  /** There is a run. */
  readonly run: boolean;
  readonly open: boolean;
  readonly playing: boolean;
  /** Why the program that is shown cannot be trained; null if it can. */
  readonly untrainable: string | null;
  /** How far training has come; null while none goes on. */
  readonly progress: { readonly step: number; readonly steps: number } | null;
  readonly position: string;
  readonly status: string;
  /** The button that records a step exactly; null where that is of no use. */
  readonly inspect: string | null;
  readonly log: { readonly loss: boolean; readonly steps: boolean };
}

/** The row. */
export class TimelineBar {
  readonly element: HTMLElement = html("div", { class: "timeline-bar" });
  readonly #events: BarEvents;
  readonly #toggle: HTMLButtonElement = html("button", {
    type: "button",
    class: "fold-timeline",
    "aria-controls": "timeline-body",
  });
  readonly #play: HTMLButtonElement = html("button", { type: "button", class: "play" });
  readonly #position: HTMLElement = html("output", { class: "run-step", "aria-live": "off" });
  readonly #status: HTMLElement = html("p", { class: "run-status" });
  readonly #inspect: HTMLButtonElement = html("button", { type: "button", class: "inspect" });
  readonly #logLoss: HTMLButtonElement = html("button", { type: "button" }, "Log loss");
  readonly #logSteps: HTMLButtonElement = html("button", { type: "button" }, "Log steps");
  readonly #steps: HTMLInputElement = html("input", {
    type: "number",
    name: "train",
    min: 1,
    max: mostTrainedSteps,
    value: 300,
    required: true,
  });
  readonly #train: HTMLButtonElement = html("button", { type: "submit" });
  readonly #progress: HTMLProgressElement = html("progress", { "aria-label": "Training" });
  readonly #form: HTMLFormElement;
  #training = false;

  constructor(events: BarEvents) {
    this.#events = events;
    this.#form = html(
      "form",
      { class: "train", "aria-label": "Training" },
      this.#progress,
      html("label", {}, "Steps ", this.#steps),
      this.#train,
    );
    const scales = html(
      "div",
      { class: "scales", role: "group", "aria-label": "Axes" },
      this.#logLoss,
      this.#logSteps,
    );
    this.element.append(
      this.#toggle,
      this.#play,
      this.#position,
      this.#status,
      this.#inspect,
      html("span", { class: "space" }),
      scales,
      this.#form,
    );
    this.#wire(scales);
  }

  /** How many steps the field asks for; it can be set. */
  get steps(): number {
    return Number(this.#steps.value);
  }

  set steps(steps: number) {
    this.#steps.value = String(steps);
  }

  show(state: BarState): void {
    const { run, open, playing, untrainable, progress, position, status, inspect, log } = state;
    this.element.classList.toggle("quiet-row", !run);
    this.#toggle.disabled = !run;
    this.#toggle.textContent = "Timeline";
    this.#toggle.setAttribute("aria-expanded", String(run && open));
    for (const each of [this.#play, this.#position, this.#logLoss, this.#logSteps]) each.hidden = !run;
    for (const each of [this.#logLoss, this.#logSteps]) each.hidden = !run || !open;
    this.#play.textContent = playing ? "❚❚" : "▶";
    this.#play.setAttribute("aria-label", playing ? "Pause" : "Play the snapshots");
    this.#play.title = playing ? "Pause" : "Play: one snapshot after another";
    this.#position.textContent = position;
    this.#status.textContent = run
      ? status
      : (untrainable ?? "Train this program here, and look at any of its steps.");
    this.#inspect.hidden = inspect === null;
    this.#inspect.textContent = inspect ?? "";
    this.#logLoss.setAttribute("aria-pressed", String(log.loss));
    this.#logSteps.setAttribute("aria-pressed", String(log.steps));
    this.#training = progress !== null;
    this.#train.textContent = this.#training ? "Stop" : run ? "Train again" : "Train…";
    this.#train.disabled = !this.#training && untrainable !== null;
    this.#train.title = untrainable ?? "";
    this.#steps.disabled = this.#training || untrainable !== null;
    this.#progress.hidden = progress === null;
    this.#progress.max = progress?.steps ?? 1;
    this.#progress.value = progress?.step ?? 0;
  }

  #wire(scales: HTMLElement): void {
    const { play, inspect, toggle, scale, train, stop } = this.#events;
    this.#toggle.addEventListener("click", () => toggle());
    this.#play.addEventListener("click", () => play());
    this.#inspect.addEventListener("click", () => inspect());
    scales.addEventListener("click", ({ target }) => {
      if (target === this.#logLoss) scale("loss");
      if (target === this.#logSteps) scale("steps");
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#training) stop();
      else train(this.steps);
    });
  }
}
