/** What BatchNorm1d and BatchNorm2d share. */
import {
  add,
  asVariable,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  tensorOf,
  type Value,
  type Variable,
} from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  type FloatDType,
  formatShape,
  full,
  ones,
  type Shape,
  ShapeMismatchError,
  type ShapeOf,
  sizeOf,
  type Tensor,
  zeros,
} from "@adjoint/tensor";
import { Module } from "../module.ts";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { Parameter } from "../parameter.ts";
import { checkWidths } from "./widths.ts";

/** Settings of BatchNorm1d and BatchNorm2d. */
export interface BatchNormOptions {
  /** ε, added to the variance, at least 0. Default 1e-5. */
  readonly epsilon?: number;
  /** How much of a batch enters the running statistics, 0 to 1; null for the mean over all batches. Default 0.1. */
  readonly momentum?: number | null;
  /** Scale and shift each channel by a weight and a bias that are trained. Default true. */
  readonly affine?: boolean;
  /** Keep running statistics and use them in evaluation. Default true; without, the batch's are used there too. */
  readonly trackRunningStats?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/** The names of the running statistics in PyTorch. */
const stateNames: ReadonlyMap<string, string> = new Map([
  ["runningMean", "running_mean"],
  ["runningVar", "running_var"],
  ["numBatchesTracked", "num_batches_tracked"],
]);

/** A channel's statistics in a batch, with 1 in the place of the other axes: `[1, c, 1, …]`. */
interface Statistics {
  /** x − mean */
  readonly centered: Value;
  readonly variance: Value;
}

/** Normalisation of each channel (axis 1) over all other axes. */
export abstract class BatchNorm extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  /** γ `[c]`, from 1; null without affine. */
  readonly weight: Parameter<[number]> | null;
  /** β `[c]`, from 0; null without affine. */
  readonly bias: Parameter<[number]> | null;
  /** `[c]`, from 0; null without running statistics. In `stateDict` it is `running_mean`. */
  readonly runningMean: Tensor<[number]> | null;
  /** `[c]`, from 1: of unbiased variances. In `stateDict` it is `running_var`. */
  readonly runningVar: Tensor<[number]> | null;
  /** `[]`, int32: how many batches the running statistics have seen. In `stateDict` it is `num_batches_tracked`. */
  readonly numBatchesTracked: Tensor<[]> | null;
  readonly numFeatures: number;
  readonly #op: string;
  readonly #ranks: readonly number[];
  readonly #epsilon: number;
  readonly #momentum: number | null;

  /**
   * @param op the class's name, for messages.
   * @param ranks which an input may have.
   * @throws {ArgumentError} on a setting that is unknown or outside its range.
   */
  constructor(op: string, ranks: readonly number[], numFeatures: number, options: BatchNormOptions) {
    super();
    checkOptions(op, options, ["epsilon", "momentum", "affine", "trackRunningStats", "dtype"]);
    checkWidths(op, { numFeatures });
    const { epsilon = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options;
    checkAtLeast(op, "epsilon", epsilon, 0);
    if (momentum !== null && !(momentum >= 0 && momentum <= 1)) {
      const remedy = "Give a share from 0 to 1, or null for the mean over all batches.";
      throw new ArgumentError(op, "momentum", `momentum is ${momentum}.`, remedy);
    }
    const dtype = { dtype: options.dtype ?? "float32" };
    this.weight = affine ? new Parameter<[number]>(ones([numFeatures], dtype)) : null;
    this.bias = affine ? new Parameter<[number]>(zeros([numFeatures], dtype)) : null;
    this.runningMean = trackRunningStats ? zeros([numFeatures], dtype) : null;
    this.runningVar = trackRunningStats ? ones([numFeatures], dtype) : null;
    this.numBatchesTracked = trackRunningStats ? zeros([], { dtype: "int32" }) : null;
    this.numFeatures = numFeatures;
    this.#op = op;
    this.#ranks = ranks;
    this.#epsilon = epsilon;
    this.#momentum = momentum;
  }

  override stateName(property: string): string {
    return stateNames.get(property) ?? property;
  }

  /**
   * In training, or without running statistics, by the batch's mean and biased variance, which enter the running
   * statistics; else by those.
   *
   * @throws {ShapeMismatchError} if the input has another rank or number of channels, or a channel has one value only
   * where its own variance is asked for.
   */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    this.#check(x);
    const { centered, variance } = this.#statistics(x);
    const spread: Value = rsqrt(add(variance, this.#epsilon));
    const scale: Value = this.weight === null ? spread : mul(this.#along(this.weight, x), spread);
    const scaled: Value = mul(centered, scale);
    const y = this.bias === null ? scaled : add(scaled, this.#along(this.bias, x));
    return asVariable(y) as Variable<ShapeOf<X>>;
  }

  #statistics(x: Value): Statistics {
    const { runningMean, runningVar } = this;
    if (!this.training && runningMean !== null && runningVar !== null) {
      return { centered: sub(x, this.#along(runningMean, x)), variance: this.#along(runningVar, x) };
    }
    const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
    const count = sizeOf(axes.map((axis) => x.shape[axis] ?? 1));
    if (count === 1) throw this.#lonely(x);
    const average: Value = mean(x, axes, { keepDims: true });
    const centered: Value = sub(x, average);
    const variance: Value = mean(square(centered), axes, { keepDims: true });
    if (this.training && count > 0) this.#track(tensorOf(average), tensorOf(variance), count);
    return { centered, variance };
  }

  /** r ← (1 − f)·r + f·statistic, in place and by tensors alone, so that a recorded step does it at each run. */
  #track(average: Tensor, variance: Tensor, count: number): void {
    const { runningMean, runningVar, numBatchesTracked } = this;
    if (runningMean === null || runningVar === null || numBatchesTracked === null) return;
    const writer = this.#op;
    numBatchesTracked.assign(1, { mode: "add", writer });
    const one: Tensor = full([], 1, { dtype: "float64" });
    const share: Tensor =
      this.#momentum === null ? one.div(numBatchesTracked.cast("float64")) : one.mul(this.#momentum);
    const kept: Tensor = one.sub(share);
    const flat = [this.numFeatures] as const;
    runningMean.assign(average.reshape(flat), { mode: "add", scale: share, decay: kept, writer });
    const unbiased: Tensor = share.mul(count / (count - 1));
    runningVar.assign(variance.reshape(flat), { mode: "add", scale: unbiased, decay: kept, writer });
  }

  /** `[c]` → `[1, c, 1, …]`, to meet x. */
  #along(channels: Value, x: Value): Value {
    return reshape(channels, x.shape.map((_, axis) => (axis === 1 ? this.numFeatures : 1)) as Shape);
  }

  #check(x: Value): void {
    if (this.#ranks.includes(x.rank) && x.shape[1] === this.numFeatures) return;
    const layouts = this.#ranks.map((rank) => ["[n, c]", "[n, c, length]", "[n, c, h, w]"][rank - 2]);
    const axis = x.rank > 1 ? ` (axis 1 = ${x.shape[1]})` : "";
    throw new ShapeMismatchError(
      this.#op,
      `expected ${layouts.join(" or ")} with c = ${this.numFeatures}: input is ${formatShape(x.shape)}${axis}.`,
      "Channels come after the batch; make the layer for as many as its input has.",
      [x.shape],
    );
  }

  #lonely(x: Value): ShapeMismatchError {
    return new ShapeMismatchError(
      this.#op,
      `input is ${formatShape(x.shape)}: one value a channel, which has no variance.`,
      "Train with a larger batch, or call eval() to use the running statistics.",
      [x.shape],
    );
  }
}
