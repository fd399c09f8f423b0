/** The honest end of a sum line. */
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";

/** What is left of a sum: nothing, rounding, or something else. */
export function restWords(rest: number, parts: readonly number[]): HTMLElement | null {
  if (rest === 0) return null;
  const size = parts.reduce((sum, x) => sum + Math.abs(x), 0);
  const isRounding = Math.abs(rest) <= 1e-5 * size;
  const left = exactNumber("span", rest, { class: "rest-number", "data-role": "rest" });
  if (isRounding) return html("span", { class: "rest" }, "but for ", left, ", which is rounding");
  return html(
    "span",
    { class: "rest unexplained" },
    "and ",
    left,
    " that no edge accounts for: a hook put it there",
  );
}
