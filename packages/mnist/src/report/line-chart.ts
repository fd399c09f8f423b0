// A line chart as SVG text. Colours come from the page's style sheet, so one drawing serves light, dark and print.
import { type Markup, markup } from "./markup.ts";
import type { Scale } from "./scale.ts";

/** A point in data coordinates. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line of a chart. */
export interface Series {
  /** Shown in the legend. */
  readonly name: string;
  /** `accent` is the line that matters most; `quiet` its companion. */
  readonly tone: "accent" | "quiet";
  readonly points: readonly Point[];
  /** Draws a dot with a tooltip at each point. */
  readonly dots: boolean;
}

/** A shaded area between two heights for each x. */
export interface Band {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
}

/** What a chart shows. */
export interface LineChart {
  /** Read out by screen readers. */
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xLabel: string;
  /** With its unit: `loss (nats, log scale)`. */
  readonly yLabel: string;
  readonly formatY: (value: number) => string;
  readonly series: readonly Series[];
  readonly band?: Band;
}

const margin = { top: 26, right: 12, bottom: 38, left: 46 };

/** Draws the chart: grid, axes with ticks and labels, band, lines, dots with tooltips. */
export function lineChart(chart: LineChart): Markup {
  const left = (x: number): number =>
    margin.left + chart.x.position(x) * (chart.width - margin.left - margin.right);
  const top = (y: number): number =>
    chart.height - margin.bottom - chart.y.position(y) * (chart.height - margin.top - margin.bottom);
  return markup`<svg class="chart" viewBox="0 0 ${chart.width} ${chart.height}" role="img" aria-label="${chart.title}">
<text class="axis-label" x="0" y="12">${chart.yLabel}</text>
${chart.y.ticks.map((tick) => horizontal(chart, top(tick), chart.formatY(tick)))}
${chart.x.ticks.map((tick) => vertical(chart, left(tick), tick))}
<text class="axis-label" x="${chart.width - margin.right}" y="${chart.height - 4}" text-anchor="end">${chart.xLabel}</text>
${chart.band === undefined ? null : area(chart.band, left, top)}
${chart.series.map((series) => line(series, chart, left, top))}
</svg>`;
}

/** The legend of a chart, as a list. */
export function chartLegend(chart: LineChart): Markup {
  const band = chart.band === undefined ? null : markup`<li class="band">${chart.band.name}</li>`;
  return markup`<ul class="legend">${chart.series.map(
    (series) => markup`<li class="${series.tone}${series.dots ? " dotted" : ""}">${series.name}</li>`,
  )}${band}</ul>`;
}

type Place = (value: number) => number;

function horizontal(chart: LineChart, y: number, label: string): Markup {
  const end = chart.width - margin.right;
  return markup`<path class="grid" d="M${margin.left} ${fixed(y)}H${end}"/><text class="tick" x="${margin.left - 7}" y="${fixed(y + 4)}" text-anchor="end">${label}</text>`;
}

function vertical(chart: LineChart, x: number, tick: number): Markup {
  const bottom = chart.height - margin.bottom;
  return markup`<path class="axis" d="M${fixed(x)} ${bottom}v4"/><text class="tick" x="${fixed(x)}" y="${bottom + 17}" text-anchor="middle">${tick}</text>`;
}

function area(band: Band, left: Place, top: Place): Markup | null {
  if (band.points.length === 0) return null;
  const upper = band.points.map(({ x, high }) => `${fixed(left(x))} ${fixed(top(high))}`);
  const lower = band.points.map(({ x, low }) => `${fixed(left(x))} ${fixed(top(low))}`).reverse();
  return markup`<path class="band" d="M${upper.join("L")}L${lower.join("L")}Z"/>`;
}

function line(series: Series, chart: LineChart, left: Place, top: Place): Markup | null {
  if (series.points.length === 0) return null;
  const path = series.points.map(({ x, y }) => `${fixed(left(x))} ${fixed(top(y))}`).join("L");
  const dots = series.points.map(
    ({ x, y }) =>
      markup`<circle cx="${fixed(left(x))}" cy="${fixed(top(y))}" r="3"><title>${series.name}, ${chart.xLabel} ${x}: ${chart.formatY(y)}</title></circle>`,
  );
  return markup`<g class="${series.tone}"><path class="line" d="M${path}"/>${series.dots ? dots : null}</g>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
