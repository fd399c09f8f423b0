/** Shapes on a canvas, as `svgShapes` has them. */
import type { IconShape, RectShape, Shape, TextShape } from "../shapes.ts";
import type { Colours } from "./graph-colours.ts";

const icons = new Map<string, Path2D>();

/** Paints `shapes` from the back to the front. */
export function paintShapes(
  context: CanvasRenderingContext2D,
  shapes: readonly Shape[],
  colours: Colours,
): void {
  for (const shape of shapes) {
    if (shape.shape === "rect") paintRect(context, shape, colours);
    else if (shape.shape === "text") paintText(context, shape, colours);
    else if (shape.shape === "cells") {
      const { x, y, size, height } = shape;
      for (const [i, colour] of shape.colours.entries()) {
        context.fillStyle = colours[colour] ?? "";
        context.fillRect(x + i * size, y, size, height);
      }
    } else paintIcon(context, shape, colours);
  }
}

function paintIcon(
  context: CanvasRenderingContext2D,
  { d, x, y, scale, stroke }: IconShape,
  colours: Colours,
): void {
  const icon = icons.get(d) ?? new Path2D(d);
  icons.set(d, icon);
  context.strokeStyle = colours[stroke] ?? "";
  context.lineWidth = 2;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.stroke(icon);
  context.restore();
}

function paintRect(context: CanvasRenderingContext2D, shape: RectShape, colours: Colours): void {
  const { x, y, width, height, radius, fill, stroke, strokeWidth, dash } = shape;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  if (fill !== null) {
    context.fillStyle = colours[fill] ?? "";
    context.fill();
  }
  if (stroke === null) return;
  context.strokeStyle = colours[stroke] ?? "";
  context.lineWidth = strokeWidth;
  if (dash.length > 0) context.setLineDash([...dash]);
  context.stroke();
  if (dash.length > 0) context.setLineDash([]);
}

function paintText(context: CanvasRenderingContext2D, shape: TextShape, colours: Colours): void {
  const { x, y, text, size, weight, family, anchor, fill, halo } = shape;
  context.font = `${weight} ${size}px ${colours[family] ?? "sans-serif"}`;
  context.textAlign = anchor === "middle" ? "center" : anchor;
  if (halo !== null) {
    context.strokeStyle = colours[halo] ?? "";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeText(text, x, y);
  }
  context.fillStyle = colours[fill] ?? "";
  context.fillText(text, x, y);
}
