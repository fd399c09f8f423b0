/** A button that starts a check, shows how far it has come, and can take it back. */
import type { CheckProgress } from "@adjoint/autograd/graph";
import { html } from "../dom.ts";
import { during } from "../work.ts";
import type { CheckOptions } from "./checks.ts";

/** What a run does. */
export interface CheckRunOptions {
  readonly title: string;
  /** What is counted: `entries`. */
  readonly unit: string;
  /** Aborted when nobody wants the result any more. */
  readonly signal: AbortSignal;
  /** Runs the check and shows its result. */
  run(options: CheckOptions): Promise<void>;
}

/** The button, and in its place while it runs the progress. */
export class CheckRun {
  readonly element: HTMLElement = html("div", { class: "check-run" });
  readonly #options: CheckRunOptions;
  readonly #button: HTMLButtonElement;
  readonly #problem: HTMLElement = html("p", { class: "check-problem", role: "alert" });
  #running: AbortController | null = null;

  constructor(options: CheckRunOptions) {
    this.#options = options;
    this.#button = html("button", { type: "button" }, options.title);
    this.#button.addEventListener("click", () => this.start());
    this.#problem.hidden = true;
    this.element.append(this.#button, this.#problem);
  }

  /** Runs the check, unless it is running. */
  start(): void {
    if (this.#running !== null) return;
    const running = new AbortController();
    this.#running = running;
    void during(this.#run(running));
  }

  async #run(running: AbortController): Promise<void> {
    const bar = html("progress", { max: 1, value: 0, "aria-label": this.#options.title });
    const words = html("span", { class: "check-count" });
    const cancel = html("button", { type: "button" }, "Cancel");
    cancel.addEventListener("click", () => running.abort());
    const focused = document.activeElement === this.#button;
    const signal = AbortSignal.any([running.signal, this.#options.signal]);
    const progress = ({ done, total }: CheckProgress): void => {
      bar.max = total;
      bar.value = done;
      words.textContent = `${done} of ${total} ${this.#options.unit}`;
    };
    this.#problem.hidden = true;
    this.element.replaceChildren(bar, words, cancel, this.#problem);
    if (focused) cancel.focus();
    try {
      await this.#options.run({ signal, progress });
    } catch (error) {
      if (!signal.aborted) {
        this.#problem.textContent = error instanceof Error ? error.message : String(error);
        this.#problem.hidden = false;
      }
    } finally {
      const back = this.element.contains(document.activeElement);
      this.#running = null;
      this.element.replaceChildren(this.#button, this.#problem);
      if (back) this.#button.focus();
    }
  }
}
