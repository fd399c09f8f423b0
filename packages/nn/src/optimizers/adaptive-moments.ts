/** What Adam and AdamW share. */
import { checkOptions, full, type Tensor, zeros } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { checkAtLeast, checkDecay, Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Settings of Adam and AdamW; the names are PyTorch's in our spelling. */
export interface AdamOptions extends OptimizerOptions {
  /** η, the step size, at least 0. Default 1e-3. */
  readonly learningRate?: number;
  /** β₁, how much of the mean of gradients is kept, 0 ≤ β₁ < 1. Default 0.9. */
  readonly beta1?: number;
  /** β₂, how much of the mean of squared gradients is kept, 0 ≤ β₂ < 1. Default 0.999. */
  readonly beta2?: number;
  /** ε, added to the root in the divisor, at least 0. Default 1e-8. */
  readonly epsilon?: number;
  /** Divide by the largest v̂ so far instead of the last. Default false. */
  readonly amsgrad?: boolean;
}

/** What is kept for a parameter. */
export type AdamState = {
  /** t, 0-d float64: how many updates there were. */
  readonly step: Tensor;
  /** m */
  readonly firstMoment: Tensor;
  /** v */
  readonly secondMoment: Tensor;
  /** The largest v so far, with amsgrad. */
  readonly largestMoment: Tensor | null;
};

/**
 * m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²,   w ← w − η·m̂ / (√v̂ + ε),   m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ).
 *
 * With c₁ = 1 − β₁ᵗ and c₂ = √(1 − β₂ᵗ), numbers, it is computed as w − (η·c₂/c₁) · m / (√v + ε·c₂): the corrections
 * cost no pass over the parameter.
 */
export abstract class AdaptiveMoments extends Optimizer<AdamState> {
  readonly #beta1: Hyperparameter;
  /** 1 − β₁ */
  readonly #share1: Hyperparameter;
  readonly #beta2: Hyperparameter;
  readonly #share2: Hyperparameter;
  readonly #epsilon: number;

  constructor(op: string, parameters: Iterable<Parameter>, options: AdamOptions, penalty: number) {
    checkOptions(op, options, [
      "learningRate",
      "beta1",
      "beta2",
      "epsilon",
      "weightDecay",
      "amsgrad",
      "maximize",
    ]);
    const { learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false } = options;
    super(op, parameters, learningRate, { weightDecay: penalty, maximize: options.maximize ?? false });
    checkDecay(op, "beta1", beta1);
    checkDecay(op, "beta2", beta2);
    checkAtLeast(op, "epsilon", epsilon, 0);
    this.#beta1 = this.hyperparameter(beta1);
    this.#share1 = this.hyperparameter(1 - beta1);
    this.#beta2 = this.hyperparameter(beta2);
    this.#share2 = this.hyperparameter(1 - beta2);
    this.#epsilon = epsilon;
    this.begin(({ shape, dtype }) => ({
      step: full([], 0, { dtype: "float64" }),
      firstMoment: zeros(shape, { dtype }),
      secondMoment: zeros(shape, { dtype }),
      largestMoment: amsgrad ? zeros(shape, { dtype }) : null,
    }));
  }

  /** β₁; may be set between steps, as OneCycle does. */
  override get momentum(): number {
    return this.#beta1.value;
  }

  override set momentum(value: number) {
    checkDecay("momentum", "beta1", value);
    this.#beta1.value = value;
    this.#share1.value = 1 - value;
  }

  protected override update(weight: Tensor, g: Tensor, state: AdamState): void {
    const { step, firstMoment, secondMoment, largestMoment } = state;
    const { dtype } = weight;
    const writer = `${this.op}.step`;
    step.assign(1, { mode: "add", writer });
    const [beta1, share1] = [this.#beta1.in(dtype), this.#share1.in(dtype)];
    const [beta2, share2] = [this.#beta2.in(dtype), this.#share2.in(dtype)];
    firstMoment.assign(g, { mode: "add", scale: share1, decay: beta1, writer });
    secondMoment.assign(g.mul(g), { mode: "add", scale: share2, decay: beta2, writer });
    largestMoment?.assign(largestMoment.maximum(secondMoment), { writer });
    const correction1 = biasCorrection(this.#beta1, step);
    const correction2: Tensor = biasCorrection(this.#beta2, step).sqrt();
    const divisor: Tensor = (largestMoment ?? secondMoment).sqrt();
    divisor.assign(correction2.mul(this.#epsilon), { mode: "add", writer });
    const scale: Tensor = this.rate("float64").mul(correction2).div(correction1);
    weight.assign(firstMoment.div(divisor), { mode: "sub", scale, writer });
  }
}

/** 1 − βᵗ, 0-d float64. */
function biasCorrection(beta: Hyperparameter, step: Tensor): Tensor {
  const power: Tensor = (beta.in("float64") as Tensor).pow(step);
  return power.neg().add(1);
}
