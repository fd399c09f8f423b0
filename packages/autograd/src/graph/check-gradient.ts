/** Comparing the entries of a recorded gradient with finite differences. */
import { Generator as RandomGenerator, type Tensor, type TypedArray, tensor } from "@adjoint/tensor";
import { type Slope, slopeAt } from "./differences.ts";

/**
 * `ok`: the two agree. `wrong`: they do not. `kink`: there is no derivative, for the one-sided differences stay apart (ReLU
 * at 0). `unknown`: differences tell nothing, since the function is not finite, or the gradient is below their resolution.
 */
export type Verdict = "ok" | "wrong" | "kink" | "unknown";

/** One entry of a gradient beside its finite difference. */
export interface EntryCheck {
  /** Its position in row-major order. */
  readonly index: number;
  /** As the trace has it. */
  readonly analytic: number;
  /** As differences have it, in float64. */
  readonly numeric: number;
  /** How far off `numeric` may be. */
  readonly uncertainty: number;
  /** The one-sided differences of the smallest step that was tried. */
  readonly left: number;
  readonly right: number;
  /** |analytic − numeric| / max(|analytic|, |numeric|); 0 where both are equal, Infinity where one is not finite. */
  readonly relativeError: number;
  readonly verdict: Verdict;
}

/** A gradient whose entries were checked. */
export interface GradientCheck {
  readonly node: number;
  /** The input of `node` whose contribution was checked; null where it was the adjoint of `node` itself. */
  readonly input: number | null;
  /** How many entries the gradient has. */
  readonly size: number;
  /** Those that were checked, by position. */
  readonly entries: readonly EntryCheck[];
  /** The worst of the entries': wrong before kink, before unknown, before ok. */
  readonly verdict: Verdict;
  /** Float32 was part of the recorded computation; the differences are taken in float64 all the same. */
  readonly singlePrecision: boolean;
  /** Relative errors up to it are ok: 1e-6, or 1e-3 with float32. */
  readonly tolerance: number;
}

/** How far a check has come: entries that are done, and all that there are to do. */
export interface CheckProgress {
  readonly done: number;
  readonly total: number;
}

/** Which entries are checked. */
export interface EntryChoice {
  /** These, by position in row-major order. Default: all, or where there are more than `maxEntries` a sample. */
  readonly entries?: readonly number[] | undefined;
  /** Size of the sample, in which the largest |gradient| always is. Default 64. */
  readonly maxEntries?: number | undefined;
  /** Seed of the sample. Default 0. */
  readonly seed?: number | undefined;
}

/** What is to be checked. */
export interface Question extends Pick<GradientCheck, "node" | "input" | "singlePrecision"> {
  /** The gradient as recorded. */
  readonly gradient: TypedArray;
  /** Where the function is perturbed, float64, of the gradient's shape. */
  readonly point: Tensor;
  /** From a value in place of `point` to what the differentiated number gains. */
  readonly change: (point: Tensor) => number;
  /** How far off one value of `change` may be. */
  readonly rounding: number;
}

const order: readonly Verdict[] = ["wrong", "kink", "unknown", "ok"];

/** Checks one entry after the other. Yields after each. */
export function* checkEntries(
  question: Question,
  choice: EntryChoice,
): Generator<CheckProgress, GradientCheck> {
  const { node, input, gradient, point, singlePrecision } = question;
  const chosen = chooseEntries(gradient, choice);
  const values = Float64Array.from(point.toTypedArray());
  const spread = Math.sqrt(values.reduce((total, x) => total + x * x, 0) / Math.max(values.length, 1));
  const tolerance = singlePrecision ? 1e-3 : 1e-6;
  // What rounding leaves of a sum whose terms cancel is no error of the rule.
  const dust = (singlePrecision ? 1e-5 : 1e-12) * largest(gradient);
  const entries: EntryCheck[] = [];
  for (const index of chosen) {
    entries.push(checkEntry(question, values, index, spread, tolerance, dust));
    yield { done: entries.length, total: chosen.length };
  }
  const verdict = order.find((each) => entries.some((entry) => entry.verdict === each)) ?? "ok";
  return { node, input, size: gradient.length, entries, verdict, singlePrecision, tolerance };
}

function checkEntry(
  { gradient, point: { shape }, change, rounding }: Question,
  values: Float64Array,
  index: number,
  spread: number,
  tolerance: number,
  dust: number,
): EntryCheck {
  const [x, analytic] = [values[index] ?? Number.NaN, gradient[index] ?? Number.NaN];
  const changeAt = (moved: number): number => {
    values[index] = moved;
    // A copy: an op that gives a view of its input must not see the next step.
    const at: Tensor = tensor(values, { shape });
    values[index] = x;
    return change(at);
  };
  const judge = (slope: Slope): Verdict => verdictOf(analytic, slope, tolerance, dust);
  const slope = slopeAt(changeAt, x, firstStep(x, spread), rounding, (so) => {
    const known = so.uncertainty <= tolerance * Math.max(Math.abs(analytic), Math.abs(so.value));
    return judge(so) === "ok" && (known || so.value === analytic);
  });
  const { value: numeric, uncertainty, left, right } = slope;
  const relativeError = relativeErrorOf(analytic, numeric);
  return { index, analytic, numeric, uncertainty, left, right, relativeError, verdict: judge(slope) };
}

function verdictOf(
  analytic: number,
  { value, uncertainty, kink }: Slope,
  tolerance: number,
  dust: number,
): Verdict {
  if (kink) return "kink";
  if (Number.isNaN(value)) return "unknown";
  if (analytic === value) return "ok";
  const gap = Math.abs(analytic - value);
  if (gap <= tolerance * Math.max(Math.abs(analytic), Math.abs(value)) + dust && Number.isFinite(gap))
    return "ok";
  return gap <= uncertainty && Number.isFinite(gap) ? "unknown" : "wrong";
}

function relativeErrorOf(a: number, b: number): number {
  if (a === b) return 0;
  const error = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
}

/** About an eighth of what the entries are like, as a power of two, so that x ± h is nearly exact. */
function firstStep(x: number, spread: number): number {
  const size = Math.max(Math.abs(x), spread);
  return 2 ** (Math.floor(Math.log2(size > 0 && Number.isFinite(size) ? size : 1)) - 3);
}

/** The largest finite magnitude. */
function largest(gradient: TypedArray): number {
  let most = 0;
  for (const x of gradient) if (Number.isFinite(x)) most = Math.max(most, Math.abs(x));
  return most;
}

function chooseEntries(
  gradient: TypedArray,
  { entries, maxEntries = 64, seed = 0 }: EntryChoice,
): readonly number[] {
  if (entries !== undefined) return entries;
  if (gradient.length <= maxEntries) return [...gradient.keys()];
  // What is not finite counts as largest.
  const sizes = Float64Array.from(gradient, (x) =>
    Number.isNaN(x) ? Number.POSITIVE_INFINITY : Math.abs(x),
  );
  const top = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size)));
  const drawn = new RandomGenerator(seed).permutation(gradient.length).toTypedArray();
  const others = [...drawn].filter((index) => index !== top).slice(0, maxEntries - 1);
  return [top, ...others].sort((a, b) => a - b);
}
