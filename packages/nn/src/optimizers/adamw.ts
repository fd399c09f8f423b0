import type { Tensor } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import { type AdamOptions, type AdamState, AdaptiveMoments } from "./adaptive-moments.ts";
import { checkAtLeast } from "./optimizer.ts";

/**
 * Adam with the weight decay taken out of the gradient: first w ← w − η·λ·w, then Adam's update without λ. PyTorch's
 * update to rounding; its default λ is 0.01.
 *
 * Source: I. Loshchilov, F. Hutter, Decoupled weight decay regularization, ICLR 2019.
 */
export class AdamW extends AdaptiveMoments {
  readonly #weightDecay: number;

  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(parameters: Iterable<Parameter>, options: AdamOptions = {}) {
    super("AdamW", parameters, options, 0);
    this.#weightDecay = options.weightDecay ?? 0.01;
    checkAtLeast("AdamW", "weightDecay", this.#weightDecay, 0);
  }

  protected override update(weight: Tensor, g: Tensor, state: AdamState): void {
    if (this.#weightDecay > 0) {
      const kept: Tensor = this.rate("float64").mul(-this.#weightDecay).add(1);
      weight.assign(kept, { mode: "mul", writer: "AdamW.step" });
    }
    super.update(weight, g, state);
  }
}
