/** Shapes as SVG elements. Colours and fonts are attributes, which any style of the page overrules. */
import type { RectShape, Shape, TextShape } from "../shapes.ts";
import { svg } from "./dom.ts";

/** A colour of the style as an attribute has it. */
export function paint(name: string | null): string {
  return name === null ? "none" : `var(--${name})`;
}

/** The elements of `shapes`, from the back to the front. */
export function svgShapes(shapes: readonly Shape[]): SVGElement[] {
  return shapes.flatMap((shape): SVGElement[] => {
    if (shape.shape === "rect") return [rectOf(shape)];
    if (shape.shape === "text") return [textOf(shape)];
    if (shape.shape === "cells") return cellsOf(shape);
    const { d, x, y, scale, stroke } = shape;
    const look = { fill: "none", stroke: paint(stroke), "stroke-width": 2, "stroke-linecap": "round" };
    return [
      svg("path", {
        d,
        transform: `translate(${x},${y}) scale(${scale})`,
        "stroke-linejoin": "round",
        ...look,
      }),
    ];
  });
}

function rectOf({
  name,
  x,
  y,
  width,
  height,
  radius,
  fill,
  stroke,
  strokeWidth,
  dash,
}: RectShape): SVGElement {
  return svg("rect", {
    class: name,
    x,
    y,
    width,
    height,
    rx: radius,
    fill: paint(fill),
    stroke: stroke === null ? undefined : paint(stroke),
    "stroke-width": stroke === null ? undefined : strokeWidth,
    "stroke-dasharray": dash.length === 0 ? undefined : dash.join(" "),
  });
}

function textOf({
  name,
  x,
  y,
  text,
  size,
  weight,
  family,
  anchor,
  fill,
  halo,
  exact,
}: TextShape): SVGElement {
  const rim = { stroke: paint(halo), "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" };
  return svg(
    "text",
    {
      class: name,
      x,
      y,
      fill: paint(fill),
      "font-family": `var(--${family})`,
      "font-size": size,
      "font-weight": weight === 400 ? undefined : weight,
      "text-anchor": anchor === "start" ? undefined : anchor,
      "data-exact": exact ?? undefined,
      ...(halo === null ? {} : rim),
    },
    text,
  );
}

/** One path for each colour. */
function cellsOf({ x, y, size, height, colours }: Extract<Shape, { shape: "cells" }>): SVGElement[] {
  const paths = new Map<string, string>();
  for (const [i, colour] of colours.entries()) {
    const left = x + i * size;
    const path = `M${left.toFixed(2)},${y}h${size.toFixed(2)}v${height}h${(-size).toFixed(2)}z`;
    paths.set(colour, (paths.get(colour) ?? "") + path);
  }
  return [...paths].map(([colour, d]) => svg("path", { class: "cells", d, fill: paint(colour) }));
}
