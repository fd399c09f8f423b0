/**
 * The few shapes that all of the graph's drawing is made of, so that SVG, canvas and exported files show the same. Colours
 * are names of the style's custom properties; texts are data.
 */

/** A rectangle. */
export interface RectShape {
  readonly shape: "rect";
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill: string | null;
  readonly stroke: string | null;
  readonly strokeWidth: number;
  /** Lengths of dashes and gaps; empty for a whole line. */
  readonly dash: readonly number[];
}

/** A row of cells of one size, each with its colour. */
export interface CellsShape {
  readonly shape: "cells";
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly height: number;
  readonly colours: readonly string[];
}

/** Lines about a point. */
export interface IconShape {
  readonly shape: "icon";
  readonly d: string;
  readonly x: number;
  readonly y: number;
  /** 1 for a square of 12. */
  readonly scale: number;
  readonly stroke: string;
}

/** A line of text, by its baseline. */
export interface TextShape {
  readonly shape: "text";
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly weight: number;
  readonly family: "sans" | "mono";
  readonly anchor: "start" | "middle" | "end";
  readonly fill: string;
  /** A rim in this colour, so that the text can be read on lines. */
  readonly halo: string | null;
  /** The number that the text rounds, with all its digits. */
  readonly exact: string | null;
}

/** Any of them. */
export type Shape = RectShape | CellsShape | IconShape | TextShape;

/** A text with what is usual. */
export function text(
  name: string,
  what: string,
  x: number,
  y: number,
  look: Partial<Omit<TextShape, "shape" | "name" | "text" | "x" | "y">>,
): TextShape {
  const usual = {
    size: 13,
    weight: 400,
    family: "mono",
    anchor: "start",
    fill: "ink",
    halo: null,
    exact: null,
  } as const;
  return { shape: "text", name, text: what, x, y, ...usual, ...look };
}

/** A rectangle with what is usual. */
export function rect(
  name: string,
  [x, y, width, height]: readonly [x: number, y: number, width: number, height: number],
  look: Partial<Omit<RectShape, "shape" | "name" | "x" | "y" | "width" | "height">>,
): RectShape {
  const usual = { radius: 0, fill: null, stroke: null, strokeWidth: 1, dash: [] };
  return { shape: "rect", name, x, y, width, height, ...usual, ...look };
}
