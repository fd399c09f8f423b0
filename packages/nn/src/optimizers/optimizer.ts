/** What all optimizers share. */
import { ArgumentError, type DType, full, type Tensor } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import { loadInto, type StateDict } from "../state-dict.ts";
import { Hyperparameter } from "./hyperparameter.ts";

/** What an update rule keeps for a parameter, by name; null for what its settings do without. */
export type OptimizerState = Readonly<Record<string, Tensor | null>>;

/** Settings that all optimizers have. */
export interface OptimizerOptions {
  /** λ of the penalty ½λ‖w‖², whose gradient λ·w is added to the loss's; at least 0. Default 0. */
  readonly weightDecay?: number;
  /** Climb instead of descend. Default false. */
  readonly maximize?: boolean;
}

/**
 * An update rule over a list of parameters.
 *
 * A rule of one's own says what it keeps for a parameter by `begin`, at the end of its constructor, and what a step does
 * to one by `update`. It computes with tensors alone and writes with `assign`, so that a recorded step replays: counts and
 * corrections that change from step to step are tensors of the state.
 */
export abstract class Optimizer<State extends OptimizerState = OptimizerState> {
  readonly parameters: readonly Parameter[];
  /** Its class's name, for messages and as the writer of what it writes. */
  protected readonly op: string;
  readonly #learningRate: Hyperparameter;
  readonly #weightDecay: number;
  readonly #maximize: boolean;
  readonly #states: Map<Parameter, State> = new Map();

  /**
   * @throws {ArgumentError} if there is no parameter, one is named twice, or learningRate or weightDecay is not a number
   * of at least 0.
   */
  constructor(
    op: string,
    parameters: Iterable<Parameter>,
    learningRate: number,
    options: OptimizerOptions = {},
  ) {
    this.op = op;
    this.parameters = [...parameters];
    checkParameters(op, this.parameters);
    checkAtLeast(op, "learningRate", learningRate, 0);
    this.#weightDecay = options.weightDecay ?? 0;
    this.#maximize = options.maximize ?? false;
    checkAtLeast(op, "weightDecay", this.#weightDecay, 0);
    this.#learningRate = this.hyperparameter(learningRate);
  }

  /** The step size; may be set between steps, as schedules do. */
  get learningRate(): number {
    return this.#learningRate.value;
  }

  set learningRate(value: number) {
    checkAtLeast("learningRate", "learningRate", value, 0);
    this.#learningRate.value = value;
  }

  /** How much of the past an update keeps: momentum of SGD and RMSprop, beta1 of Adam; null without any. */
  get momentum(): number | null {
    return null;
  }

  set momentum(value: number | null) {
    throw new ArgumentError(
      "momentum",
      "momentum",
      `momentum is set to ${value}, and this ${this.op} keeps none.`,
      "Use SGD or RMSprop built with a momentum above 0, or Adam.",
    );
  }

  /** Updates every parameter that has a gradient. */
  step(): void {
    for (const parameter of this.parameters) {
      const state = this.#states.get(parameter);
      if (parameter.grad === null || state === undefined) continue;
      this.update(parameter.value, this.#descent(parameter.value, parameter.grad.value), state);
    }
  }

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
      ...this.#namedState(),
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
    const held = [["learningRate", learningRate] as const, ...this.#namedState()];
    loadInto(
      "optimizer",
      held.map(([name, tensor]) => ({ names: [name], tensor })),
      state,
    );
    this.learningRate = learningRate.item();
  }

  /**
   * One step of one parameter, in place.
   *
   * @param weight the parameter's value.
   * @param grad of what is minimised: weight decay and `maximize` are in it. It may be the parameter's own gradient, and
   * is not to be written.
   */
  protected abstract update(weight: Tensor, grad: Tensor, state: State): void;

  /** Makes the state of every parameter; now, outside any recording, so that a recorded step finds it. */
  protected begin(start: (parameter: Parameter) => State): void {
    for (const parameter of this.parameters) this.#states.set(parameter, start(parameter));
  }

  /** A number that may change between steps, ready in float64 and in the dtypes of all parameters. */
  protected hyperparameter(value: number): Hyperparameter {
    const made = new Hyperparameter(value);
    made.in("float64");
    for (const { dtype } of this.parameters) made.in(dtype);
    return made;
  }

  /** The learning rate as a tensor of `dtype`. */
  protected rate(dtype: DType): Tensor<[]> {
    return this.#learningRate.in(dtype);
  }

  /** ∇w, or −∇w to climb, plus λ·w. */
  #descent(weight: Tensor, grad: Tensor): Tensor {
    if (this.#weightDecay === 0) return this.#maximize ? grad.neg() : grad;
    const mode = this.#maximize ? "sub" : "add";
    return weight.mul(this.#weightDecay).assign(grad, { mode, writer: this.op });
  }

  #namedState(): [string, Tensor][] {
    return this.parameters.flatMap((parameter, i) =>
      Object.entries(this.#states.get(parameter) ?? {}).flatMap(([name, tensor]): [string, Tensor][] =>
        tensor === null ? [] : [[`${i}.${name}`, tensor]],
      ),
    );
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

/** Refuses a share of the past that is not 0 ≤ value < 1. @throws {ArgumentError} naming it. */
export function checkDecay(op: string, argument: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new ArgumentError(op, argument, `${argument} is ${value}.`, "Give a number from 0 to below 1.");
}
