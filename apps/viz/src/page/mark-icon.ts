/** The icons of findings, the same as on the cards of the graph: colour is not the only cue. */
import { badgeLooks } from "../mark-badges.ts";
import type { MarkKind } from "../marks.ts";
import { svg } from "./dom.ts";

/** An i in a circle. */
const note = "M0,-1V4.5M0,-4.2V-3.8M-7,0A7,7 0 1 0 7,0A7,7 0 1 0 -7,0";

/** An equals sign. */
const same = "M-5,-2.5H5M-5,2.5H5";

/** The icon of a kind of mark, of a mere note, or of what is the same, for the eye alone: the word stands beside it. */
export function icon(kind: MarkKind | "note" | "same"): SVGSVGElement {
  const d = kind === "note" ? note : kind === "same" ? same : badgeLooks[kind].icon;
  const path = svg("path", { d });
  return svg("svg", { class: `icon ${kind}`, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, path);
}
