/** The way from one layout to the next. */
import type { CardPlaces } from "../line-path.ts";
import { type Scene, scenePlaces } from "../scene.ts";
import type { GraphDrawing } from "./graph-drawing.ts";
import { nextFrame } from "./work.ts";

/** How long cards are on their way. Milliseconds. */
const duration = 200;

/** Where cards come from. */
export interface GlideOrigin {
  /** What cards that were there before are called by now; null if they are called the same. */
  readonly names: ReadonlyMap<string, string> | null;
  /** The card or frame that was opened or folded: new cards come out of it. */
  readonly pinned: string | null;
}

/** Where each card of `to` was in `from`; null if nothing moves. */
export function placesBefore(from: Scene, to: Scene, { names, pinned }: GlideOrigin): CardPlaces | null {
  const before = new Map(
    from.cards.map(({ key, x, y }) => [names === null ? key : names.get(key), { x, y }]),
  );
  const frame = from.frames.find(({ key }) => key === pinned);
  const origin = before.get(pinned ?? "") ?? (frame && { x: frame.handle, y: frame.top });
  const places = scenePlaces(to);
  let moves = false;
  for (const [i, { key, x, y }] of to.cards.entries()) {
    const place = before.get(key) ?? origin ?? { x, y };
    moves ||= Math.abs(place.x - x) > 0.5 || Math.abs(place.y - y) > 0.5;
    places.x[i] = place.x;
    places.y[i] = place.y;
  }
  return moves ? places : null;
}

/** Moves the cards of `drawing` from `before` to where they belong; ends at once where less motion is asked for. */
export async function glide(
  drawing: GraphDrawing,
  scene: Scene,
  before: CardPlaces,
  isCurrent: () => boolean,
): Promise<void> {
  const goal = scenePlaces(scene);
  const begin = performance.now();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
  for (let t = still ? 1 : 0; t < 1 && isCurrent(); t = Math.min(1, (performance.now() - begin) / duration)) {
    const eased = t * t * (3 - 2 * t);
    const between = (a: Float64Array, b: Float64Array): Float64Array =>
      a.map((from, i) => from + ((b[i] ?? 0) - from) * eased);
    drawing.place({ x: between(before.x, goal.x), y: between(before.y, goal.y) }, t * 0.98);
    await nextFrame();
  }
  if (isCurrent()) drawing.place(goal, 1);
}
