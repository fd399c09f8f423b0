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
  /** An op is about to compute. */
  applying?(op: AnyOp): void;
  /** An op was applied. */
  forward?(event: ForwardEvent): void;
  /** A node's adjoint is complete (hooks have run), and its rules run next. A leaf gets this last of all. */
  node?(node: Node, adjoint: Value): void;
  /** The rule of input `input` of `node` is about to run. */
  rule?(node: Node, input: number): void;
  /** A rule gave `value` for input `input` of `node`; it goes to `target`. Already summed to the input's shape. */
  contribution?(node: Node, input: number, target: Node, value: Value): void;
  /** The running sum at `target` after a contribution. */
  accumulated?(target: Node, sum: Value): void;
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
