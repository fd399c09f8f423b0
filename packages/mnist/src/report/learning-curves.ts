// The three charts of the report: loss by epoch, accuracy by epoch, and the training loss of every step.
import type { EpochRecord } from "../metrics.ts";
import { type Band, chartLegend, type LineChart, lineChart, type Point, type Series } from "./line-chart.ts";
import { type Markup, markup } from "./markup.ts";
import { linearScale, logScale, type Scale } from "./scale.ts";

/** Steps over which the drawn training loss is averaged. */
export const smoothingSteps = 50;
const bins = 240;

/** The section with the learning curves. */
export function learningCurves(epochs: readonly EpochRecord[], stepLosses: ArrayLike<number>): Markup {
  const panels = epochs.length === 0 ? [] : [lossChart(epochs), accuracyChart(epochs)];
  return markup`<div class="panels">${panels.map((chart) => panel(chart, [lineChart(chart)]))}</div>
${stepPanel(epochs, stepLosses)}`;
}

/**
 * Exponential moving average with bias correction: m ← m + (x − m)·(1 − β) with β = 1 − 1/steps, divided by 1 − βᵗ.
 * Values that are not finite are passed over.
 */
export function smooth(values: ArrayLike<number>, steps: number): Float64Array {
  const beta = 1 - 1 / steps;
  const result = new Float64Array(values.length);
  let average = 0;
  let weight = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      average = beta * average + (1 - beta) * value;
      weight *= beta;
    }
    result[index] = average / (1 - weight);
  }
  return result;
}

function panel(chart: LineChart, drawings: readonly Markup[]): Markup {
  return markup`<figure class="panel"><figcaption><h3>${chart.title}</h3>${chartLegend(chart)}</figcaption>${drawings}</figure>`;
}

function lossChart(epochs: readonly EpochRecord[]): LineChart {
  const series = epochSeries(epochs, (epoch) => [epoch.trainLoss, epoch.validationLoss]);
  return {
    ...epochAxes("Loss by epoch", epochs),
    y: lossScale(series.flatMap(({ points }) => points.map(({ y }) => y))),
    yLabel: "loss (nats, log scale)",
    formatY: shortNumber,
    series,
  };
}

function accuracyChart(epochs: readonly EpochRecord[]): LineChart {
  const series = epochSeries(epochs, (epoch) => [
    100 * epoch.trainAccuracy,
    scaled(epoch.validationAccuracy),
  ]);
  const low = Math.min(...series.flatMap(({ points }) => points.map(({ y }) => y)), 99);
  return {
    ...epochAxes("Accuracy by epoch", epochs),
    y: linearScale(low, 100, 5),
    yLabel: "accuracy (%)",
    formatY: (value) => String(Number(value.toFixed(2))),
    series,
  };
}

function epochAxes(
  title: string,
  epochs: readonly EpochRecord[],
): Pick<LineChart, "title" | "width" | "height" | "x" | "xLabel"> {
  const scale = linearScale(epochs.length === 1 ? 0 : 1, epochs.length, 8);
  // Half an epoch is not a place on this axis.
  const ticks = scale.ticks.filter(Number.isInteger);
  return { title, width: 460, height: 290, x: { ...scale, ticks }, xLabel: "epoch" };
}

function epochSeries(
  epochs: readonly EpochRecord[],
  values: (epoch: EpochRecord) => readonly [number, number | null],
): Series[] {
  const training: Point[] = [];
  const validation: Point[] = [];
  for (const epoch of epochs) {
    const [train, held] = values(epoch);
    training.push({ x: epoch.epoch, y: train });
    if (held !== null) validation.push({ x: epoch.epoch, y: held });
  }
  const first: Series = {
    name: "training",
    tone: validation.length > 0 ? "quiet" : "accent",
    points: training,
    dots: true,
  };
  return validation.length > 0
    ? [first, { name: "validation", tone: "accent", points: validation, dots: true }]
    : [first];
}

function stepPanel(epochs: readonly EpochRecord[], stepLosses: ArrayLike<number>): Markup {
  if (stepLosses.length < 2)
    return markup`<p class="note">No curve: fewer than two training steps were made.</p>`;
  const stepsPerEpoch = epochs[0]?.steps ?? stepLosses.length;
  const { band, line } = binned(stepLosses, stepsPerEpoch);
  const heights = band.points.flatMap(({ low, high }) => [low, high]);
  const chart: LineChart = {
    title: "Training loss at every step",
    width: 940,
    height: 280,
    x: linearScale(0, stepLosses.length / stepsPerEpoch, 8),
    xLabel: epochs.length === 0 ? "share of the training so far" : "epoch",
    y: lossScale([...heights, ...line.points.map(({ y }) => y)]),
    yLabel: "loss of a batch (nats, log scale)",
    formatY: shortNumber,
    series: [line],
    band,
  };
  const wide = markup`<div class="wide">${lineChart(chart)}</div>`;
  const narrow = markup`<div class="narrow">${lineChart({ ...chart, width: 460, height: 290, x: linearScale(0, stepLosses.length / stepsPerEpoch, 4) })}</div>`;
  return panel(chart, [wide, narrow]);
}

// Thousands of steps share a few hundred columns of pixels: each column shows the lowest and the highest loss in it.
function binned(stepLosses: ArrayLike<number>, stepsPerEpoch: number): { band: Band; line: Series } {
  const smoothed = smooth(stepLosses, smoothingSteps);
  const width = Math.max(1, Math.ceil(stepLosses.length / bins));
  const band: Band["points"][number][] = [];
  const points: Point[] = [];
  for (let start = 0; start < stepLosses.length; start += width) {
    const end = Math.min(start + width, stepLosses.length);
    const values = Array.from({ length: end - start }, (_, index) => stepLosses[start + index] ?? 0);
    const x = end / stepsPerEpoch;
    band.push({ x, low: Math.max(Math.min(...values), lossFloor), high: Math.max(...values, lossFloor) });
    points.push({ x, y: Math.max(smoothed[end - 1] ?? 0, lossFloor) });
  }
  return {
    band: { name: "lowest to highest batch", points: band },
    line: { name: `moving average of ${smoothingSteps} steps`, tone: "accent", points, dots: false },
  };
}

// A logarithmic axis has no zero; a loss below a thousandth of a nat is drawn at its foot.
const lossFloor = 1e-3;

function lossScale(values: readonly number[]): Scale {
  const clipped = values.filter(Number.isFinite).map((value) => Math.max(value, lossFloor));
  const scale = logScale(Math.min(...clipped, 1), Math.max(...clipped, 0.1));
  return { ticks: scale.ticks, position: (value) => scale.position(Math.max(value, lossFloor)) };
}

function scaled(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(3)));
}
