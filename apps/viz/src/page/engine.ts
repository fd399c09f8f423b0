/** The page's side of the engine: typed questions to the worker in which the library runs. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Answer, Question, Task } from "../engine/task.ts";
import type { Tasks } from "../engine/tasks.ts";
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

/** An error of the engine, with the message and the name that it had there. */
export class EngineError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** One worker with the library; it starts with the first question. */
export class Engine {
  readonly #waiting: Map<number, Waiting> = new Map();
  /** The traces that the worker has, the latest last. */
  #sent: readonly Trace[] = [];
  #traceIds: WeakMap<Trace, number> = new WeakMap();
  #worker: Worker | null = null;
  #asked = 0;

  /**
   * Asks for a task by name.
   *
   * @throws {EngineError} what the task threw; the signal's reason once it is aborted.
   */
  ask<N extends keyof Tasks>(
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
      this.#post({ kind: "ask", id, name, input, trace: trace === undefined ? null : this.#idOf(trace) });
      signal?.addEventListener("abort", () => {
        if (!this.#waiting.delete(id)) return;
        this.#post({ kind: "cancel", id });
        reject(signal.reason);
      });
    });
    return answered as Promise<OutputOf<Tasks[N]>>;
  }

  /** The number by which the worker knows `trace`, which is sent if it is new there. */
  #idOf(trace: Trace): number {
    const id = this.#traceIds.get(trace) ?? ++this.#asked;
    this.#traceIds.set(trace, id);
    if (!this.#sent.includes(trace)) {
      this.#post({ kind: "trace", trace: id, body: trace });
      this.#sent = [...this.#sent, trace].slice(-2);
    }
    return id;
  }

  #post(question: Question): void {
    if (this.#worker === null) {
      this.#worker = startWorker("engine-worker");
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
    this.#sent = [];
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of all) reject(new EngineError("Error", `[viz] the engine stopped: ${message}`));
  }
}
