/** The four charts of a run: loss, accuracy, gradient norms, update-to-weight ratios. */
import type { Run } from "../../run-model.ts";
import { lastAtMost, type Series } from "../../run-series.ts";
import { type AxisKind, type AxisScale, linearScale } from "../../timeline/axis-scale.ts";
import { html } from "../dom.ts";
import { Chart, type ChartLine } from "./chart.ts";

/** The ratio of update to weight that a well-chosen learning rate has, by the rule of thumb. */
const thumb = 1e-3;

/** All charts of one run. */
export class RunCharts {
  readonly element: HTMLElement = html("div", { class: "charts" });
  readonly #run: Run;
  readonly #charts: ReadonlyMap<string, Chart>;

  /** `scrub` is asked for a place across the charts, 0 to 1. */
  constructor(run: Run, scrub: (place: number) => void) {
    this.#run = run;
    const { series, info } = run;
    const single = (name: string, numbers: Series): ChartLine => ({
      name,
      layer: null,
      dashed: false,
      sparse: numbers === series.accuracy,
      steps: () => series.step.values,
      numbers: () => numbers.values,
    });
    const layers = layerPlaces(info.parameters.map(({ name }) => name));
    const perParameter = (all: readonly Series[]): ChartLine[] =>
      info.parameters.map(({ name, shape }, p) => ({
        name,
        layer: layers[p] ?? 0,
        dashed: shape.length < 2,
        sparse: false,
        steps: () => series.norms.step.values,
        numbers: () => all[p]?.values ?? [],
      }));
    const charts = [
      new Chart({
        id: "loss",
        title: "Loss",
        unit: "of the batch",
        lines: [single("loss", series.loss)],
        scrub,
      }),
      new Chart({
        id: "gradient",
        title: "Gradient norm",
        unit: "‖∇w‖",
        note: info.normsEvery > 1 ? `; measured every ${info.normsEvery} steps` : "",
        lines: perParameter(series.norms.gradients),
        scrub,
      }),
      new Chart({
        id: "accuracy",
        title: "Accuracy",
        unit: "share of the batch",
        lines: [single("accuracy", series.accuracy)],
        up: linearScale(0, 1),
        scrub,
      }),
      new Chart({
        id: "ratio",
        title: "Update to weight",
        unit: "‖Δw‖ / ‖w‖",
        note: "; dashed: 0.001, the rule of thumb",
        lines: perParameter(series.norms.updateRatios),
        rule: thumb,
        scrub,
      }),
    ];
    this.#charts = new Map(
      ["loss", "gradient", "accuracy", "ratio"].map((id, i) => [id, charts[i] as Chart]),
    );
    this.element.append(...charts.map((chart) => chart.element));
  }

  /** Draws all lines anew, the loss by `loss`; norms and ratios are always logarithmic. */
  draw(across: AxisScale, loss: AxisKind): void {
    for (const [id, chart] of this.#charts) {
      chart.draw(across, id === "loss" ? loss : id === "accuracy" ? "linear" : "log");
    }
  }

  /** Puts the cursor at `step`; after the last step there are no numbers. */
  move(across: AxisScale, step: number): void {
    const after = step > this.#run.series.last;
    for (const chart of this.#charts.values()) {
      chart.move(across, step, (steps) => (after ? -1 : lastAtMost(steps, step)));
    }
  }
}

/** For each parameter the place of its layer between 0, the first, and 1, the last: `0.weight` and `0.bias` are of one. */
function layerPlaces(names: readonly string[]): number[] {
  const prefixes = names.map((name) => name.replace(/\.?[^.]*$/, ""));
  const layers = [...new Set(prefixes)];
  return prefixes.map((prefix) => (layers.length < 2 ? 0 : layers.indexOf(prefix) / (layers.length - 1)));
}
