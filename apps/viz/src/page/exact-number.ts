/** Numbers of the page, which carry all their digits. */
import { exactText, numberText } from "../number-text.ts";
import { html } from "./dom.ts";

/** An element with a number: short for the eye, exact in `data-exact`. */
export function exactNumber<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  x: number,
  attributes: Readonly<Record<string, string | number>> = {},
): HTMLElementTagNameMap[K] {
  return html(tag, { "data-exact": exactText(x), title: exactText(x), ...attributes }, numberText(x));
}
