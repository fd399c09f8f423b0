import { checkOptions, type Tensor, zeros } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { checkAtLeast, checkDecay, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Settings of RMSprop; the names are PyTorch's in our spelling. */
export interface RMSpropOptions extends OptimizerOptions {
  /** η, the step size, at least 0. Default 0.01. */
  readonly learningRate?: number;
  /** α, how much of the mean of squared gradients is kept, 0 ≤ α < 1. Default 0.99. */
  readonly alpha?: number;
  /** ε, added to the root in the divisor, at least 0. Default 1e-8. */
  readonly epsilon?: number;
  /** μ, how much of the last update is kept, at least 0. Default 0. */
  readonly momentum?: number;
  /** Divide by the deviation of gradients instead of their root mean square. Default false. */
  readonly centered?: boolean;
}

/** What is kept for a parameter. */
type State = {
  /** v */
  readonly secondMoment: Tensor;
  /** ḡ, if centered. */
  readonly firstMoment: Tensor | null;
  /** u, with momentum. */
  readonly velocity: Tensor | null;
};

/**
 * RMSprop: steps of the gradient over its root mean square, of late:
 *
 *     g ← ∇w + λ·w        v ← α·v + (1 − α)·g²        u ← μ·u + g / (√v + ε)        w ← w − η·u
 *
 * Centered, ḡ ← α·ḡ + (1 − α)·g, and the root is that of v − ḡ². PyTorch's update to rounding.
 *
 * Source: T. Tieleman, G. Hinton, Lecture 6.5 of Neural networks for machine learning, 2012; centered: A. Graves,
 * Generating sequences with recurrent neural networks, 2013.
 */
export class RMSprop extends Optimizer<State> {
  readonly #alpha: Hyperparameter;
  /** 1 − α */
  readonly #share: Hyperparameter;
  readonly #momentum: Hyperparameter;
  readonly #epsilon: number;

  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(parameters: Iterable<Parameter>, options: RMSpropOptions = {}) {
    checkOptions("RMSprop", options, [
      "learningRate",
      "alpha",
      "epsilon",
      "weightDecay",
      "momentum",
      "centered",
      "maximize",
    ]);
    const { learningRate = 0.01, alpha = 0.99, epsilon = 1e-8, momentum = 0, centered = false } = options;
    super("RMSprop", parameters, learningRate, options);
    checkDecay("RMSprop", "alpha", alpha);
    checkAtLeast("RMSprop", "epsilon", epsilon, 0);
    checkAtLeast("RMSprop", "momentum", momentum, 0);
    this.#alpha = this.hyperparameter(alpha);
    this.#share = this.hyperparameter(1 - alpha);
    this.#momentum = this.hyperparameter(momentum);
    this.#epsilon = epsilon;
    this.begin(({ shape, dtype }) => ({
      secondMoment: zeros(shape, { dtype }),
      firstMoment: centered ? zeros(shape, { dtype }) : null,
      velocity: momentum > 0 ? zeros(shape, { dtype }) : null,
    }));
  }

  /** μ; may be set between steps, as OneCycle does. Null for an RMSprop that was built with momentum 0. */
  override get momentum(): number | null {
    return this.#momentum.value === 0 ? null : this.#momentum.value;
  }

  override set momentum(value: number | null) {
    if (this.momentum === null || value === null) super.momentum = value;
    else {
      checkAtLeast("momentum", "momentum", value, Number.MIN_VALUE);
      this.#momentum.value = value;
    }
  }

  protected override update(weight: Tensor, g: Tensor, state: State): void {
    const { secondMoment, firstMoment, velocity } = state;
    const { dtype } = weight;
    const writer = "RMSprop.step";
    const [alpha, share] = [this.#alpha.in(dtype), this.#share.in(dtype)];
    secondMoment.assign(g.mul(g), { mode: "add", scale: share, decay: alpha, writer });
    firstMoment?.assign(g, { mode: "add", scale: share, decay: alpha, writer });
    const variance: Tensor =
      firstMoment === null ? secondMoment : secondMoment.sub(firstMoment.mul(firstMoment));
    const divisor: Tensor = variance.sqrt();
    divisor.assign(this.#epsilon, { mode: "add", writer });
    const direction: Tensor = g.div(divisor);
    velocity?.assign(direction, { mode: "add", decay: this.#momentum.in(dtype), writer });
    weight.assign(velocity ?? direction, { mode: "sub", scale: this.rate(dtype), writer });
  }
}
