/**
 * The slope of a function of one number, by central differences that are extrapolated to step 0.
 *
 * Source: C. J. F. Ridders, "Accurate computation of F′(x) and F′(x)F″(x)", Advances in Engineering Software 4 (1982).
 * (f(x + h) − f(x − h)) / 2h is f′ + c₁h² + c₂h⁴ + …; each step is a quarter of the one before, and Neville's scheme
 * removes one power after the other. That reaches 1e-10 where a single difference reaches 1e-6, and says how near it is.
 */

/** What differences say of a function at a point. */
export interface Slope {
  /** NaN where there is none to be had; ±Infinity where it grows without end. */
  readonly value: number;
  /** How far off `value` may be, by how the extrapolation settles and by rounding. */
  readonly uncertainty: number;
  /** The one-sided differences of the smallest step that was tried. */
  readonly left: number;
  readonly right: number;
  /** The one-sided differences stay apart however small the step, or there is no function on one side. */
  readonly kink: boolean;
}

/** The differences of one step. */
interface Level {
  readonly step: number;
  readonly left: number;
  readonly right: number;
  readonly central: number;
}

const levelCount = 8;
const shrink = 4;

/**
 * The slope at `x`.
 *
 * @param change from a number to f there minus f(x).
 * @param step the first and largest; smaller ones follow, down to a 16,384th, until `isEnough`.
 * @param rounding how far off one value of `change` may be.
 * @param isEnough true if no smaller steps are needed. Not asked while there are signs of a kink.
 */
export function slopeAt(
  change: (x: number) => number,
  x: number,
  step: number,
  rounding: number,
  isEnough: (slope: Slope) => boolean,
): Slope {
  const levels: Level[] = [];
  const table = new Extrapolation(rounding);
  for (let k = 0; k < levelCount; k++) {
    const level = levelAt(change, x, step / shrink ** k);
    levels.push(level);
    table.add(level);
    const slope = slopeOf(levels, table, false);
    if (k >= 2 && isEnough(slope) && !staysApart(levels, k, rounding)) return slope;
  }
  return slopeOf(levels, table, isKink(levels, rounding));
}

function levelAt(change: (x: number) => number, x: number, step: number): Level {
  const [above, below] = [x + step, x - step];
  const [up, down] = [change(above), change(below)];
  // The steps as they came out in floating point.
  const [right, left] = [up / (above - x), down / (below - x) + 0];
  return { step, right, left, central: (up - down) / (above - below) };
}

function slopeOf(levels: readonly Level[], table: Extrapolation, kink: boolean): Slope {
  const { left, right } = levels.at(-1) as Level;
  const last = levels.slice(-4).map(({ central }) => central);
  const grows =
    levels.length === levelCount &&
    last.every((c, i) => i === 0 || Math.abs(c) > 1.5 * Math.abs(last[i - 1] ?? 0));
  const value = grows ? (last.at(-1) ?? 0) * Number.POSITIVE_INFINITY : table.value;
  return { value, uncertainty: grows ? 0 : table.uncertainty, left, right, kink };
}

/** Neville's scheme, a row a step. Steps at which the function is not finite are left out, with all larger ones. */
class Extrapolation {
  value: number = Number.NaN;
  uncertainty: number = Number.POSITIVE_INFINITY;
  readonly #rounding: number;
  #row: readonly number[] = [];

  constructor(rounding: number) {
    this.#rounding = rounding;
  }

  add({ central, step }: Level): void {
    const above = this.#row;
    this.#row = [];
    if (!Number.isFinite(central)) return;
    const row = [central];
    for (const [j, larger] of above.entries()) {
      const smaller = row[j] ?? Number.NaN;
      const next = smaller + (smaller - larger) / (shrink ** (2 * j + 2) - 1);
      const gap = Math.max(Math.abs(next - smaller), Math.abs(next - larger)) + this.#rounding / step;
      if (gap <= this.uncertainty) [this.value, this.uncertainty] = [next, gap];
      row.push(next);
    }
    this.#row = row;
  }
}

/**
 * How far the one-sided slopes are apart, by the steps `k` and `k − 1`. With step h the differences are J + h·f″ + O(h³) apart;
 * the second term is taken out, so that what is left of a smooth function is a 64th at each step.
 */
function jump(levels: readonly Level[], k: number): number {
  const apart = ({ left, right }: Level): number => right - left;
  const [larger, smaller] = levels.slice(k - 1, k + 1) as [Level, Level];
  return Math.abs(smaller.step * apart(larger) - larger.step * apart(smaller)) / (larger.step - smaller.step);
}

/** Rounding alone can put the one-sided differences so far apart. */
function jumpNoise({ step }: Level, rounding: number): number {
  return (32 * rounding) / step;
}

/** True if the one-sided slopes did not draw nearer with step `k`. */
function staysApart(levels: readonly Level[], k: number, rounding: number): boolean {
  const now = jump(levels, k);
  return now > jumpNoise(levels[k] as Level, rounding) && now > 0.5 * jump(levels, k - 1);
}

/** True if from some step on the one-sided slopes never drew nearer; or if the function ends here. */
function isKink(levels: readonly Level[], rounding: number): boolean {
  const { left, right } = levels.at(-1) as Level;
  if (Number.isFinite(left) !== Number.isFinite(right)) return true;
  return levels.some((_, k) => {
    if (k < 2 || !staysApart(levels, k, rounding)) return false;
    const near = 0.75 * jump(levels, k);
    return levels.every((later, j) => j <= k || jump(levels, j) >= near - jumpNoise(later, rounding));
  });
}
