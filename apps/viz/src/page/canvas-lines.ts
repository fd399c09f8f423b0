/** Lines on a canvas: those in sight, with one stroke for all that look alike. */
import { type LineLook, lineLook } from "../graph-shapes.ts";
import { type CardPlaces, traceLine } from "../line-path.ts";
import type { Bounds, Line, Scene } from "../scene.ts";
import type { LineState } from "../scene-state.ts";
import type { Colours } from "./graph-colours.ts";

/** Below this scale lines go straight. */
const straightBelow = 0.2;
/** So many lines make one path: longer ones take a rasterizer more than linear time. */
const linesAPath = 400;

/** Lines that look alike. */
interface Alike {
  readonly look: LineLook;
  readonly rank: number;
  readonly list: number[];
}

/** Paints lines whose extents were taken once, and whose looks are taken once for each state. */
export class LinePainter {
  readonly #lines: readonly Line[];
  /** Left, top, right, bottom of each. */
  readonly #extents: Float64Array;
  /** What lies above comes last. */
  #alike: readonly Alike[] = [];

  constructor({ lines }: Scene, places: CardPlaces) {
    this.#lines = lines;
    this.#extents = new Float64Array(4 * lines.length);
    for (const [i, line] of lines.entries()) takeExtent(line, places, this.#extents, 4 * i);
  }

  /** Takes the looks of all lines. */
  show(states: readonly LineState[]): void {
    const alike = new Map<number, Alike>();
    for (const [i, line] of this.#lines.entries()) {
      const state = states[i];
      if (state === undefined) continue;
      const key = lookKey(line, state);
      const group = alike.get(key);
      if (group === undefined)
        alike.set(key, { look: lineLook(line, state), rank: rankOf(state), list: [i] });
      else group.list.push(i);
    }
    this.#alike = [...alike.values()].sort((a, b) => a.rank - b.rank);
  }

  /** Paints the lines that touch `seen`, for a camera of scale `k`. */
  paint(
    context: CanvasRenderingContext2D,
    places: CardPlaces,
    colours: Colours,
    seen: Bounds,
    k: number,
  ): void {
    for (const { look, list } of this.#alike) {
      const { stroke, width, dash, opacity } = look;
      context.strokeStyle = colours[stroke] ?? "";
      // From afar no line is thinner than can be seen.
      context.lineWidth = Math.max(width, 0.7 / k);
      context.globalAlpha = opacity;
      context.setLineDash(k < straightBelow ? [] : [...dash]);
      const inSight = list.filter((i) => this.#isSeen(i, seen));
      this.#stroke(context, inSight, places, k < straightBelow);
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  #stroke(
    context: CanvasRenderingContext2D,
    list: readonly number[],
    places: CardPlaces,
    straight: boolean,
  ): void {
    for (let start = 0; start < list.length; start += linesAPath) {
      context.beginPath();
      for (const i of list.slice(start, start + linesAPath)) {
        const line = this.#lines[i];
        if (line !== undefined) traceLine(context, line, places, straight);
      }
      context.stroke();
    }
  }

  #isSeen(i: number, { left, top, right, bottom }: Bounds): boolean {
    const at = (side: number): number => this.#extents[4 * i + side] ?? 0;
    return at(0) <= right && at(2) >= left && at(1) <= bottom && at(3) >= top;
  }
}

/** The same number for lines that look the same: strengths are told apart in eight steps. */
function lookKey({ tracked, aside }: Line, { stage, tainted, near, strength }: LineState): number {
  const flags = (tracked ? 1 : 0) + (aside ? 2 : 0) + (tainted ? 4 : 0) + (near ? 8 : 0);
  return flags + 16 * { none: 0, flowed: 1, now: 2 }[stage] + 64 * Math.round(strength * 8);
}

function rankOf({ stage, tainted, near }: LineState): number {
  return (tainted || near ? 2 : 0) + { none: 0, flowed: 1, now: 4 }[stage];
}

/** Left, top, right and bottom of a line's way, into `extents` at `at`. */
function takeExtent(
  { from, to, port, bends }: Line,
  { x, y }: CardPlaces,
  extents: Float64Array,
  at: number,
): void {
  const [fromX, toX] = [x[from] ?? 0, (x[to] ?? 0) + port];
  let [left, right] = [Math.min(fromX, toX), Math.max(fromX, toX)];
  for (let i = 0; i < bends.length; i += 2) {
    left = Math.min(left, bends[i] ?? 0);
    right = Math.max(right, bends[i] ?? 0);
  }
  extents[at] = left;
  extents[at + 1] = Math.min(y[from] ?? 0, y[to] ?? 0);
  extents[at + 2] = right;
  extents[at + 3] = Math.max(y[from] ?? 0, y[to] ?? 0);
}
