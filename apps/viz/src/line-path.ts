/** The way of a line: out of the bottom of one card, down through its bends, into the top of another. */
import { cardSize } from "./graph-layout.ts";
import type { Line } from "./scene.ts";

/** What a path is drawn on: a canvas, a `Path2D`, or `PathText`. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

/** A path as SVG has it in `d`, to a tenth of a pixel. */
export class PathText implements PathSink {
  #text = "";

  get text(): string {
    return this.#text;
  }

  moveTo(x: number, y: number): void {
    this.#text += `M${tenths(x)},${tenths(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#text += `L${tenths(x)},${tenths(y)}`;
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    const [first, second, end] = [`${tenths(x1)},${tenths(y1)}`, `${tenths(x2)},${tenths(y2)}`, tenths(x)];
    this.#text += `C${first} ${second} ${end},${tenths(y)}`;
  }
}

function tenths(x: number): number {
  return Math.round(x * 10) / 10 || 0;
}

const halfHeight = cardSize.height / 2;
const halfWidth = cardSize.width / 2;

/** Where cards are. */
export interface CardPlaces {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Draws the way of `line` on `sink`; bent smoothly, or `straight` from end to end of its parts for a view from afar. */
export function traceLine(sink: PathSink, line: Line, { x, y }: CardPlaces, straight: boolean = false): void {
  let [atX, atY] = [x[line.from] ?? 0, (y[line.from] ?? 0) + halfHeight];
  const [endX, endY] = [(x[line.to] ?? 0) + line.port, (y[line.to] ?? 0) - halfHeight];
  if (line.aside) {
    // Out of the right side: what is drawn aside lies left of all others.
    [atX, atY] = [atX + halfWidth, atY - halfHeight];
    sink.moveTo(atX, atY);
    if (straight) sink.lineTo(endX, endY);
    else sink.bezierCurveTo(atX + Math.min(120, Math.abs(endX - atX) / 2), atY, endX, endY - 90, endX, endY);
    return;
  }
  sink.moveTo(atX, atY);
  const { bends } = line;
  for (let k = 0; k < bends.length; k += 2) {
    const [bendX, bendY] = [bends[k] ?? 0, bends[k + 1] ?? 0];
    curve(sink, atX, atY, bendX, bendY - halfHeight, straight);
    // Past the cards of the row it goes straight down.
    if (!straight) sink.lineTo(bendX, bendY + halfHeight);
    [atX, atY] = [bendX, bendY + halfHeight];
  }
  curve(sink, atX, atY, endX, endY, straight);
}

function curve(sink: PathSink, fromX: number, fromY: number, x: number, y: number, straight: boolean): void {
  if (straight) {
    sink.lineTo(x, y);
    return;
  }
  const bend = Math.max(14, (y - fromY) / 2);
  sink.bezierCurveTo(fromX, fromY + bend, x, y - bend, x, y);
}

/** A place for a word at the line: near its upper end, where the contribution arrives. */
export function labelPlace(line: Line, { x, y }: CardPlaces): { readonly x: number; readonly y: number } {
  const [endX, endY] = [(x[line.to] ?? 0) + line.port, (y[line.to] ?? 0) - halfHeight];
  if (line.aside) return { x: endX, y: endY - 22 };
  const [fromX, fromY] = [x[line.from] ?? 0, (y[line.from] ?? 0) + halfHeight];
  const [nextX, nextY] = [line.bends[0] ?? endX, (line.bends[1] ?? endY + halfHeight) - halfHeight];
  return { x: (fromX + nextX) / 2, y: (fromY + nextY) / 2 };
}
