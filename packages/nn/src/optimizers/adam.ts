import type { Parameter } from "../parameter.ts";
import { type AdamOptions, AdaptiveMoments } from "./adaptive-moments.ts";

/**
 * Adam: steps of the mean gradient, over the root of the mean square of gradients:
 *
 *     g ← ∇w + λ·w        m ← β₁·m + (1 − β₁)·g        v ← β₂·v + (1 − β₂)·g²
 *     w ← w − η · m̂ / (√v̂ + ε)        m̂ = m / (1 − β₁ᵗ)        v̂ = v / (1 − β₂ᵗ)
 *
 * with t counting the updates of this parameter. PyTorch's update to rounding, also with amsgrad, which divides by the
 * largest v so far. For λ apart from the gradient's scale see AdamW.
 *
 * Source: D. P. Kingma, J. Ba, Adam: a method for stochastic optimization, ICLR 2015; S. J. Reddi, S. Kale, S. Kumar, On
 * the convergence of Adam and beyond, ICLR 2018 (amsgrad).
 *
 * @example new Adam([new Parameter(zeros([2]))]).learningRate   // 0.001
 */
export class Adam extends AdaptiveMoments {
  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(parameters: Iterable<Parameter>, options: AdamOptions = {}) {
    super("Adam", parameters, options, options.weightDecay ?? 0);
  }
}
