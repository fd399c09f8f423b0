/** Axes of charts: from a number to a place between 0 and 1, and the numbers that are written beside the axis. */

/** How an axis spreads its numbers. */
export type AxisKind = "linear" | "log";

/** An axis. */
export interface AxisScale {
  readonly kind: AxisKind;
  /** The numbers at its two ends, the lower first. */
  readonly low: number;
  readonly high: number;
  /** 0 at `low`, 1 at `high`; what lies outside is put on the nearer end, NaN stays. On a log axis 0 and below lie at 0. */
  at(x: number): number;
  /** The number at a place between 0 and 1: the inverse of `at`. */
  numberAt(place: number): number;
  /** Round numbers from `low` to `high`, about `count` of them, ascending. */
  ticks(count: number): readonly number[];
}

/**
 * at(x) = (x − low) / (high − low).
 *
 * @param low the lower end; where it is not below `high`, the axis reaches from `low` to `low` + 1.
 */
export function linearScale(low: number, high: number): AxisScale {
  const top = high > low ? high : low + 1;
  return {
    kind: "linear",
    low,
    high: top,
    at: (x) => clamp((x - low) / (top - low)),
    numberAt: (place) => low + place * (top - low),
    ticks: (count) => linearTicks(low, top, count),
  };
}

/**
 * at(x) = log(x / low) / log(high / low).
 *
 * @param low the lower end, above 0; where it is not below `high`, the axis reaches from `low` to 10 · `low`.
 * @throws {RangeError} if `low` is not a finite number above 0.
 */
export function logScale(low: number, high: number): AxisScale {
  if (!(low > 0 && low < Number.POSITIVE_INFINITY)) {
    throw new RangeError(
      `[logScale] low is ${low}. Give a finite number above 0, the smallest that is shown.`,
    );
  }
  const top = high > low ? high : low * 10;
  const span = Math.log(top / low);
  return {
    kind: "log",
    low,
    high: top,
    at: (x) => (x <= 0 ? 0 : clamp(Math.log(x / low) / span)),
    numberAt: (place) => low * Math.exp(place * span),
    ticks: (count) => logTicks(low, top, count),
  };
}

/**
 * The axis that shows all of `numbers`: what is not finite is passed over, and on a log axis 0 and below.
 *
 * A linear axis of numbers that are all at least 0 begins at 0. A log axis ends at powers of ten, or at 1, 2 or 5 times
 * one where it spans less than a decade.
 */
export function scaleFor(kind: AxisKind, numbers: Iterable<number>): AxisScale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const x of numbers) {
    if (!Number.isFinite(x) || (kind === "log" && x <= 0)) continue;
    low = Math.min(low, x);
    high = Math.max(high, x);
  }
  if (kind === "linear") {
    if (low > high) return linearScale(0, 1);
    const step = roundStep((high - Math.min(0, low)) / 3 || 1);
    return linearScale(Math.min(0, Math.floor(low / step) * step), Math.ceil(high / step) * step);
  }
  if (low > high) return logScale(0.1, 1);
  const wide = high / low > 10;
  return logScale(wide ? powerBelow(low) : niceBelow(low), wide ? powerAbove(high) : niceAbove(high));
}

function clamp(place: number): number {
  return Math.max(0, Math.min(1, place));
}

/** 1, 2 or 5 times a power of ten, not above `rough` by more than rounding. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const times = [5, 2, 1].find((each) => each * power <= rough * (1 + 1e-9)) ?? 1;
  return times * power;
}

function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough * (1 - 1e-9)) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Twelve digits take away what binary fractions leave behind: 3 · 0.1 is 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks(low: number, high: number, count: number): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const decades = last - first + 1;
  if (decades >= 3 || decades > count) {
    const every = Math.max(1, Math.ceil(decades / Math.max(1, count)));
    const powers = Array.from({ length: decades }, (_, i) => first + i);
    return powers.filter((power) => (last - power) % every === 0).map(powerOfTen);
  }
  const ticks: number[] = [];
  for (let power = first - 1; power <= last; power++) {
    for (const times of [1, 2, 5]) {
      const x = Number(`${times}e${power}`);
      if (x >= low * (1 - 1e-9) && x <= high * (1 + 1e-9)) ticks.push(x);
    }
  }
  return ticks.length > 2 * count ? ticks.filter((x) => /^1e|^10*$|^0\.0*1$/.test(String(x))) : ticks;
}

// 10 ** −3 is not 0.001 in every engine; its text is.
function powerOfTen(power: number): number {
  return Number(`1e${power}`);
}

function powerBelow(x: number): number {
  return powerOfTen(Math.floor(Math.log10(x) + 1e-9));
}

function powerAbove(x: number): number {
  return powerOfTen(Math.ceil(Math.log10(x) - 1e-9));
}

function niceBelow(x: number): number {
  const power = powerBelow(x);
  return (x >= 5 * power ? 5 : x >= 2 * power ? 2 : 1) * power;
}

function niceAbove(x: number): number {
  const power = powerBelow(x);
  return ([1, 2, 5].find((each) => x <= each * power * (1 + 1e-9)) ?? 10) * power;
}
