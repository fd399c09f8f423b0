/**
 * Numbers as NumPy writes them in an array: one format and one width for all, the shortest digits that give the number
 * back but at most 8 after the point, scientific where the numbers are large, small or far apart.
 *
 * Source: FloatingFormat, IntegerFormat and BoolFormat of numpy/_core/arrayprint.py (NumPy 2.4).
 */
import type { DType } from "./dtype.ts";

const precision = 8;

/** A number written out: sign and digits before the point, digits after it, and (scientific) the exponent. */
interface Digits {
  readonly whole: string;
  readonly fraction: string;
  readonly exponent: number;
}

/** The values as words of one width, to be printed side by side; `alone` for the one value of a 0-d tensor. */
export function formatColumn(dtype: DType, values: readonly number[], alone: boolean): string[] {
  if (dtype === "bool") return values.map((value) => (value !== 0 ? (alone ? "true" : " true") : "false"));
  if (dtype === "int32" || dtype === "uint8") {
    const words = values.map(String);
    const width = longest(words);
    return words.map((word) => word.padStart(width));
  }
  return formatFloats(values, dtype === "float32");
}

function formatFloats(values: readonly number[], single: boolean): string[] {
  const finite = values.filter(Number.isFinite);
  const scientific = isScientific(finite, single);
  const written = finite.map((value) =>
    scientific ? toScientific(value, single) : toPositional(value, single),
  );
  const exponents = written.map(({ exponent }) => String(Math.abs(exponent)).padStart(2, "0"));
  const exponentWidth = longest(exponents);
  const fractionWidth = longest(written.map(({ fraction }) => fraction));
  // Everything after the point: in scientific form also "e", sign and exponent.
  const right = scientific ? fractionWidth + exponentWidth + 2 : fractionWidth;
  const special = values
    .filter((value) => !Number.isFinite(value))
    .map((value) => nameOf(value).length - right - 1);
  const left = Math.max(0, ...written.map(({ whole }) => whole.length), ...special);
  let next = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return nameOf(value).padStart(left + right + 1);
    const digits = written[next++] ?? toPositional(value, single);
    const head = `${digits.whole.padStart(left)}.`;
    if (!scientific) return head + digits.fraction.padEnd(right);
    const power = String(Math.abs(digits.exponent)).padStart(exponentWidth, "0");
    return `${head}${fillScientific(value, digits, fractionWidth)}e${digits.exponent < 0 ? "-" : "+"}${power}`;
  });
}

function nameOf(value: number): string {
  return Number.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
}

function longest(words: readonly string[]): number {
  return words.reduce((width, word) => Math.max(width, word.length), 0);
}

/** Scientific from 1e8 on (float32: 1e6), below 1e-4, and where the largest is over 1000 times the smallest. */
function isScientific(finite: readonly number[], single: boolean): boolean {
  const round = single ? Math.fround : (value: number): number => value;
  const sizes = finite.filter((value) => value !== 0).map(Math.abs);
  if (sizes.length === 0) return false;
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  return largest >= (single ? 1e6 : 1e8) || smallest < round(1e-4) || round(largest / smallest) > 1000;
}

/** Sign, shortest digits (one before the point) and decimal exponent of a finite number. */
function shortest(value: number, single: boolean): { sign: string; digits: string; exponent: number } {
  const size = Math.abs(value);
  const [mantissa = "", exponent = ""] = (single ? shortestSingle(size) : size.toExponential()).split("e");
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return { sign, digits: mantissa.replace(".", ""), exponent: Number(exponent) };
}

/**
 * The fewest digits that Math.fround brings back to `size`. Below a power of two float32 numbers lie closer than above
 * it, so that the nearest number of some digits may be another's where the next one above still is its own.
 */
function shortestSingle(size: number): string {
  for (let places = 0; places < 8; places++) {
    const nearest = toExponential(size, places);
    if (Math.fround(Number(nearest)) === size) return nearest;
    const step = Number(`1e${Number(nearest.split("e")[1]) - places}`);
    const above = (Number(nearest) + step).toExponential(places);
    if (Math.fround(Number(above)) === size) return above;
  }
  return size.toExponential(8);
}

function toScientific(value: number, single: boolean): Digits {
  const { sign, digits, exponent } = shortest(value, single);
  if (digits.length - 1 <= precision) {
    return { whole: sign + digits.slice(0, 1), fraction: trimZeros(digits.slice(1)), exponent };
  }
  const [mantissa = "", power = ""] = toExponential(Math.abs(value), precision).split("e");
  return {
    whole: sign + mantissa.slice(0, 1),
    fraction: trimZeros(mantissa.slice(2)),
    exponent: Number(power),
  };
}

/** The fraction with exactly `places` digits: NumPy fills up with the number's exact digits, not with zeros. */
function fillScientific(value: number, digits: Digits, places: number): string {
  if (digits.fraction.length === places) return digits.fraction;
  const [mantissa = ""] = toExponential(Math.abs(value), places).split("e");
  return mantissa.slice(2);
}

function toExponential(size: number, places: number): string {
  return roundToEven(size.toExponential(places), size.toExponential(100));
}

/** For numbers below 1e8, which is where the positional form is used. */
function toPositional(value: number, single: boolean): Digits {
  const { sign, digits, exponent } = shortest(value, single);
  const size = Math.abs(value);
  const places = Math.max(0, digits.length - 1 - exponent);
  if (places <= precision) {
    const padded = digits.padStart(digits.length - Math.min(exponent, 0), "0").padEnd(exponent + 1, "0");
    const point = padded.length - places;
    return { whole: sign + padded.slice(0, point), fraction: trimZeros(padded.slice(point)), exponent: 0 };
  }
  const [whole = "", fraction = ""] = roundToEven(size.toFixed(precision), size.toFixed(100)).split(".");
  return { whole: sign + whole, fraction: trimZeros(fraction), exponent: 0 };
}

/** JavaScript rounds a tie up, NumPy to the even digit: `rounded`, put right by the digits of `exact`. */
function roundToEven(rounded: string, exact: string): string {
  const [digits = "", power] = rounded.split("e");
  const [more = ""] = exact.split("e");
  const isTie = /^50*$/.test(more.slice(digits.length));
  const down = more.slice(0, digits.length);
  if (!isTie || Number(down.at(-1)) % 2 !== 0) return rounded;
  return power === undefined ? down : `${down}e${power}`;
}

function trimZeros(fraction: string): string {
  return fraction.replace(/0+$/, "");
}
