/** A task of the engine: what the page asks of the library, which runs in a worker. */
import type { Trace } from "@adjoint/autograd/graph";
import type { TracePart } from "./trace-parts.ts";

/** What a task has beside its input. */
export interface TaskContext<Progress> {
  /** Aborted when nobody waits for the answer any more. Heard only where the task awaits `breathe`. */
  readonly signal: AbortSignal;
  /** The trace that the question is about; it is sent once, however many questions follow. */
  readonly trace: Trace | null;
  /** Tells the page how far the task has come. */
  progress(value: Progress): void;
  /** Lets messages in. @throws the signal's reason once it is aborted. */
  breathe(): Promise<void>;
}

/** Input to output, with progress in between. */
export type Task<Input, Output, Progress = never> = (
  input: Input,
  context: TaskContext<Progress>,
) => Output | Promise<Output>;

/** From the page to the worker. */
export type Question =
  | {
      readonly kind: "ask";
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly trace: number | null;
    }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "trace"; readonly trace: number; readonly part: TracePart }
  | { readonly kind: "forget"; readonly trace: number };

/** From the worker to the page. */
export type Answer =
  | { readonly id: number; readonly kind: "done"; readonly output: unknown }
  | { readonly id: number; readonly kind: "progress"; readonly value: unknown }
  | { readonly id: number; readonly kind: "failed"; readonly name: string; readonly message: string };
