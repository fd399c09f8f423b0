/** Lines on a canvas: those in sight, with one stroke for all that look alike. */
import { lineLook } from "../graph-shapes.ts";
import { type CardPlaces, traceLine } from "../line-path.ts";
import type { Bounds, Line, Scene } from "../scene.ts";
import type { LineState } from "../scene-state.ts";
import type { Colours } from "./graph-colours.ts";

/** Below this scale lines go straight. */
const straightBelow = 0.2;
/** So many lines make one path: longer ones take a rasterizer more than linear time. */
const linesAPath = 400;

/** Paints lines whose extents were taken once. */
export class LinePainter {
  readonly #lines: readonly Line[];
  /** Left, top, right, bottom of each. */
  readonly #extents: Float64Array;

  constructor({ lines }: Scene, places: CardPlaces) {
    this.#lines = lines;
    this.#extents = new Float64Array(4 * lines.length);
    for (const [i, line] of lines.entries()) this.#extents.set(extentOf(line, places), 4 * i);
  }

  paint(
    context: CanvasRenderingContext2D,
    places: CardPlaces,
    states: readonly LineState[],
    colours: Colours,
    seen: Bounds,
    k: number,
  ): void {
    const alike = new Map<string, { readonly first: number; readonly list: number[] }>();
    for (let i = 0; i < this.#lines.length; i++) {
      const state = states[i];
      if (state === undefined || !this.#isSeen(i, seen)) continue;
      const line = this.#lines[i];
      const key = `${state.stage}${line?.tracked}${line?.aside}${state.tainted}${Math.round(state.strength * 8)}`;
      const group = alike.get(key);
      if (group === undefined) alike.set(key, { first: i, list: [i] });
      else group.list.push(i);
    }
    // What went along in the latest step lies above the rest.
    const groups = [...alike.values()].sort((a, b) => rank(states[a.first]) - rank(states[b.first]));
    for (const { first, list } of groups) {
      const [line, state] = [this.#lines[first], states[first]];
      if (line === undefined || state === undefined) continue;
      const { stroke, width, dash, opacity } = lineLook(line, state);
      context.strokeStyle = colours[stroke] ?? "";
      // From afar no line is thinner than can be seen.
      context.lineWidth = Math.max(width, 0.7 / k);
      context.globalAlpha = opacity;
      context.setLineDash(k < straightBelow ? [] : [...dash]);
      this.#stroke(context, list, places, k < straightBelow);
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

function rank(state: LineState | undefined): number {
  return state === undefined ? 0 : (state.tainted ? 2 : 0) + { none: 0, flowed: 1, now: 4 }[state.stage];
}

function extentOf({ from, to, port, bends }: Line, { x, y }: CardPlaces): [number, number, number, number] {
  const xs = [x[from] ?? 0, (x[to] ?? 0) + port];
  const ys = [y[from] ?? 0, y[to] ?? 0];
  for (let i = 0; i < bends.length; i += 2) xs.push(bends[i] ?? 0);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
