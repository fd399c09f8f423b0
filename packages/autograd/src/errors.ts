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
