/**
 * What is shown, compared with a trace that was kept: whenever one of the two is another, in slices of the page's own time.
 *
 * In a worker it would take longer: of 10,000 nodes the difference takes 0.3 s, and to send one such trace takes as much.
 */
import type { Trace, TracePass } from "@adjoint/autograd/graph";
import { differenceSteps, type Side, type TraceDifference } from "../difference.ts";
import { traceTitle } from "../trace-title.ts";
import type { Documents, Origin } from "./documents.ts";
import { inSlices } from "./in-slices.ts";
import { readTraceFile } from "./read-trace.ts";
import type { Session, Shown } from "./session.ts";
import { during } from "./work.ts";

/** The trace that is compared with. */
export interface Reference {
  readonly trace: Trace;
  /** The position of the pass whose adjoints are compared. */
  readonly pass: number;
  readonly title: string;
  /** Where it came from: after a swap it is what is shown. */
  readonly origin: Origin;
}

/** Two traces and what differs. */
export interface Compared {
  readonly reference: Reference;
  /** What was shown when it was computed. */
  readonly trace: Trace;
  readonly pass: number;
  readonly difference: TraceDifference;
}

/**
 * `off`: nothing is kept. `same`: what is shown is the reference itself. `busy`: it is computed. `failed`: it could
 * not be.
 */
export type ComparisonStage = "off" | "same" | "busy" | "done" | "failed";

/** Keeps a reference, and the difference to what the session shows. */
export class Comparison {
  readonly #session: Session;
  readonly #documents: Documents;
  readonly #listeners: Set<() => void> = new Set();
  #reference: Reference | null = null;
  #compared: Compared | null = null;
  #stage: ComparisonStage = "off";
  #message = "";
  #work: AbortController = new AbortController();

  constructor(session: Session, documents: Documents) {
    this.#session = session;
    this.#documents = documents;
    session.subscribe((shown, before) => {
      const same = shown.trace === before.trace && shown.pass === before.pass;
      if (!same && this.#reference !== null) this.#compare();
    });
  }

  get reference(): Reference | null {
    return this.#reference;
  }

  get stage(): ComparisonStage {
    return this.#stage;
  }

  /** Why the latest file could not be the reference, or why there is no difference; empty where all went well. */
  get message(): string {
    return this.#message;
  }

  /** The difference to what is shown; null unless the stage is `done`. */
  get compared(): Compared | null {
    return this.#stage === "done" ? this.#compared : null;
  }

  /** `listener` is called after each change, until `signal` is aborted. */
  follow(listener: () => void, signal?: AbortSignal): void {
    this.#listeners.add(listener);
    signal?.addEventListener("abort", () => this.#listeners.delete(listener));
  }

  /** Keeps what is shown as the reference. */
  keep(): void {
    this.#reference = this.#shown();
    this.#compare();
  }

  /** Takes a trace file as the reference. What cannot be read is said, and the reference before stays. */
  async open(file: File): Promise<void> {
    try {
      const trace = await during(readTraceFile(file));
      this.#reference = { trace, pass: 0, title: file.name, origin: { kind: "file" } };
      this.#compare();
    } catch (error) {
      this.#message = textOf(error);
      this.#tell();
    }
  }

  /** Shows the reference, and compares it with what is shown now. */
  swap(): void {
    const reference = this.#reference;
    if (reference === null) return;
    this.#reference = this.#shown();
    const { trace, pass, origin } = reference;
    void this.#documents.open(() => trace, origin, { pass, step: 0, node: null });
  }

  /** Compares no more. */
  stop(): void {
    this.#work.abort();
    this.#reference = null;
    this.#show("off");
  }

  #shown(): Reference {
    const { trace, pass } = this.#session.shown;
    return { trace, pass, title: traceTitle(trace), origin: this.#documents.origin };
  }

  #compare(): void {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    const reference = this.#reference;
    const { shown } = this.#session;
    if (reference === null) return;
    if (reference.trace === shown.trace && reference.pass === shown.pass) {
      void during(Promise.resolve().then(() => !work.signal.aborted && this.#show("same")));
      return;
    }
    this.#show("busy");
    void during(this.#subtract(reference, shown, work.signal));
  }

  async #subtract(reference: Reference, { trace, pass }: Shown, signal: AbortSignal): Promise<void> {
    // The others who hear of the trace come first: a mark set meanwhile would reach them before it.
    await Promise.resolve();
    if (signal.aborted) return;
    try {
      const steps = differenceSteps(sideOf(reference), sideOf({ trace, pass }));
      const difference = await inSlices(steps, signal);
      this.#compared = { reference, trace, pass, difference };
      this.#show("done");
    } catch (error) {
      if (signal.aborted) return;
      this.#show("failed");
      this.#message = textOf(error);
      this.#tell();
    }
  }

  #show(stage: ComparisonStage): void {
    this.#stage = stage;
    this.#message = "";
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sideOf({ trace, pass }: Pick<Reference, "trace" | "pass">): Side {
  return { trace, pass: passAt(trace, pass) };
}

/** A pass of a trace by its position; null where the trace has none. */
export function passAt(trace: Trace, position: number): TracePass | null {
  return trace.passes[position] ?? null;
}
