/** The page's side of the engine: typed questions to the worker in which the library runs. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Answer, Question, Task } from "../engine/task.ts";
import { traceParts } from "../engine/trace-parts.ts";
import type { WorkerName } from "../engine/worker-names.ts";
import { breath } from "./breath.ts";
import { startWorker } from "./start-worker.ts";

type InputOf<T> = T extends Task<infer Input, infer _, infer _> ? Input : never;
type OutputOf<T> = T extends Task<infer _, infer Output, infer _> ? Output : never;
type ProgressOf<T> = T extends Task<infer _, infer _, infer Progress> ? Progress : never;

/** Settings of one question. */
export interface AskOptions<Progress> {
  /** The trace that the question is about; sent when the engine has not got it. */
  readonly trace?: Trace;
  readonly signal?: AbortSignal;
  progress?(value: Progress): void;
}

/** Who waits for an answer. */
interface Waiting {
  resolve(output: unknown): void;
  reject(error: unknown): void;
  progress(value: unknown): void;
}

/** A trace that the worker has, or that is on its way there. */
interface Sent {
  readonly id: number;
  /** Null once all of it is posted. */
  delivery: Promise<void> | null;
}

/** So many traces the worker keeps, those that were asked about last. */
const keptTraces = 2;

/** Milliseconds of sending before the page may do something else. */
const atOnce = 12;

/** An error of the engine, with the message and the name that it had there. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** One worker that answers `Tasks`, functions by name; it starts with the first question. */
export class Engine<Tasks> {
  readonly #name: WorkerName;
  readonly #waiting: Map<number, Waiting> = new Map();
  /** Those that were asked about last stand last. */
  readonly #sent: Map<Trace, Sent> = new Map();
  #worker: Worker | null = null;
  #asked = 0;

  /** @param name the worker that serves these tasks. */
  constructor(name: WorkerName) {
    this.#name = name;
  }

  /**
   * Asks for a task by name.
   *
   * @throws {EngineError} what the task threw; the signal's reason once it is aborted.
   */
  ask<N extends keyof Tasks & string>(
    name: N,
    input: InputOf<Tasks[N]>,
    options: AskOptions<ProgressOf<Tasks[N]>> = {},
  ): Promise<OutputOf<Tasks[N]>> {
    const { trace, signal, progress } = options;
    const id = ++this.#asked;
    const answered = new Promise<unknown>((resolve, reject) => {
      signal?.throwIfAborted();
      const heard = progress as ((value: unknown) => void) | undefined;
      this.#waiting.set(id, { resolve, reject, progress: (value) => heard?.(value) });
      this.#send(id, name, input, trace);
      signal?.addEventListener("abort", () => {
        if (!this.#waiting.delete(id)) return;
        this.#post({ kind: "cancel", id });
        reject(signal.reason);
      });
    });
    return answered as Promise<OutputOf<Tasks[N]>>;
  }

  /** Posts a question behind the trace that it is about; at once where the worker has it. */
  #send(id: number, name: string, input: unknown, trace: Trace | undefined): void {
    const sent = trace === undefined ? null : this.#deliver(trace);
    if (sent === null || sent.delivery === null) {
      this.#post({ kind: "ask", id, name, input, trace: sent?.id ?? null });
      return;
    }
    const again = (): void => {
      // Who asked may not wait any more, or the worker be lost.
      if (this.#waiting.has(id)) this.#send(id, name, input, trace);
    };
    sent.delivery.then(again).catch((error: unknown) => {
      this.#waiting.get(id)?.reject(error);
      this.#waiting.delete(id);
    });
  }

  /** Sees to it that the worker has `trace`; what nobody asked about for longest is forgotten. */
  #deliver(trace: Trace): Sent {
    const sent: Sent = this.#sent.get(trace) ?? { id: ++this.#asked, delivery: null };
    const isNew = !this.#sent.delete(trace);
    this.#sent.set(trace, sent);
    for (const [old, { id, delivery }] of [...this.#sent].slice(0, -keptTraces)) {
      if (delivery !== null) continue;
      this.#sent.delete(old);
      this.#post({ kind: "forget", trace: id });
    }
    if (isNew) this.#begin(trace, sent);
    return sent;
  }

  #begin(trace: Trace, sent: Sent): void {
    const parts = traceParts(trace);
    // A lost worker has forgotten all, and what is left of a trace is of no use to the next.
    const wanted = (): boolean => this.#sent.get(trace) === sent;
    const some = (): boolean => {
      for (const begun = performance.now(); performance.now() - begun < atOnce; ) {
        const part = parts.next();
        if (part.done || !wanted()) return true;
        this.#post({ kind: "trace", trace: sent.id, part: part.value });
      }
      return false;
    };
    if (some()) return;
    const rest = async (): Promise<void> => {
      do await breath();
      while (!some());
      sent.delivery = null;
    };
    sent.delivery = rest();
  }

  #post(question: Question): void {
    if (this.#worker === null) {
      this.#worker = startWorker(this.#name);
      if (this.#worker === null)
        throw new EngineError(
          "Error",
          "[viz] this browser starts no worker here, and the library runs in one.",
        );
      this.#worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
      this.#worker.onerror = (event) => this.#lose(event.message);
    }
    this.#worker.postMessage(question);
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if (answer.kind === "progress") {
      waiting.progress(answer.value);
      return;
    }
    this.#waiting.delete(answer.id);
    if (answer.kind === "done") waiting.resolve(answer.output);
    else waiting.reject(new EngineError(answer.name, answer.message));
  }

  /** The worker could not be started or has died: all who wait hear of it, and the next question starts another. */
  #lose(message: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#sent.clear();
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(new EngineError("Error", `[viz] the engine stopped: ${message}`));
  }
}
