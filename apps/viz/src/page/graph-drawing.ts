/** What draws a scene; SVG and canvas are two of it. */
import type { CardState, Scene } from "../scene.ts";

/** Where the camera is: a point p of the scene is drawn at `k · p + (x, y)`. */
export interface Camera {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** The state of every card and line. */
export interface SceneState {
  readonly cards: readonly CardState[];
  readonly lines: readonly ("none" | "flowed" | "now")[];
}

/** A drawing of one scene. */
export interface GraphDrawing {
  readonly element: Element;
  show(state: SceneState): void;
  move(camera: Camera): void;
}

/** How a scene is made into a drawing; `choose` is called with the position of a card that is clicked. */
export type Draw = (scene: Scene, choose: (card: number) => void) => GraphDrawing;

/** From the bottom of one card to the top of another, as an SVG path. */
export function linePath(scene: Scene, from: number, to: number, height: number): string {
  const [a, b] = [scene.cards[from], scene.cards[to]];
  if (a === undefined || b === undefined) return "";
  const [top, bottom] = [a.y + height / 2, b.y - height / 2];
  const bend = Math.max(18, (bottom - top) / 2);
  return `M${a.x},${top}C${a.x},${top + bend} ${b.x},${bottom - bend} ${b.x},${bottom}`;
}
