// Axis scales: a domain that ends on round numbers, its ticks, and the position of a value between 0 and 1.

/** An axis: round ticks, and where a value lies between the ends. */
export interface Scale {
  /** Round numbers inside the domain, ends included, ascending. */
  readonly ticks: readonly number[];
  /** Position of a value, 0 at the domain's lower end and 1 at its upper end; not clamped. */
  readonly position: (value: number) => number;
}

/**
 * A linear axis over [low, high], widened to multiples of a step of 1, 2 or 5 times a power of ten.
 *
 * @param count about how many intervals
 */
export function linearScale(low: number, high: number, count: number): Scale {
  const span = high > low ? high - low : Math.abs(low) || 1;
  const step = roundStep(span / count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => trim((first + index) * step));
  return { ticks, position: (value) => (value / step - first) / (last - first) };
}

/**
 * A logarithmic axis over [low, high], both greater than 0, with ticks at 1, 2 and 5 times the powers of ten,
 * or at the powers alone when those would be more than eight.
 */
export function logScale(low: number, high: number): Scale {
  const fine = logTicks(low, high, [1, 2, 5]);
  const ticks = fine.length > 8 ? logTicks(low, high, [1]) : fine;
  const start = Math.log10(ticks[0] ?? low);
  const end = Math.log10(ticks.at(-1) ?? high);
  return { ticks, position: (value) => (Math.log10(value) - start) / (end - start) };
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const ratio = raw / power;
  return (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10) * power;
}

function logTicks(low: number, high: number, mantissas: readonly number[]): number[] {
  const ticks: number[] = [];
  const decades = { first: Math.floor(Math.log10(low)) - 1, last: Math.ceil(Math.log10(high)) + 1 };
  for (let exponent = decades.first; exponent <= decades.last; exponent++) {
    for (const mantissa of mantissas) ticks.push(trim(mantissa * 10 ** exponent));
  }
  const start = ticks.findLastIndex((tick) => tick <= low);
  const end = ticks.findIndex((tick) => tick >= high);
  return start === end ? ticks.slice(start, end + 2) : ticks.slice(start, end + 1);
}

// 3 * 0.1 is 0.30000000000000004; twelve digits are more than any label shows.
function trim(value: number): number {
  return Number(value.toPrecision(12));
}
