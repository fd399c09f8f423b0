/** Checks against finite differences, in words. Pure. */
import type { EntryCheck, GradientCheck, Verdict } from "@adjoint/autograd/graph";
import { positionText } from "./entry-name.ts";
import { numberText } from "./number-text.ts";

/** The word of a verdict, and a sign that tells it without colour. */
export const verdictLooks: Readonly<Record<Verdict, { readonly word: string; readonly sign: string }>> = {
  ok: { word: "agrees", sign: "✓" },
  wrong: { word: "wrong", sign: "✕" },
  kink: { word: "kink", sign: "∧" },
  unknown: { word: "cannot tell", sign: "?" },
};

/** The largest relative error of the entries that agree; those that agree because both are next to 0 are passed over. */
export function largestError({ entries, tolerance }: GradientCheck): number {
  const errors = entries
    .filter(({ verdict, relativeError }) => verdict === "ok" && relativeError <= tolerance)
    .map(({ relativeError }) => relativeError);
  return Math.max(0, ...errors);
}

/** `64 of 25,088 entries, largest relative error 1.5e−9: agrees`; `2 of 3 entries: wrong`. */
export function checkSummary(check: GradientCheck): string {
  const { entries, size, verdict } = check;
  const count = (n: number): string => n.toLocaleString("en");
  const { word } = verdictLooks[verdict];
  const whole = entries.length === size;
  if (verdict === "ok") {
    const of =
      size === 1
        ? "the only entry"
        : whole
          ? `all ${count(size)} entries`
          : `${count(entries.length)} of ${count(size)} entries`;
    return `${of}, largest relative error ${numberText(largestError(check))}: ${word}`;
  }
  if (size === 1) return `the only entry: ${word}`;
  const bad = entries.filter((entry) => entry.verdict === verdict).length;
  return `${count(bad)} of ${count(entries.length)}${whole ? "" : " checked"} entries: ${word}`;
}

/** `kink at [1]: the slopes from the left and the right differ: 0, 1`. */
export function kinkWords({ index, left, right }: EntryCheck, shape: readonly number[]): string {
  const place = shape.length === 0 ? "" : ` at ${positionText(index, shape)}`;
  return `kink${place}: the slopes from the left and the right differ: ${slopeText(left)}, ${slopeText(right)}`;
}

/** Differences carry rounding in their last digits, which four digits leave out. */
function slopeText(x: number): string {
  return numberText(Number(x.toPrecision(9)));
}

/** The worst first: wrong, kinks, what differences tell nothing of; then by relative error. */
export function byGravity(entries: readonly EntryCheck[]): readonly EntryCheck[] {
  const order: readonly Verdict[] = ["wrong", "kink", "unknown", "ok"];
  return entries.toSorted(
    (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || b.relativeError - a.relativeError,
  );
}

/** Two numbers with twelve digits each, cut where they part. */
export function whereTheyPart(a: number, b: number): readonly [Parted, Parted] {
  const [x, y] = [digits(a), digits(b)];
  let same = 0;
  while (same < x.length && x[same] === y[same]) same++;
  return [
    { same: x.slice(0, same), apart: x.slice(same) },
    { same: y.slice(0, same), apart: y.slice(same) },
  ];
}

/** The digits of a number that are another's too, and those that are not. */
export interface Parted {
  readonly same: string;
  readonly apart: string;
}

function digits(x: number): string {
  if (!Number.isFinite(x) || x === 0) return numberText(x);
  return x.toPrecision(12).replaceAll("-", "−").replace("e+", "e");
}
