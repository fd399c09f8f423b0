/** What draws a scene; SVG and canvas are two of it. */
import type { CardPlaces } from "../line-path.ts";
import type { Scene } from "../scene.ts";
import type { SceneState } from "../scene-state.ts";

/** Where the camera is: a point p of the scene is drawn at `k · p + (x, y)`. */
export interface Camera {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

/** From this scale on cards have all their words and numbers; below it a title in large letters. */
export const detailFrom = 0.55;

/** What a drawing tells of. A stop is a card, or behind all cards a frame, by its position in the scene. */
export interface DrawingEvents {
  /** A card or a frame's name was clicked. */
  choose(stop: number): void;
  /** The focus came to a card or a frame's name. */
  focused(stop: number): void;
}

/** A drawing of one scene. */
export interface GraphDrawing {
  readonly element: HTMLElement | SVGElement;
  show(state: SceneState): void;
  move(camera: Camera): void;
  /** Draws the cards elsewhere, on their way to where they belong; lines and frames come up as `arrived` goes from 0 to 1. */
  place(places: CardPlaces, arrived: number): void;
  /** The stop that the keyboard reaches; with `take` it gets the focus as well. */
  focus(stop: number, take: boolean): void;
  /** Ends what it listens to. */
  end(): void;
}

/** How a scene is made into a drawing. */
export type Draw = (scene: Scene, state: SceneState, events: DrawingEvents) => GraphDrawing;
