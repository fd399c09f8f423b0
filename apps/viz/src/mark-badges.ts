/** How each kind of mark looks: a word's pill with an icon of its own, so that colour is not the only cue. */
import type { Mark, MarkKind } from "./marks.ts";

/** A look: names of the style's colours. */
export interface BadgeLook {
  /** The icon in a square of 12 about 0, as lines in SVG's path notation. */
  readonly icon: string;
  readonly fill: string;
  readonly ink: string;
  readonly stroke: string;
}

/** The looks of all kinds, the gravest first: where there is no room for all, those are shown. */
export const badgeLooks: Readonly<Record<MarkKind, BadgeLook>> = {
  culprit: { icon: "M-4,-4L4,4M4,-4L-4,4", fill: "bad", ink: "surface", stroke: "bad" },
  warning: { icon: "M0,-5.5L6,5H-6ZM0,-1.5V2", fill: "ink", ink: "surface", stroke: "ink" },
  tainted: { icon: "M-6,0C-4,-6 -2,-6 0,0S4,6 6,0", fill: "surface", ink: "bad", stroke: "bad" },
  added: { icon: "M-5,0H5M0,-5V5", fill: "surface", ink: "ink", stroke: "ink" },
  removed: { icon: "M-5,0H5", fill: "surface", ink: "ink", stroke: "ink" },
  changed: { icon: "M-5,-2H5M-5,2H5M3,-5.5L-3,5.5", fill: "surface", ink: "ink", stroke: "ink" },
  found: {
    icon: "M2.5,2.5L6,6M-5.5,-1.5A4,4 0 1 0 2.5,-1.5A4,4 0 1 0 -5.5,-1.5",
    fill: "surface",
    ink: "ink",
    stroke: "ink",
  },
};

const gravity: readonly string[] = Object.keys(badgeLooks);

/** The marks, the gravest first. */
export function byGravity(marks: readonly Mark[]): readonly Mark[] {
  return marks.length < 2
    ? marks
    : [...marks].sort((a, b) => gravity.indexOf(a.kind) - gravity.indexOf(b.kind));
}
