import { ArgumentError, checkOptions, full, type Tensor, zeros } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { checkAtLeast, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Settings of SGD; the names are PyTorch's in our spelling. */
export interface SGDOptions extends OptimizerOptions {
  /** Step size, at least 0. */
  readonly learningRate: number;
  /** μ, how much of the last update is kept, at least 0. Default 0. */
  readonly momentum?: number;
  /** τ, how much of the gradient does not enter the momentum. Default 0. */
  readonly dampening?: number;
  /** Nesterov's look-ahead; needs momentum and no dampening. Default false. */
  readonly nesterov?: boolean;
}

/** What SGD keeps for a parameter: nothing without momentum. */
type State = {
  readonly velocity: Tensor | null;
  /** 1 at the first step, 1 − dampening after it, as PyTorch starts its buffer with the whole gradient. */
  readonly gain: Tensor | null;
};

/**
 * Stochastic gradient descent:
 *
 *     g ← ∇w + λ·w        v ← μ·v + (1 − τ)·g        w ← w − η·v        (Nesterov: w ← w − η·(g + μ·v))
 *
 * PyTorch's update step by step, where v starts as the first gradient whatever τ is.
 * Source: I. Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013.
 */
export class SGD extends Optimizer<State> {
  readonly #momentum: Hyperparameter;
  readonly #dampening: number;
  readonly #nesterov: boolean;

  /** @throws {ArgumentError} on a setting outside its range, or Nesterov without momentum or with dampening. */
  constructor(parameters: Iterable<Parameter>, options: SGDOptions) {
    checkOptions("SGD", options, [
      "learningRate",
      "momentum",
      "dampening",
      "weightDecay",
      "nesterov",
      "maximize",
    ]);
    super("SGD", parameters, options.learningRate, options);
    const { momentum = 0, dampening = 0, nesterov = false } = options;
    checkAtLeast("SGD", "momentum", momentum, 0);
    checkAtLeast("SGD", "dampening", dampening, Number.NEGATIVE_INFINITY);
    if (nesterov && (momentum <= 0 || dampening !== 0)) {
      const what = `nesterov with momentum ${momentum} and dampening ${dampening}.`;
      throw new ArgumentError("SGD", "nesterov", what, "Nesterov needs momentum above 0 and dampening 0.");
    }
    this.#momentum = this.hyperparameter(momentum);
    this.#dampening = dampening;
    this.#nesterov = nesterov;
    this.begin(({ shape, dtype }) => ({
      velocity: momentum === 0 ? null : zeros(shape, { dtype }),
      gain: momentum === 0 || dampening === 0 ? null : full([], 1, { dtype }),
    }));
  }

  /** μ; may be set between steps, as OneCycle does. Null for an SGD that was built with momentum 0. */
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

  protected override update(weight: Tensor, g: Tensor, { velocity, gain }: State): void {
    const writer = "SGD.step";
    const direction = velocity === null ? g : this.#pushed(velocity, gain, g);
    weight.assign(direction, { mode: "sub", scale: this.rate(weight.dtype), writer });
  }

  /** The velocity after a push of g, or what lies ahead of it. */
  #pushed(velocity: Tensor, gain: Tensor | null, g: Tensor): Tensor {
    const writer = "SGD.step";
    const momentum = this.#momentum.in(g.dtype);
    // In place: a new array of the weight's size costs more than a pass over it.
    const scale = gain === null ? {} : { scale: gain };
    velocity.assign(g, { mode: "add", ...scale, decay: momentum, writer });
    gain?.assign(1 - this.#dampening, { writer });
    return this.#nesterov ? g.copy().assign(velocity, { mode: "add", scale: momentum }) : velocity;
  }
}
