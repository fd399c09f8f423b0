/** What all optimizers share. */
import { ArgumentError, type DType, full, type Tensor } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import { loadInto, type StateDict } from "../state-dict.ts";

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

  /** @throws {ArgumentError} if there is no parameter, one is named twice, or learningRate is not a number of at least 0. */
  constructor(op: string, parameters: Iterable<Parameter>, learningRate: number) {
    this.parameters = [...parameters];
    checkParameters(op, this.parameters);
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

  /**
   * What training needs to go on where it stopped: `learningRate` (0-d float64) and the state of each parameter by its
   * position, `0.velocity`. All but the learning rate are views: copy them to keep them from changing.
   */
  stateDict(): StateDict {
    return new Map([
      ["learningRate", full([], this.learningRate, { dtype: "float64" })],
      ...this.namedState(),
    ]);
  }

  /**
   * Goes on from a `stateDict` of an optimizer of the same kind over the same parameters. Nothing is written unless
   * everything fits.
   *
   * @throws {StateDictError} if a name is missing or unknown, or a shape differs.
   * @throws {ArgumentError} if its learning rate is not a number of at least 0.
   */
  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    const learningRate: Tensor = full([], 0, { dtype: "float64" });
    const saved = state.get("learningRate");
    if (saved?.size === 1) checkAtLeast("loadStateDict", "learningRate", saved.item(), 0);
    const held = [["learningRate", learningRate] as const, ...this.namedState()];
    loadInto(
      "optimizer",
      held.map(([name, tensor]) => ({ names: [name], tensor })),
      state,
    );
    this.learningRate = learningRate.item();
  }

  /** The tensors that the update rule keeps, by parameter position and name. */
  protected abstract namedState(): (readonly [string, Tensor])[];

  /** The learning rate as a tensor of `dtype`. */
  protected rate(dtype: DType): Tensor<[]> {
    return this.#learningRate.in(dtype);
  }
}

function checkParameters(op: string, parameters: readonly Parameter[]): void {
  if (parameters.length === 0) {
    throw new ArgumentError(op, "parameters", "there is nothing to optimize.", "Give model.parameters().");
  }
  const again = parameters.findIndex((parameter, i) => parameters.indexOf(parameter) !== i);
  if (again === -1) return;
  const what = `parameter ${again} is the same as parameter ${parameters.indexOf(parameters[again] as Parameter)}.`;
  throw new ArgumentError(op, "parameters", what, "Give each parameter once, as model.parameters() does.");
}

/** Refuses a setting below its least value. @throws {ArgumentError} naming it. */
export function checkAtLeast(op: string, argument: string, value: number, least: number): void {
  if (Number.isFinite(value) && value >= least) return;
  const remedy = `Give a finite number${least === Number.NEGATIVE_INFINITY ? "" : ` of at least ${least}`}.`;
  throw new ArgumentError(op, argument, `${argument} is ${value}.`, remedy);
}
