/** Steps of a run as traces in the graph. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Snapshot } from "@adjoint/nn";
import type { ProgramSettings } from "../../programs/programs.ts";
import type { Run } from "../../run-model.ts";
import type { App } from "../app.ts";
import type { Origin } from "../documents.ts";
import type { OpenAt } from "../session.ts";

/** A step of a run, recorded. */
export interface RecordedStep {
  readonly step: number;
  readonly trace: Trace;
}

/** Records steps and opens them: one after another, in the same layout, with step and chosen node kept. */
export class StepRecorder {
  readonly #app: App;
  #exact: RecordedStep | null = null;
  #opened: RecordedStep | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** The step that was recorded last by training to it; null for none. */
  get exact(): RecordedStep | null {
    return this.#exact;
  }

  /** The step that the graph shows; null where it shows nothing of the run. */
  get shown(): number | null {
    return this.#opened !== null && this.#app.session.shown.trace === this.#opened.trace
      ? this.#opened.step
      : null;
  }

  /** What was recorded belongs to another run. */
  forget(): void {
    this.#exact = null;
    this.#opened = null;
  }

  /** Trains to `step`, from a snapshot or from the beginning, records it and opens it. */
  async record(
    settings: ProgramSettings,
    step: number,
    from: Snapshot | null,
    origin: Origin,
    at: OpenAt,
  ): Promise<void> {
    const read = async (): Promise<Trace> => {
      this.#exact = { step, trace: await this.#ask(settings, step, from) };
      this.#opened = this.#exact;
      return this.#exact.trace;
    };
    await this.#app.documents.open(read, origin, at);
  }

  /** Opens what was recorded of `step`, or records its snapshot. */
  async open(settings: ProgramSettings, run: Run, step: number, origin: Origin): Promise<void> {
    const read = async (): Promise<Trace> => {
      this.#opened =
        this.#exact?.step === step
          ? this.#exact
          : { step, trace: await this.#ask(settings, step, await run.snapshot(step)) };
      return this.#opened.trace;
    };
    await this.#app.documents.open(read, origin, {});
  }

  /** Training begins with the parameters alone: gradients are made anew. */
  #ask(settings: ProgramSettings, step: number, from: Snapshot | null): Promise<Trace> {
    const start = from === null ? null : { ...from, gradients: null };
    return this.#app.engine.ask("recordAt", { settings, step, from: start });
  }
}
