/**
 * Where the keyboard goes in a graph. A stop is a card, or behind all cards the name of a frame, by its position. Up and
 * down follow edges, to inputs and to consumers; forth and back go through all stops as one reads them. Pure.
 */
import type { Scene } from "./scene.ts";

/** Where to go from a stop. */
export type Direction = "up" | "down" | "back" | "forth";

/** The ways through one scene. */
export class GraphWalk {
  readonly #scene: Scene;
  readonly #inputs: readonly number[][];
  readonly #outputs: readonly number[][];
  /** All stops, row by row, and for each stop its position there. */
  readonly #read: readonly number[];
  readonly #order: Int32Array;

  constructor(scene: Scene) {
    const { cards, frames, lines } = scene;
    this.#scene = scene;
    this.#inputs = cards.map(() => []);
    this.#outputs = cards.map(() => []);
    for (const { from, to } of lines) {
      this.#inputs[to]?.push(from);
      this.#outputs[from]?.push(to);
    }
    const places = [
      ...cards.map(({ x, y }) => ({ x, y })),
      ...frames.map(({ handle, top }) => ({ x: handle, y: top })),
    ];
    this.#read = [...places.keys()].sort((a, b) => {
      const [left, right] = [places[a] ?? { x: 0, y: 0 }, places[b] ?? { x: 0, y: 0 }];
      return left.y === right.y ? left.x - right.x : left.y - right.y;
    });
    this.#order = new Int32Array(places.length);
    for (const [k, stop] of this.#read.entries()) this.#order[stop] = k;
  }

  /** The stop that comes in `direction`; null where the way ends. */
  from(stop: number, direction: Direction): number | null {
    if (direction === "forth" || direction === "back") {
      const at = (this.#order[stop] ?? 0) + (direction === "forth" ? 1 : -1);
      return this.#read[at] ?? null;
    }
    const frame = this.#scene.frames[stop - this.#scene.cards.length];
    if (frame !== undefined) return direction === "down" ? this.#firstIn(frame.key) : null;
    return this.#nearest(stop, (direction === "up" ? this.#inputs : this.#outputs)[stop] ?? []);
  }

  /** What a gradient goes along comes first, and of that what lies nearest to straight above or below. */
  #nearest(stop: number, ends: readonly number[]): number | null {
    const { cards } = this.#scene;
    const cost = (end: number): number => {
      const beside = Math.abs((cards[end]?.x ?? 0) - (cards[stop]?.x ?? 0));
      return cards[end]?.tracked ? beside : beside + 1e9;
    };
    return ends.reduce<number | null>(
      (best, end) => (best === null || cost(end) < cost(best) ? end : best),
      null,
    );
  }

  #firstIn(key: string): number | null {
    const frame = this.#scene.frames.find((each) => each.key === key);
    if (frame === undefined) return null;
    const { left, top, width, height } = frame;
    const isIn = (stop: number): boolean => {
      const card = this.#scene.cards[stop];
      return (
        card !== undefined && card.x > left && card.x < left + width && card.y > top && card.y < top + height
      );
    };
    return this.#read.find(isIn) ?? null;
  }
}
