/** A card as shapes: its face, words, value, gradient and marks. Pure; the origin is the card's middle. */
import { cardSize } from "./graph-layout.ts";
import { badgeLooks, byGravity } from "./mark-badges.ts";
import type { Mark } from "./marks.ts";
import { exactText, numberText } from "./number-text.ts";
import { colourClass } from "./palette.ts";
import type { Card } from "./scene.ts";
import type { CardState } from "./scene-state.ts";
import { type RectShape, rect, type Shape, text } from "./shapes.ts";
import { type Summary, stripCells, summaryOf } from "./tensor-summary.ts";

const { width, height } = cardSize;
const [left, top] = [-width / 2, -height / 2];
const inset = 12;
const strip = { left: left + inset, width: 84, height: 11 } as const;

/** A card's shapes by the part of it that they are, from the back to the front. */
export interface CardShapes {
  readonly face: readonly Shape[];
  readonly head: readonly Shape[];
  readonly value: readonly Shape[];
  readonly gradient: readonly Shape[];
  readonly badges: readonly Shape[];
}

/** The shapes of `card` as it stands. */
export function cardShapes(card: Card, state: CardState): CardShapes {
  return {
    face: faceOf(card, state),
    head: headOf(card),
    value: card.value === null ? [] : rowOf("value", summaryOf(card.value), 44, ""),
    gradient: gradientOf(card, state),
    badges: badgesOf(state.marks),
  };
}

/** What a card has instead of its words and rows where these cannot be read: its title in large letters, one wide strip. */
export function farShapes(card: Card, state: CardState): Shape[] {
  // As large as fits, about 0.66 of its size a character.
  const size = Math.max(22, Math.min(40, Math.floor((width - 14) / (0.66 * card.title.length))));
  const title = shortened(card.title, Math.floor((width - 14) / (0.66 * size)));
  const look = { size, weight: 650, family: "sans", anchor: "middle" } as const;
  const tensor = state.gradient ?? card.value;
  const scale = state.gradient === null ? "value" : "gradient";
  const cells = tensor === null ? null : stripOf(scale, summaryOf(tensor), [left + inset, top + 54], 172, 18);
  const [gravest] = byGravity(state.marks);
  const shapes: Shape[] = [text("far-title", title, 0, top + 28 + size / 3, look)];
  if (cells !== null) shapes.push(cells);
  if (gravest === undefined) return shapes;
  const { icon, fill, ink, stroke } = badgeLooks[gravest.kind];
  const [x, y, radius] = [left + 8, top + height - 6, 24];
  const ground = [x - radius, y - radius, 2 * radius, 2 * radius] as const;
  shapes.push(rect("far-badge", ground, { radius, fill, stroke, strokeWidth: 3 }));
  shapes.push({ shape: "icon", d: icon, x, y, scale: 2.4, stroke: ink });
  return shapes;
}

/**
 * What a card says to those who hear it: first the words that are seen on it, as they stand there, so that it can be called
 * by them; then what they leave out.
 */
export function cardLabel(card: Card, state: CardState): string {
  const { head, value, gradient, badges } = cardShapes(card, state);
  const seen = [head, value, gradient, badges]
    .flat()
    .flatMap((each) => (each.shape === "text" ? [each.text] : []));
  const sofar = { none: [], partial: ["gradient so far"], complete: ["gradient complete"] }[state.stage];
  const unsaid = [card.title, ...state.marks.map(({ label }) => label)].filter(
    (words) => !seen.includes(words),
  );
  const folded = card.kind === "module" ? ["folded"] : [];
  return [seen.join(" "), ...unsaid, ...folded, ...sofar].join(", ");
}

/** The card's ground and border, which tell the stage of its gradient; behind it the rings that marks give it. */
export function faceOf({ kind }: Card, state: CardState): RectShape[] {
  const radius = kind === "op" ? 10 : 3;
  const box = [left, top, width, height] as const;
  const fill =
    state.current || state.target ? "flow-soft" : kind === "op" || kind === "module" ? "surface" : "sunken";
  const shapes: RectShape[] = [];
  if (state.marks.some((mark) => mark.kind === "found")) {
    shapes.push(ring(radius, { stroke: "ink", strokeWidth: 3 }));
  }
  if (kind === "module") {
    // A second sheet: there is more beneath.
    const sheet = [left + 6, top + 6, width, height] as const;
    shapes.push(rect("sheet", sheet, { radius, fill: "sunken", stroke: "line", strokeWidth: 1.4 }));
  }
  shapes.push(rect("face", box, { radius, fill, ...borderOf(kind, state) }));
  return shapes;
}

function ring(radius: number, look: Partial<RectShape>): RectShape {
  return rect("ring", [left - 7, top - 7, width + 14, height + 14], { radius: radius + 6, ...look });
}

function borderOf(kind: Card["kind"], state: CardState): Partial<RectShape> {
  const has = (mark: Mark["kind"]): boolean => state.marks.some((each) => each.kind === mark);
  if (state.selected) return { stroke: "accent", strokeWidth: 5 };
  if (has("culprit")) return { stroke: "bad", strokeWidth: 5 };
  if (state.current) return { stroke: "flow", strokeWidth: 5 };
  if (has("tainted")) return { stroke: "bad", strokeWidth: 2.5, dash: [10, 5] };
  if (state.stage === "partial") return { stroke: "flow", strokeWidth: 2, dash: [7, 4] };
  if (state.stage === "complete") return { stroke: "flow", strokeWidth: 2 };
  return { stroke: "line", strokeWidth: kind === "module" ? 2 : 1.4 };
}

function headOf({ title, detail }: Card): Shape[] {
  // About 7.9 pixels a character of the shape, and 9.6 of the title.
  const room = width - 2 * inset - 7.9 * detail.length - 8;
  return [
    text("title", shortened(title, Math.max(4, Math.floor(room / 9.6))), left + inset, top + 22, {
      size: 16,
      weight: 650,
      family: "sans",
    }),
    text("shape", detail, -left - inset, top + 21, { anchor: "end", fill: "quiet" }),
  ];
}

/** At most `most` characters, the last of them an ellipsis where some are left out. */
export function shortened(what: string, most: number): string {
  return what.length > most ? `${what.slice(0, most - 1)}…` : what;
}

function gradientOf({ tracked }: Card, { gradient, stage }: CardState): Shape[] {
  if (gradient !== null) return rowOf("gradient", summaryOf(gradient), 66, stage === "partial" ? "Σ" : "∂");
  const words = tracked ? "gradient: not yet" : "needs no gradient";
  return [text("none", words, strip.left, top + 70, { family: "sans", fill: "quiet" })];
}

/** A strip of colours, a sign, and a number. */
function rowOf(scale: "value" | "gradient", summary: Summary | null, y: number, sign: string): Shape[] {
  if (summary === null) return [];
  const fill = scale === "value" ? "accent" : "flow";
  const { number } = summary;
  const shapes: Shape[] = [];
  const cells = stripOf(scale, summary, [strip.left, top + y - strip.height / 2], strip.width, strip.height);
  if (cells !== null) shapes.push(cells);
  if (sign !== "") {
    shapes.push(text("mark", sign, strip.left + strip.width + 5, top + y + 4, { fill }));
  }
  const look = { size: 14, weight: 600, anchor: "end", fill, exact: exactText(number) } as const;
  shapes.push(text("number", numberText(number), -left - inset, top + y + 4, look));
  return shapes;
}

/** A strip of colours `wide` and `high`; null for a tensor of which only statistics are there. */
function stripOf(
  scale: "value" | "gradient",
  summary: Summary | null,
  [x, y]: readonly [x: number, y: number],
  wide: number,
  high: number,
): Shape | null {
  if (summary === null || summary.cells === null) return null;
  const { cells, largest } = summary;
  const colours = Array.from(cells, (entry) => colourClass(scale, entry, largest));
  const size = wide / Math.max(1, Math.min(cells.length, stripCells));
  return { shape: "cells", x, y, size, height: high, colours };
}

const pill = { height: 20, top: height / 2 - 7, gap: 4 } as const;

/** Pills over the lower edge, as many as there is room for; the last tells how many there are besides. */
function badgesOf(marks: readonly Mark[]): Shape[] {
  const shapes: Shape[] = [];
  let at = left + 8;
  const all = byGravity(marks);
  for (const [k, mark] of all.entries()) {
    const label = shortened(mark.label, 20);
    const size = badgeWidth(label);
    const rest = all.length - k;
    const needed = size + (rest > 1 ? pill.gap + 34 : 0);
    if (k > 0 && at + needed > width / 2 + 6) {
      shapes.push(...moreBadge(rest, at));
      break;
    }
    shapes.push(...badge(mark, label, at, size));
    at += size + pill.gap;
  }
  return shapes;
}

function badgeWidth(label: string): number {
  return 32 + 8.2 * label.length;
}

function badge({ kind }: Mark, label: string, at: number, size: number): Shape[] {
  const { icon, fill, ink, stroke } = badgeLooks[kind];
  const middle = pill.top + pill.height / 2;
  return [
    rect(`pill ${kind}`, [at, pill.top, size, pill.height], { radius: 10, fill, stroke, strokeWidth: 1.5 }),
    { shape: "icon", d: icon, x: at + 12, y: middle, scale: 1, stroke: ink },
    text("pill-label", label, at + 22, middle + 4.5, { family: "sans", weight: 600, fill: ink }),
  ];
}

function moreBadge(count: number, at: number): Shape[] {
  return [
    rect("pill more", [at, pill.top, 30, pill.height], {
      radius: 10,
      fill: "surface",
      stroke: "ink",
      strokeWidth: 1.5,
    }),
    text("pill-label", `+${count}`, at + 15, pill.top + 14.5, {
      family: "sans",
      weight: 600,
      anchor: "middle",
    }),
  ];
}
