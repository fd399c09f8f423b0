/** Frames, lines and their labels as shapes. Pure. */

import { type CardPlaces, labelPlace } from "./line-path.ts";
import { exactText } from "./number-text.ts";
import type { Line, Scene, SceneFrame } from "./scene.ts";
import { contributionText, type LineState } from "./scene-state.ts";
import { rect, type Shape, text } from "./shapes.ts";
import { summaryOf } from "./tensor-summary.ts";

/** A frame: its ground, and its name, which folds it. */
export interface FrameShapes {
  readonly face: readonly Shape[];
  readonly name: readonly Shape[];
}

/** The shapes of `frame`. */
export function frameShapes({ left, top, width, height, handle, title }: SceneFrame): FrameShapes {
  const look = { radius: 14, fill: "frame", stroke: "frame-line", strokeWidth: 1.5 };
  const label = `▾ ${title}`;
  // About 8.4 pixels a character at 15 pixels. What is clicked is larger than the word.
  const size = Math.min(width - 8, 8.4 * label.length + 20);
  const middle = Math.max(left + size / 2 + 4, Math.min(left + width - size / 2 - 4, handle));
  return {
    face: [rect("frame-face", [left, top, width, height], look)],
    name: [
      rect("grip", [middle - size / 2, top + 3, size, 26], { radius: 8, fill: "frame" }),
      text("frame-name", label, middle, top + 21, {
        size: 15,
        weight: 600,
        family: "sans",
        anchor: "middle",
        fill: "quiet",
      }),
    ],
  };
}

/** How a line is drawn: a colour of the style, pixels, dashes and gaps. */
export interface LineLook {
  readonly stroke: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly opacity: number;
}

/**
 * The look of a line: what went along it is in the gradients' colour, the thicker the larger it was. Lines of the chosen card
 * stand out; those from a card that is drawn aside stay back otherwise.
 */
export function lineLook({ tracked, aside }: Line, { stage, strength, tainted, near }: LineState): LineLook {
  const width =
    stage === "now" ? 3 + 4 * strength : stage === "flowed" ? 1.4 + 3 * strength : near ? 2.4 : 1.6;
  const rounded = Math.round(width * 10) / 10;
  if (tainted) return { stroke: "bad", width: Math.max(3, rounded), dash: [12, 6], opacity: 1 };
  const isPlain = stage === "none";
  const opacity = near || stage === "now" ? 1 : isPlain ? (aside ? 0.45 : 1) : 0.6;
  return {
    stroke: isPlain ? (near ? "ink" : "line") : "flow",
    width: rounded,
    dash: tracked ? [] : [2, 5],
    opacity,
  };
}

/** What the latest step put at each line, written beside it. */
export function lineLabels({ lines }: Scene, states: readonly LineState[], places: CardPlaces): Shape[] {
  return lines.flatMap((line, i): Shape[] => {
    const contributions = states[i]?.contributions ?? [];
    if (contributions.length === 0) return [];
    const { x, y } = labelPlace(line, places);
    const [first] = contributions;
    const summary = first === undefined || contributions.length > 1 ? null : summaryOf(first);
    return [
      text("flow-label", contributions.map(contributionText).join(" + "), x, y + 4.5, {
        size: 14,
        weight: 650,
        anchor: "middle",
        fill: "flow",
        halo: "ground",
        exact: summary === null ? null : exactText(summary.number),
      }),
    ];
  });
}
