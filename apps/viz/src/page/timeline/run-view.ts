/** What the timeline shows of one run: its charts, and its first layer's weights. */
import type { ProgramSettings } from "../../programs/programs.ts";
import type { Run } from "../../run-model.ts";
import type { AxisKind, AxisScale } from "../../timeline/axis-scale.ts";
import { RunCharts } from "./run-charts.ts";
import type { RecordedStep } from "./step-recorder.ts";
import { type ShownWeights, WeightImages } from "./weight-images.ts";
import { WeightScale } from "./weight-scale.ts";

/** The program whose steps a run's are. */
export interface RunProgram {
  readonly settings: ProgramSettings;
  /** The run is this program's own, so that any step can be trained to; else its snapshots are only looked at with it. */
  readonly retrains: boolean;
}

/** The weights of one run, as images. */
interface Weights {
  readonly name: string;
  readonly images: WeightImages;
  readonly scale: WeightScale;
}

/** The view of a run. */
export class RunView {
  readonly run: Run;
  /** Null where the page knows no program with these parameters. */
  readonly program: RunProgram | null;
  readonly #charts: RunCharts;
  /** Of the first parameter with two axes; null where there is none. */
  readonly #weights: Weights | null;

  /** `scrub` is asked for a place across the charts, 0 to 1. */
  constructor(run: Run, program: RunProgram | null, scrub: (place: number) => void) {
    this.run = run;
    this.program = program;
    this.#charts = new RunCharts(run, scrub);
    const first = run.info.parameters.find(({ shape }) => shape.length === 2);
    this.#weights =
      first === undefined
        ? null
        : {
            name: first.name,
            images: new WeightImages(first.name, first.shape),
            scale: new WeightScale(run, first.name),
          };
  }

  /** Charts, and images if there are weights. */
  get elements(): readonly HTMLElement[] {
    const images = this.#weights?.images.element;
    return images === undefined ? [this.#charts.element] : [this.#charts.element, images];
  }

  /** The weights whose images are shown; null before any. */
  get weights(): ShownWeights | null {
    return this.#weights?.images.shown ?? null;
  }

  /** The last step there is: that of the state which the run leaves behind, once it is there. */
  get last(): number {
    return Math.max(1, this.run.series.last, this.run.snapshots.at(-1)?.step ?? 1);
  }

  /** Draws the charts anew. */
  draw(across: AxisScale, loss: AxisKind): void {
    this.#charts.draw(across, loss);
  }

  /** Puts the cursor of the charts at `step`. */
  move(across: AxisScale, step: number): void {
    this.#charts.move(across, step);
  }

  /** Looks into the snapshots that came since, for how far the colours reach. */
  async updateScale(): Promise<void> {
    await this.#weights?.scale.update();
  }

  /** Shows the weights of `step`: those of `exact` if it is of that step, else those of the nearest snapshot. */
  async showWeights(step: number, exact: RecordedStep | null): Promise<void> {
    if (this.#weights === null) return;
    const { name } = this.#weights;
    if (exact?.step === step) {
      const leaf = exact.trace.nodes.find((node) => node.name === name);
      this.#show(step, leaf?.value?.data, "recorded exactly");
      return;
    }
    const entry = this.run.nearest(step);
    if (entry === null) return;
    const snapshot = await this.run.snapshot(entry.step);
    const words = entry.step === step ? "its snapshot" : `the nearest snapshot before ${step}`;
    this.#show(entry.step, snapshot.parameters.get(name)?.data, words);
  }

  #show(step: number, data: ArrayLike<number> | null | undefined, words: string): void {
    if (this.#weights === null || data == null) return;
    const { images, scale } = this.#weights;
    images.show({ step, data }, `Step ${step}, ${words}`, scale.largest, scale.snapshots);
  }
}
