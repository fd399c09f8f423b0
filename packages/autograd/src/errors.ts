/** The errors of automatic differentiation. */
import { AdjointError } from "@adjoint/tensor";

/** A backward pass that cannot be run as asked: what was differentiated, or with respect to what, does not allow it. */
export class GradientError extends AdjointError {}

/** A tensor that a backward pass needs was written after the forward pass saved it. */
export class SavedTensorError extends AdjointError {
  /** The storage's version when the tensor was saved, and now. */
  readonly savedVersion: number;
  readonly currentVersion: number;

  constructor(op: string, what: string, remedy: string, savedVersion: number, currentVersion: number) {
    super(op, what, remedy);
    this.savedVersion = savedVersion;
    this.currentVersion = currentVersion;
  }
}

/** A gradient that does not agree with finite differences. */
export class GradcheckError extends AdjointError {}

/** Why a trace cannot be run again. */
export type ReplayObstacle =
  /** An op that is not the library's, or that its attributes, cut short in the trace, do not describe. */
  | "op"
  /** A value that the trace does not hold. */
  | "data"
  /** A value with the hidden axes of vmap. */
  | "vmap"
  /** A value from before the recording, whose op is not in the trace. */
  | "earlier"
  /** A hook, which is not in the trace, changed an adjoint. */
  | "hook"
  /** The numbers are others than those in the trace. */
  | "numbers";

/** A trace that cannot be run again, or not with the same numbers. */
export class ReplayError extends AdjointError {
  readonly obstacle: ReplayObstacle;
  /** The id of the node where it shows. */
  readonly node: number;

  constructor(op: string, what: string, remedy: string, obstacle: ReplayObstacle, node: number) {
    super(op, what, remedy);
    this.obstacle = obstacle;
    this.node = node;
  }
}
