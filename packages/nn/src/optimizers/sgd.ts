import { ArgumentError, checkOptions, full, type Tensor, zeros } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import { checkAtLeast, Optimizer } from "./optimizer.ts";

/** Settings of SGD; the names are PyTorch's in our spelling. */
export interface SGDOptions {
  /** Step size, at least 0. */
  readonly learningRate: number;
  /** How much of the last update is kept, at least 0. Default 0. */
  readonly momentum?: number;
  /** How much of the gradient does not enter the momentum. Default 0. */
  readonly dampening?: number;
  /** λ of the penalty ½λ‖w‖². Default 0. */
  readonly weightDecay?: number;
  /** Nesterov's look-ahead; needs momentum and no dampening. Default false. */
  readonly nesterov?: boolean;
  /** Climb instead of descend. Default false. */
  readonly maximize?: boolean;
}

/** The momentum of one parameter. */
interface Momentum {
  readonly velocity: Tensor;
  /** 1 at the first step, 1 − dampening after it, as PyTorch starts its buffer with the whole gradient. */
  readonly gain: Tensor<[]> | null;
}

/**
 * Stochastic gradient descent:
 *
 *     g ← ∇w + λ·w        v ← μ·v + (1 − τ)·g        w ← w − η·v        (Nesterov: w ← w − η·(g + μ·v))
 *
 * PyTorch's update step by step, where v starts as the first gradient whatever τ is.
 * Source: I. Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013.
 */
export class SGD extends Optimizer {
  readonly #momentum: number;
  readonly #dampening: number;
  readonly #weightDecay: number;
  readonly #nesterov: boolean;
  readonly #maximize: boolean;
  readonly #state: Map<Parameter, Momentum> = new Map();

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
    super("SGD", parameters, options.learningRate);
    this.#momentum = options.momentum ?? 0;
    this.#dampening = options.dampening ?? 0;
    this.#weightDecay = options.weightDecay ?? 0;
    this.#nesterov = options.nesterov ?? false;
    this.#maximize = options.maximize ?? false;
    checkAtLeast("SGD", "momentum", this.#momentum, 0);
    checkAtLeast("SGD", "dampening", this.#dampening, Number.NEGATIVE_INFINITY);
    checkAtLeast("SGD", "weightDecay", this.#weightDecay, 0);
    if (this.#nesterov && (this.#momentum <= 0 || this.#dampening !== 0)) {
      const what = `nesterov with momentum ${this.#momentum} and dampening ${this.#dampening}.`;
      throw new ArgumentError("SGD", "nesterov", what, "Nesterov needs momentum above 0 and dampening 0.");
    }
    if (this.#momentum === 0) return;
    for (const parameter of this.parameters) this.#state.set(parameter, this.#start(parameter));
  }

  override step(): void {
    for (const parameter of this.parameters) {
      if (parameter.grad === null) continue;
      const weight: Tensor = parameter.value;
      const direction = this.#direction(parameter, weight, parameter.grad.value);
      weight.assign(direction, { mode: "sub", scale: this.rate(weight.dtype), writer: "SGD.step" });
    }
  }

  protected override namedState(): (readonly [string, Tensor])[] {
    return this.parameters.flatMap((parameter, i): [string, Tensor][] => {
      const momentum = this.#state.get(parameter);
      if (momentum === undefined) return [];
      const { velocity, gain } = momentum;
      return [
        [`${i}.velocity`, velocity],
        ...(gain === null ? [] : [[`${i}.gain`, gain] as [string, Tensor]]),
      ];
    });
  }

  /** What is subtracted from the weight, before the learning rate. */
  #direction(parameter: Parameter, weight: Tensor, grad: Tensor): Tensor {
    const ascent = this.#maximize ? grad.neg() : grad;
    const g = this.#weightDecay === 0 ? ascent : ascent.add(weight.mul(this.#weightDecay));
    const momentum = this.#state.get(parameter);
    if (momentum === undefined) return g;
    const { velocity, gain } = momentum;
    // In place: a new array of the weight's size costs more than a pass over it.
    velocity.assign(this.#momentum, { mode: "mul", writer: "SGD.step" });
    velocity.assign(g, { mode: "add", writer: "SGD.step", ...(gain === null ? {} : { scale: gain }) });
    gain?.assign(1 - this.#dampening, { writer: "SGD.step" });
    return this.#nesterov ? g.add(velocity.mul(this.#momentum)) : velocity;
  }

  #start(parameter: Parameter): Momentum {
    const { shape, dtype } = parameter;
    return {
      velocity: zeros(shape, { dtype }),
      gain: this.#dampening === 0 ? null : full([], 1, { dtype }),
    };
  }
}
