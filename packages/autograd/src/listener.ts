/**
 * Listening to the tape. The tape and the backward sweep tell what they do; the inspector, the anomaly mode and the
 * profiler are listeners, and the sweep knows none of them.
 */
import type { Tensor } from "@adjoint/tensor";
import type { Node } from "./node.ts";
import type { AnyOp } from "./op.ts";
import type { Value } from "./variable.ts";

/** One application of an op. */
export interface ForwardEvent {
  readonly op: AnyOp;
  readonly attributes: unknown;
  readonly inputs: readonly Value[];
  readonly output: Tensor;
  /** The node on the tape, or null where nothing is tracked. */
  readonly node: Node | null;
}

/**
 * What can be listened to; each method is optional. Values are to be read during the call: the sweep frees them.
 * While a listener is there, the sweep adds into no buffer in place, so that a kept value stays what it was.
 */
export interface Listener {
  /** An op is about to compute; what it applies meanwhile is heard too. */
  applying?(op: AnyOp): void;
  /** An op was applied. */
  forward?(event: ForwardEvent): void;
  /** An op threw instead of computing. */
  failed?(op: AnyOp): void;
  /** A backward pass begins, which is recorded itself if `createGraph`. Passes nest where a hook starts another. */
  sweep?(createGraph: boolean): void;
  /** The innermost backward pass that is under way ends, be it with an exception. */
  swept?(): void;
  /** A node's adjoint is complete (hooks have run), and its rules run next. A leaf gets this last of all. */
  node?(node: Node, adjoint: Value): void;
  /** The rule of input `input` of `node` is about to run. */
  rule?(node: Node, input: number): void;
  /** A rule gave `value` for input `input` of `node`; it goes to `target`. Already summed to the input's shape. */
  contribution?(node: Node, input: number, target: Node, value: Value): void;
  /** The running sum at `target` after a contribution. */
  accumulated?(target: Node, sum: Value): void;
  /** A named part of the program begins; see `scope`. */
  enter?(name: string, kind: string): void;
  /** The innermost named part that is under way ends, be it with an exception. */
  leave?(): void;
}

let listeners: readonly Listener[] = [];

/** The listeners that are there now; an empty list most of the time. */
export function activeListeners(): readonly Listener[] {
  return listeners;
}

/** Runs `body` while `listener` hears what ops and backward passes do. Scopes nest; all listeners hear everything. */
export function listen<R>(listener: Listener, body: () => R): R {
  const outer = listeners;
  listeners = [...outer, listener];
  try {
    return body();
  } finally {
    listeners = outer;
  }
}

/**
 * Runs `body` as a part of the program that listeners know by name. Costs a look at a list where nobody listens.
 *
 * @param name the whole name, as a module has it: `0`, `encoder.layers.2`; names are not joined where scopes nest.
 * @param kind what it is: the class of a module.
 * @example scope("loss", "CrossEntropyLoss", () => criterion.forward(logits, labels));
 */
export function scope<R>(name: string, kind: string, body: () => R): R {
  const heard = listeners;
  if (heard.length === 0) return body();
  for (const listener of heard) listener.enter?.(name, kind);
  try {
    return body();
  } finally {
    for (const listener of heard) listener.leave?.();
  }
}
