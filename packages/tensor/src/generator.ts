/**
 * A seeded, counter-based generator, and the distributions made from its bits.
 *
 * Everything but `permutation` is composed of tensor operations on the randomBits primitive, so a backend that records
 * sees it all; and of operations that IEEE 754 fixes to the last bit (no Math.log, no Math.cos): the same seed gives
 * the same numbers on every machine.
 */
import { currentBackend } from "./backend.ts";
import { fromStorage, tensor, zeros } from "./create.ts";
import { type FloatDType, isFloat } from "./dtype.ts";
import { ArgumentError, checkOptions, DTypeError } from "./errors.ts";
import { concat } from "./indexing.ts";
import { checkShape, sizeOf } from "./shape.ts";
import type { Mutable, Shape } from "./shape-types.ts";
import type { Tensor } from "./tensor.ts";

/** Settings of a uniform distribution. */
export interface UniformOptions<D extends FloatDType = FloatDType> {
  /** The smallest number that can come. Default 0. */
  readonly low?: number;
  /** Above all numbers that can come. Default 1. */
  readonly high?: number;
  /** Default float32. */
  readonly dtype?: D;
}

/** Settings of a normal distribution. */
export interface NormalOptions<D extends FloatDType = FloatDType> {
  /** Default 0. */
  readonly mean?: number;
  /** Standard deviation, at least 0. Default 1. */
  readonly std?: number;
  /** Default float32. */
  readonly dtype?: D;
}

/**
 * A stream of random numbers that its seed decides: Philox4x32-10 with the seed as key, counting from 0.
 *
 * The state is a tensor, which drawing writes to. Philox gives 2¹³⁰ words before it repeats.
 *
 * @example new Generator(1).uniform([2, 3]) // the same six numbers everywhere
 */
export class Generator {
  /** int32 `[key0, key1, counter0, counter1, counter2, counter3]`; key0 and counter0 are the lowest words. */
  readonly state: Tensor<[6], "int32">;
  #seed: number | null;

  /** @throws {ArgumentError} if seed is not a whole number from 0 to 2⁵³ − 1. */
  constructor(seed: number) {
    this.state = stateOf(seed);
    this.#seed = seed;
  }

  /** The seed last set; null for a fork, whose key was drawn. */
  get seed(): number | null {
    return this.#seed;
  }

  /** Starts the stream of a seed from its beginning. @throws {ArgumentError} as the constructor. */
  set seed(seed: number) {
    this.state.assign(stateOf(seed), { writer: "seed" });
    this.#seed = seed;
  }

  /** A generator that is independent of this one: its key is the next two words of this stream. */
  fork(): Generator {
    const child = new Generator(0);
    child.state.assign(concat([this.bits([2]), zeros([4], { dtype: "int32" })]), { writer: "fork" });
    child.#seed = null;
    return child;
  }

  /** Random 32-bit words. @throws {ShapeMismatchError} if `shape` is no shape (as all that follow). */
  bits<const S extends Shape>(shape: S): Tensor<Mutable<S>, "int32"> {
    checkShape("bits", shape);
    const words = currentBackend().randomBits(this.state, sizeOf(shape));
    return fromStorage(words, [...shape]) as Tensor<Shape> as Tensor<Mutable<S>, "int32">;
  }

  /**
   * Uniform on `[low, high)`: a multiple of 2⁻²⁴ (float64: 2⁻⁵³) stretched to the interval. The bounds are rounded to
   * the dtype first; where they are equal, all numbers are low.
   *
   * @throws {ArgumentError} if low is above high, or high − low is not finite in the dtype.
   * @throws {DTypeError} if the dtype is not floating-point.
   */
  uniform<const S extends Shape, D extends FloatDType = "float32">(
    shape: S,
    options: UniformOptions<D> = {},
  ): Tensor<Mutable<S>, D> {
    checkOptions("uniform", options, ["low", "high", "dtype"]);
    const single = checkFloat("uniform", options.dtype ?? "float32") === "float32";
    const [low, high] = [options.low ?? 0, options.high ?? 1].map(single ? Math.fround : Number) as [
      number,
      number,
    ];
    const span = single ? Math.fround(high - low) : high - low;
    if (!Number.isFinite(span) || span < 0) {
      const what = `low is ${options.low ?? 0}, high is ${options.high ?? 1}.`;
      throw new ArgumentError("uniform", "low", what, "Give finite bounds, low not above high.");
    }
    return stretch(single ? this.#unit32(shape) : this.#unit64(shape), low, high) as Tensor<Mutable<S>, D>;
  }

  /**
   * Normal: mean + std · Φ⁻¹((i + ½) · 2⁻⁵²) for a random 52-bit i, computed in float64 and rounded once.
   * No number lies further than 8.3 standard deviations out.
   *
   * @throws {ArgumentError} if mean is not finite, or std not finite or below 0.
   * @throws {DTypeError} if the dtype is not floating-point.
   */
  normal<const S extends Shape, D extends FloatDType = "float32">(
    shape: S,
    options: NormalOptions<D> = {},
  ): Tensor<Mutable<S>, D> {
    checkOptions("normal", options, ["mean", "std", "dtype"]);
    const { mean = 0, std = 1 } = options;
    const dtype = checkFloat("normal", options.dtype ?? "float32");
    if (!Number.isFinite(mean) || !Number.isFinite(std) || std < 0) {
      const remedy = "Give a finite mean and a finite std of at least 0.";
      throw new ArgumentError("normal", "std", `mean is ${mean}, std is ${std}.`, remedy);
    }
    // 52 bits and a half: with 53 the sum would need 54 bits and could round up to probability 1, which is infinite.
    const probability = this.#integer(shape, 26, 26)
      .add(0.5)
      .mul(2 ** -52);
    const standard = probability.normalQuantile();
    const scaled = mean === 0 && std === 1 ? standard : standard.mul(std).add(mean);
    return scaled.cast(dtype) as Tensor<Shape> as Tensor<Mutable<S>, D>;
  }

  /**
   * Whole numbers (int32) uniform on low … high − 1: ⌊u · (high − low)⌋ + low for u of 53 bits.
   *
   * @throws {ArgumentError} unless low < high are whole numbers from −2³¹ to 2³¹.
   */
  integers<const S extends Shape>(low: number, high: number, shape: S): Tensor<Mutable<S>, "int32"> {
    const within = [low, high].every((bound) => Number.isInteger(bound) && Math.abs(bound) <= 2 ** 31);
    if (!within || low >= high) {
      const remedy = "Give whole numbers from -2^31 to 2^31, low below high; high itself does not come.";
      throw new ArgumentError("integers", "low", `low is ${low}, high is ${high}.`, remedy);
    }
    const scaled = this.#unit64(shape).mul(high - low);
    return scaled.floor().add(low).cast("int32") as Tensor<Shape> as Tensor<Mutable<S>, "int32">;
  }

  /**
   * True with probability p, rounded to a multiple of 2⁻²⁴; 0 is never and 1 always true.
   *
   * @throws {ArgumentError} if p is outside 0 … 1.
   */
  bernoulli<const S extends Shape>(p: number, shape: S): Tensor<Mutable<S>, "bool"> {
    if (!(p >= 0 && p <= 1)) {
      throw new ArgumentError("bernoulli", "p", `p is ${p}.`, "Give a probability from 0 to 1.");
    }
    const truth = (this.bits(shape).shiftRight(8) as Tensor).less(Math.round(p * 2 ** 24));
    return truth as Tensor<Shape, "bool"> as Tensor<Mutable<S>, "bool">;
  }

  /**
   * The numbers 0 … n − 1 in random order (int32, `[n]`), by Fisher and Yates. Computed on the host: it reads the bits.
   *
   * @throws {ArgumentError} if n is not a whole number from 0 to 2³¹ − 1.
   */
  permutation(n: number): Tensor<[number], "int32"> {
    if (!Number.isInteger(n) || n < 0 || n >= 2 ** 31) {
      throw new ArgumentError("permutation", "n", `n is ${n}.`, "Give a whole number from 0 to 2^31 - 1.");
    }
    const units = this.#unit64([n]).toTypedArray();
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor((units[i] ?? 0) * (i + 1));
      const moved = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = moved;
    }
    return tensor(order);
  }

  /** float32 multiples of 2⁻²⁴ on [0, 1). */
  #unit32(shape: Shape): Tensor {
    return (this.bits(shape).shiftRight(8).cast("float32") as Tensor).mul(2 ** -24);
  }

  /** float64 multiples of 2⁻⁵³ on [0, 1). */
  #unit64(shape: Shape): Tensor<Shape, "float64"> {
    return this.#integer(shape, 27, 26).mul(2 ** -53);
  }

  /** Random whole numbers of `high` + `low` bits, at most 53, as float64: the two parts come from a word each. */
  #integer(shape: Shape, high: number, low: number): Tensor<Shape, "float64"> {
    const words = this.bits([2, ...shape]);
    const upper = words
      .slice(0)
      .shiftRight(32 - high)
      .cast("float64");
    const lower = words
      .slice(1)
      .shiftRight(32 - low)
      .cast("float64");
    return upper.mul(2 ** low).add(lower) as Tensor<Shape, "float64">;
  }
}

/** low + unit · (high − low), kept below high where rounding would reach it. */
function stretch(unit: Tensor, low: number, high: number): Tensor {
  if (low === 0 && high === 1) return unit;
  const stretched = unit.mul(high - low).add(low);
  return low === high ? stretched : stretched.minimum(numberBelow(high, unit.dtype === "float32"));
}

/**
 * The next number below a float32 or float64 number.
 * Source: S. M. Rump, P. Zimmermann, S. Boldo, G. Melquiond, "Computing predecessor and successor in rounding to
 * nearest", BIT 49 (2009), algorithm 1.
 */
function numberBelow(x: number, single: boolean): number {
  const half = single ? 2 ** -24 : 2 ** -53;
  const step = half * (1 + 2 * half) * Math.abs(x) + (single ? 2 ** -149 : Number.MIN_VALUE);
  return single ? Math.fround(x - step) : x - step;
}

function stateOf(seed: number): Tensor<[6], "int32"> {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    const remedy = "Give a whole number from 0 to 2^53 - 1.";
    throw new ArgumentError("Generator", "seed", `seed is ${seed}.`, remedy);
  }
  return tensor(Int32Array.of(seed % 2 ** 32, seed / 2 ** 32, 0, 0, 0, 0), { shape: [6] });
}

function checkFloat(op: string, dtype: FloatDType): FloatDType {
  if (isFloat(dtype)) return dtype;
  throw new DTypeError(
    op,
    `dtype is ${dtype}.`,
    "Give float32 or float64; integers makes whole numbers.",
    dtype,
  );
}
