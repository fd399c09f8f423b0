/** What all optimizers share. */
import { ArgumentError, type DType, full, type Tensor } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";

/**
 * A number that a program may change from step to step, held in tensors.
 *
 * The update reads it from a 0-d tensor of the parameter's dtype, so that a recorded step finds it as state to be read
 * at each run and never as a constant of the program.
 */
export class Hyperparameter {
  #value: number;
  readonly #tensors: Map<DType, Tensor<[]>> = new Map();

  constructor(value: number) {
    this.#value = value;
  }

  get value(): number {
    return this.#value;
  }

  set value(value: number) {
    this.#value = value;
    for (const tensor of this.#tensors.values()) tensor.assign(value, { writer: "hyperparameter" });
  }

  /** The number as a 0-d tensor of `dtype`; the same tensor each time. */
  in(dtype: DType): Tensor<[]> {
    const known = this.#tensors.get(dtype);
    if (known !== undefined) return known;
    const tensor: Tensor<[]> = full([], this.#value, { dtype });
    this.#tensors.set(dtype, tensor);
    return tensor;
  }
}

/** An update rule over a list of parameters. */
export abstract class Optimizer {
  readonly parameters: readonly Parameter[];
  readonly #learningRate: Hyperparameter;

  /** @throws {ArgumentError} if there is no parameter, or learningRate is not a number of at least 0. */
  constructor(op: string, parameters: Iterable<Parameter>, learningRate: number) {
    this.parameters = [...parameters];
    if (this.parameters.length === 0) {
      throw new ArgumentError(op, "parameters", "there is nothing to optimize.", "Give model.parameters().");
    }
    checkAtLeast(op, "learningRate", learningRate, 0);
    this.#learningRate = new Hyperparameter(learningRate);
    // Made now, outside any recording, so that a recorded step finds it.
    for (const parameter of this.parameters) this.#learningRate.in(parameter.dtype);
  }

  /** The step size; may be set between steps, as schedules do. */
  get learningRate(): number {
    return this.#learningRate.value;
  }

  set learningRate(value: number) {
    checkAtLeast("learningRate", "learningRate", value, 0);
    this.#learningRate.value = value;
  }

  /** Updates every parameter that has a gradient. */
  abstract step(): void;

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters) parameter.zeroGrad();
  }

  /** The learning rate as a tensor of `dtype`. */
  protected rate(dtype: DType): Tensor<[]> {
    return this.#learningRate.in(dtype);
  }
}

/** Refuses a setting below its least value. @throws {ArgumentError} naming it. */
export function checkAtLeast(op: string, argument: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  throw new ArgumentError(
    op,
    argument,
    `${argument} is ${value}.`,
    `Give a finite number of at least ${least}.`,
  );
}
