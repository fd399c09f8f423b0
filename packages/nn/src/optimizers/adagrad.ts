import { checkOptions, full, type Tensor } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import { checkAtLeast, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Settings of Adagrad; the names are PyTorch's in our spelling. */
export interface AdagradOptions extends OptimizerOptions {
  /** η, the step size, at least 0. Default 0.01. */
  readonly learningRate?: number;
  /** κ: step t, from 1, is of size η / (1 + (t − 1)·κ); at least 0. Default 0. */
  readonly learningRateDecay?: number;
  /** What the sum of squares starts from, at least 0. Default 0. */
  readonly initialAccumulator?: number;
  /** ε, added to the root in the divisor, at least 0. Default 1e-10. */
  readonly epsilon?: number;
}

/** What is kept for a parameter. */
type State = {
  /** t, 0-d float64: how many updates there were. */
  readonly step: Tensor;
  /** s */
  readonly squares: Tensor;
};

/**
 * Adagrad: steps of the gradient over the root of the sum of all squares so far:
 *
 *     g ← ∇w + λ·w        s ← s + g²        w ← w − η / (1 + (t − 1)·κ) · g / (√s + ε)
 *
 * with t counting the updates of this parameter from 1. PyTorch's update to rounding.
 *
 * Source: J. Duchi, E. Hazan, Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization,
 * JMLR 12 (2011).
 */
export class Adagrad extends Optimizer<State> {
  readonly #decay: number;
  readonly #epsilon: number;

  /** @throws {ArgumentError} on a setting that is unknown or outside its range. */
  constructor(parameters: Iterable<Parameter>, options: AdagradOptions = {}) {
    checkOptions("Adagrad", options, [
      "learningRate",
      "learningRateDecay",
      "weightDecay",
      "initialAccumulator",
      "epsilon",
      "maximize",
    ]);
    const { learningRate = 0.01, learningRateDecay = 0, initialAccumulator = 0, epsilon = 1e-10 } = options;
    super("Adagrad", parameters, learningRate, options);
    checkAtLeast("Adagrad", "learningRateDecay", learningRateDecay, 0);
    checkAtLeast("Adagrad", "initialAccumulator", initialAccumulator, 0);
    checkAtLeast("Adagrad", "epsilon", epsilon, 0);
    this.#decay = learningRateDecay;
    this.#epsilon = epsilon;
    this.begin(({ shape, dtype }) => ({
      step: full([], 0, { dtype: "float64" }),
      squares: full(shape, initialAccumulator, { dtype }),
    }));
  }

  protected override update(weight: Tensor, g: Tensor, { step, squares }: State): void {
    const writer = "Adagrad.step";
    squares.assign(g.mul(g), { mode: "add", writer });
    const divisor: Tensor = squares.sqrt();
    divisor.assign(this.#epsilon, { mode: "add", writer });
    // Before the count goes up it is t − 1.
    const scale: Tensor = this.rate("float64").div((step as Tensor<[]>).mul(this.#decay).add(1));
    weight.assign(g.div(divisor), { mode: "sub", scale, writer });
    step.assign(1, { mode: "add", writer });
  }
}
