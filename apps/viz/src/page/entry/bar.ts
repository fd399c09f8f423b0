/** Bars about zero: below it to the left and violet, above it to the right and orange. */
import { html } from "../dom.ts";

/** The interval that a bar's width stands for; 0 is in it. */
export interface BarRange {
  readonly least: number;
  readonly most: number;
}

/** The smallest interval that holds 0 and all finite numbers of `values`. */
export function rangeOf(values: readonly number[]): BarRange {
  let [least, most] = [0, 0];
  for (const x of values) {
    if (Number.isFinite(x)) [least, most] = [Math.min(least, x), Math.max(most, x)];
  }
  return { least, most };
}

/** A bar from 0 to `x`. The number itself stands beside it, so that it is hidden from those who hear the page. */
export function bar(x: number, { least, most }: BarRange): HTMLElement {
  const width = most - least || 1;
  const zero = html("i", { class: "zero" });
  zero.style.left = `${(-100 * least) / width}%`;
  const made = html("span", { class: "share-bar", "aria-hidden": "true" }, zero);
  if (!Number.isFinite(x)) return made;
  const fill = html("i", { class: x < 0 ? "below" : "above" });
  fill.style.left = `${(100 * (Math.min(x, 0) - least)) / width}%`;
  fill.style.width = `${(100 * Math.abs(x)) / width}%`;
  made.append(fill);
  return made;
}
