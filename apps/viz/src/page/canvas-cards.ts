/** Cards on a canvas, with as much on them as can be read at the camera's scale. */
import { cardShapes, faceOf, farShapes } from "../card-shapes.ts";
import { cardSize } from "../graph-layout.ts";
import { badgeLooks, byGravity } from "../mark-badges.ts";
import type { Scene } from "../scene.ts";
import type { CardState } from "../scene-state.ts";
import type { Colours } from "./graph-colours.ts";
import { detailFrom } from "./graph-drawing.ts";
import { paintShapes } from "./shapes-canvas.ts";

/** Below this scale a card has no words: a colour alone. */
const wordsFrom = 0.17;

const { width, height } = cardSize;

/** Paints the cards `seen`, by their positions, where `x` and `y` say. */
export function paintCards(
  context: CanvasRenderingContext2D,
  { cards }: Scene,
  states: readonly CardState[],
  seen: readonly number[],
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  colours: Colours,
  k: number,
): void {
  if (k < wordsFrom) {
    paintBoxes(context, states, seen, { x, y }, colours, k);
    return;
  }
  for (const i of seen) {
    const [card, state] = [cards[i], states[i]];
    if (card === undefined || state === undefined) continue;
    context.translate(x[i] ?? 0, y[i] ?? 0);
    if (k >= detailFrom) {
      const { face, head, value, gradient, badges } = cardShapes(card, state);
      for (const part of [face, head, value, gradient, badges]) paintShapes(context, part, colours);
    } else {
      paintShapes(context, faceOf(card, state), colours);
      paintShapes(context, farShapes(card, state), colours);
    }
    context.translate(-(x[i] ?? 0), -(y[i] ?? 0));
  }
}

/** From afar: a box in the colour of its stage, and over it what shall be found at any scale. */
function paintBoxes(
  context: CanvasRenderingContext2D,
  states: readonly CardState[],
  seen: readonly number[],
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  colours: Colours,
  k: number,
): void {
  const byColour = new Map<string, number[]>();
  const special: number[] = [];
  for (const i of seen) {
    const state = states[i];
    if (state === undefined) continue;
    if (state.current || state.selected || state.marks.length > 0) special.push(i);
    const colour = { none: "line", partial: "g2", complete: "flow" }[state.stage];
    const list = byColour.get(colour);
    if (list === undefined) byColour.set(colour, [i]);
    else list.push(i);
  }
  for (const [colour, list] of byColour) {
    context.fillStyle = colours[colour] ?? "";
    for (const i of list) context.fillRect((x[i] ?? 0) - width / 2, (y[i] ?? 0) - height / 2, width, height);
  }
  for (const i of special) {
    const state = states[i];
    if (state === undefined) continue;
    context.translate(x[i] ?? 0, y[i] ?? 0);
    if (state.current || state.selected) {
      // At least ten pixels across, whatever the scale.
      const [w, h] = [Math.max(width, 10 / k), Math.max(height, 10 / k)];
      context.fillStyle = colours[state.selected ? "accent" : "flow"] ?? "";
      context.strokeStyle = colours.ink ?? "";
      context.lineWidth = 2 / k;
      context.fillRect(-w / 2, -h / 2, w, h);
      context.strokeRect(-w / 2, -h / 2, w, h);
    }
    paintMark(context, state, colours, k);
    context.translate(-(x[i] ?? 0), -(y[i] ?? 0));
  }
}

/** The icon of a card's gravest mark, sixteen pixels of the screen across. */
function paintMark(
  context: CanvasRenderingContext2D,
  { marks }: CardState,
  colours: Colours,
  k: number,
): void {
  const [gravest] = byGravity(marks);
  if (gravest === undefined) return;
  const { icon, fill, ink, stroke } = badgeLooks[gravest.kind];
  context.save();
  context.translate(-width / 2, height / 2);
  context.scale(1 / k, 1 / k);
  context.beginPath();
  context.arc(0, 0, 9, 0, 2 * Math.PI);
  context.fillStyle = colours[fill] ?? "";
  context.strokeStyle = colours[stroke] ?? "";
  context.lineWidth = 1.5;
  context.fill();
  context.stroke();
  paintShapes(context, [{ shape: "icon", d: icon, x: 0, y: 0, scale: 1, stroke: ink }], colours);
  context.restore();
}
