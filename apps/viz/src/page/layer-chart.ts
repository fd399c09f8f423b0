/** A measure at each layer in order of execution, on a logarithmic axis, with the threshold as a line. */
import type { HealthFlag } from "../health.ts";
import { exactText, numberText } from "../number-text.ts";
import { type AxisScale, scaleFor } from "../timeline/axis-scale.ts";
import { html, svg } from "./dom.ts";

/** The chart of a flag that has a series. What it shows to the eye, the list of layers below it says in numbers. */
export function layerChart(flag: HealthFlag): HTMLElement {
  const { series, threshold, kind } = flag;
  const numbers = series.map(({ number }) => number);
  const up = scaleFor("log", [...numbers, threshold]);
  const flagsBelow = kind === "vanishing";
  const across = (layer: number): number => (layer + 0.5) / series.length;
  const plot = html("div", { class: "layer-plot" }, lines(flag, up, across));
  for (const y of up.ticks(4)) plot.append(tick("up", up.at(y), numberText(y)));
  if (numbers.some((x) => x <= 0)) plot.append(tick("up zero", 0, "0"));
  if (numbers.some((x) => !Number.isFinite(x))) plot.append(tick("up most", 1, "∞"));
  for (const layer of layerTicks(series.length))
    plot.append(tick("across", across(layer), String(layer + 1)));
  const label = html("span", { class: "threshold-label" }, `threshold ${numberText(threshold)}`);
  label.style.bottom = percent(up.at(threshold));
  label.classList.toggle("above", !flagsBelow);
  plot.append(label);
  for (const [layer, { number }] of series.entries()) {
    const over = flagsBelow ? number < threshold : !(number <= threshold);
    const point = html("i", {
      class: over ? "point over" : "point",
      title: `layer ${layer + 1}: ${exactText(number)}`,
    });
    point.style.left = percent(across(layer));
    point.style.bottom = percent(placeOf(up, number));
    plot.append(point);
  }
  const words = `${flag.measure}, at ${series.length} layers: from ${numberText(numbers[0] ?? 0)} at the first to ${numberText(numbers.at(-1) ?? 0)} at the last`;
  return html(
    "figure",
    { class: "layer-chart" },
    html("figcaption", {}, "By layer, logarithmic"),
    html("div", { role: "img", "aria-label": words }, plot),
    html("p", { class: "axis-name", "aria-hidden": "true" }, "layer, in order of execution"),
  );
}

/** Where a number stands: what is not finite at the upper edge, 0 at the lower. */
function placeOf(up: AxisScale, x: number): number {
  return Number.isFinite(x) ? up.at(x) : 1;
}

function lines(
  { series, threshold, kind }: HealthFlag,
  up: AxisScale,
  across: (layer: number) => number,
): SVGSVGElement {
  const [width, height] = [1000, 100];
  const y = (x: number): number => height * (1 - placeOf(up, x));
  const d = series.map(
    ({ number }, layer) => `${layer === 0 ? "M" : "L"}${width * across(layer)},${y(number)}`,
  );
  const limit = y(threshold);
  const [top, bottom] = kind === "vanishing" ? [limit, height] : [0, limit];
  const grid = up.ticks(4).map((x) => `M0,${y(x)}H${width}`);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "beyond", x: 0, y: top, width, height: Math.max(0, bottom - top) }),
    svg("path", { class: "grid", d: grid.join("") }),
    svg("path", { class: "limit", d: `M0,${limit}H${width}` }),
    svg("path", { class: "curve", d: d.join("") }),
  );
}

/** The first, the last, and round numbers between them that do not crowd. */
function layerTicks(count: number): number[] {
  const every =
    [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((each) => count / each <= 8) ?? count;
  const round = Array.from({ length: Math.floor(count / every) }, (_, i) => (i + 1) * every - 1);
  return [
    ...new Set([
      0,
      ...round.filter((layer) => layer >= every / 2 && count - 1 - layer >= every / 2),
      count - 1,
    ]),
  ];
}

function tick(kind: string, place: number, text: string): HTMLElement {
  const made = html("span", { class: `tick ${kind}`, "aria-hidden": "true" }, text);
  made.style[kind === "across" ? "left" : "bottom"] = percent(place);
  return made;
}

function percent(place: number): string {
  return `${100 * place}%`;
}
