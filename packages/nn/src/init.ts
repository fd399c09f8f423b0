/**
 * Starting values of weights, written in place.
 *
 * Every function writes into a Parameter, Variable or Tensor, without a trace on the tape, and returns it. The formulas
 * are those of torch.nn.init. Fans are counted on a weight `[out, in, …]`: fanIn = in · Π…, fanOut = out · Π….
 */
import { tensorOf, type Value } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  DTypeError,
  defaultGenerator,
  type FloatDType,
  formatShape,
  isFloat,
  type RandomSource,
  ShapeMismatchError,
  type Tensor,
} from "@adjoint/tensor";

/** The interval that `uniform` draws from. */
export interface UniformInitOptions extends RandomSource {
  /** The smallest number that can come. Default 0. */
  readonly low?: number;
  /** Above all numbers that can come. Default 1. */
  readonly high?: number;
}

/** The distribution that `normal` draws from. */
export interface NormalInitOptions extends RandomSource {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation, at least 0. Default 1. */
  readonly std?: number;
}

/** Settings of the Xavier initialisations. */
export interface XavierOptions extends RandomSource {
  /** A factor on the standard deviation; see `calculateGain`. Default 1. */
  readonly gain?: number;
}

/** The activations that `calculateGain` knows. */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/** Settings of the Kaiming initialisations. */
export interface KaimingOptions extends RandomSource {
  /** The negative slope of the leaky ReLU that follows; used with `leakyRelu` only. Default 0. */
  readonly a?: number;
  /** Keep the variance of the forward pass (fanIn, default) or of the backward pass (fanOut). */
  readonly mode?: "fanIn" | "fanOut";
  /** The activation that follows. Default leakyRelu. */
  readonly nonlinearity?: Nonlinearity;
}

/**
 * By how much the activation that follows shrinks the spread of its input: linear and sigmoid 1, tanh 5/3, relu √2,
 * leakyRelu √(2 / (1 + slope²)), selu 3/4.
 *
 * @param slope of leakyRelu; 0.01 if not given. The others have none.
 * @throws {ArgumentError} if the activation is unknown or the slope not finite.
 * @example calculateGain("leakyRelu", 0.2)   // 1.386750
 */
export function calculateGain(nonlinearity: Nonlinearity, slope = 0.01): number {
  if (!Number.isFinite(slope)) {
    throw new ArgumentError("calculateGain", "slope", `slope is ${slope}.`, "Give a finite number.");
  }
  const gains: ReadonlyMap<string, number> = new Map([
    ["linear", 1],
    ["sigmoid", 1],
    ["tanh", 5 / 3],
    ["relu", Math.SQRT2],
    ["leakyRelu", Math.sqrt(2 / (1 + slope ** 2))],
    ["selu", 3 / 4],
  ]);
  const gain = gains.get(nonlinearity);
  if (gain !== undefined) return gain;
  const what = `nonlinearity is "${nonlinearity}".`;
  throw new ArgumentError("calculateGain", "nonlinearity", what, `Known: ${[...gains.keys()].join(", ")}.`);
}

/**
 * Fills `target` with `value`.
 *
 * @example constant(variable([1, 2]), 7)   // [7, 7]
 * @throws {DTypeError} if the target's dtype cannot hold it.
 */
export function constant<T extends Value>(target: T, value: number): T {
  tensorOf(target).assign(value, { writer: "constant" });
  return target;
}

/**
 * Fills `target` with numbers uniform on `[low, high)`.
 *
 * @throws {DTypeError} if the target is not floating-point (as all that follow).
 * @throws {ArgumentError} if low is above high, or high − low is not finite.
 */
export function uniform<T extends Value>(target: T, options: UniformInitOptions = {}): T {
  checkOptions("uniform", options, ["low", "high", "generator"]);
  return writeUniform("uniform", target, options.low ?? 0, options.high ?? 1, options);
}

/**
 * Fills `target` with normal numbers.
 *
 * @throws {ArgumentError} if mean is not finite, or std not finite or below 0.
 */
export function normal<T extends Value>(target: T, options: NormalInitOptions = {}): T {
  checkOptions("normal", options, ["mean", "std", "generator"]);
  return writeNormal("normal", target, options.mean ?? 0, options.std ?? 1, options);
}

/**
 * Uniform in ±gain·√(6 / (fanIn + fanOut)).
 *
 * Source: X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010.
 *
 * @throws {ShapeMismatchError} if the target has fewer than two axes (as all that follow).
 */
export function xavierUniform<T extends Value>(target: T, options: XavierOptions = {}): T {
  const bound = Math.sqrt(3) * xavierStd("xavierUniform", target, options);
  return writeUniform("xavierUniform", target, -bound, bound, options);
}

/** Normal with mean 0 and standard deviation gain·√(2 / (fanIn + fanOut)). Source: as xavierUniform. */
export function xavierNormal<T extends Value>(target: T, options: XavierOptions = {}): T {
  return writeNormal("xavierNormal", target, 0, xavierStd("xavierNormal", target, options), options);
}

/**
 * Uniform in ±gain·√(3 / fan), fan by `mode` and gain by `nonlinearity` and `a`.
 *
 * Source: K. He et al., Delving deep into rectifiers, ICCV 2015.
 *
 * @throws {ArgumentError} if the mode or the nonlinearity is unknown (as kaimingNormal).
 */
export function kaimingUniform<T extends Value>(target: T, options: KaimingOptions = {}): T {
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform", target, options);
  return writeUniform("kaimingUniform", target, -bound, bound, options);
}

/** Normal with mean 0 and standard deviation gain / √fan. Source: as kaimingUniform. */
export function kaimingNormal<T extends Value>(target: T, options: KaimingOptions = {}): T {
  return writeNormal("kaimingNormal", target, 0, kaimingStd("kaimingNormal", target, options), options);
}

function xavierStd(op: string, target: Value, options: XavierOptions): number {
  checkOptions(op, options, ["gain", "generator"]);
  const gain = options.gain ?? 1;
  if (!Number.isFinite(gain) || gain < 0) {
    const remedy = "Give a finite number of at least 0; calculateGain knows those of the activations.";
    throw new ArgumentError(op, "gain", `gain is ${gain}.`, remedy);
  }
  const { fanIn, fanOut } = fans(op, target);
  return fanIn + fanOut === 0 ? 0 : gain * Math.sqrt(2 / (fanIn + fanOut));
}

function kaimingStd(op: string, target: Value, options: KaimingOptions): number {
  checkOptions(op, options, ["a", "mode", "nonlinearity", "generator"]);
  const { a = 0, mode = "fanIn", nonlinearity = "leakyRelu" } = options;
  const known: readonly string[] = ["fanIn", "fanOut"];
  if (!known.includes(mode)) {
    throw new ArgumentError(op, "mode", `mode is "${mode}".`, "Give fanIn or fanOut.");
  }
  const fan = fans(op, target)[mode];
  const gain = calculateGain(nonlinearity, a);
  return fan === 0 ? 0 : gain / Math.sqrt(fan);
}

/** How many inputs an output of the layer has, and how many outputs an input. */
function fans(op: string, target: Value): { fanIn: number; fanOut: number } {
  const [outputs, inputs, ...field] = target.shape;
  if (outputs === undefined || inputs === undefined) {
    throw new ShapeMismatchError(
      op,
      `target is ${formatShape(target.shape)}, and fans are counted on a weight [out, in, …].`,
      "Give a weight of at least two axes; for a bias use uniform, normal or constant.",
      [target.shape],
    );
  }
  const positions = field.reduce((product, size) => product * size, 1);
  return { fanIn: inputs * positions, fanOut: outputs * positions };
}

function writeUniform<T extends Value>(
  op: string,
  target: T,
  low: number,
  high: number,
  { generator = defaultGenerator() }: RandomSource,
): T {
  const { shape, dtype } = floating(op, target);
  tensorOf(target).assign(generator.uniform(shape, { low, high, dtype }), { writer: op });
  return target;
}

function writeNormal<T extends Value>(
  op: string,
  target: T,
  mean: number,
  std: number,
  { generator = defaultGenerator() }: RandomSource,
): T {
  const { shape, dtype } = floating(op, target);
  tensorOf(target).assign(generator.normal(shape, { mean, std, dtype }), { writer: op });
  return target;
}

function floating(op: string, target: Value): { shape: Tensor["shape"]; dtype: FloatDType } {
  const { shape, dtype } = target;
  if (isFloat(dtype)) return { shape, dtype };
  const remedy = "Random weights are floating-point; make the target with dtype float32 or float64.";
  throw new DTypeError(op, `target is ${dtype}.`, remedy, dtype);
}
