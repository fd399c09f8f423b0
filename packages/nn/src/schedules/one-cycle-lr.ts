import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { checkAtLeast } from "../optimizers/optimizer.ts";
import { type Curve, checkCount } from "./curve.ts";

/** Settings of `oneCycleLR`; names and defaults are PyTorch's. */
export interface OneCycleLROptions {
  /** The highest rate, at least 0. */
  readonly maxLR: number;
  /** How many steps the cycle takes, at least 1. */
  readonly totalSteps: number;
  /** The share of the steps in which the rate rises, 0 to 1. Default 0.3. */
  readonly pctStart?: number;
  /** From rate to rate along half a cosine wave (default) or a straight line. */
  readonly annealStrategy?: "cos" | "linear";
  /** Let the momentum fall while the rate rises, and rise while it falls. Default true. */
  readonly cycleMomentum?: boolean;
  /** The lowest momentum, at the highest rate. Default 0.85. */
  readonly baseMomentum?: number;
  /** The highest momentum. Default 0.95. */
  readonly maxMomentum?: number;
  /** The first rate is maxLR / divFactor. Default 25. */
  readonly divFactor?: number;
  /** The last rate is the first / finalDivFactor. Default 10,000. */
  readonly finalDivFactor?: number;
  /** Fall as long as the rise was to the first rate, and only then to the last. Default false. */
  readonly threePhase?: boolean;
}

/** From one rate and momentum to another, up to step `end`. */
interface Phase {
  readonly end: number;
  readonly rate: readonly [number, number];
  readonly momentum: readonly [number, number];
}

/**
 * One cycle: the rate rises from maxLR / divFactor to maxLR and falls to nearly nothing; the momentum goes the other way.
 * The optimizer's own learning rate plays no part. Defined up to step totalSteps.
 *
 * Source: L. N. Smith, N. Topin, Super-convergence: very fast training of neural networks using large learning rates,
 * 2018.
 *
 * @throws {ArgumentError} on a setting that is unknown or outside its range, and of `rate` and `momentum` after the end.
 * @example oneCycleLR({ maxLR: 1, totalSteps: 10 }).rate(2, 0)   // 1
 */
export function oneCycleLR(options: OneCycleLROptions): Curve {
  const settings = settingsOf(options);
  const phases = phasesOf(settings);
  const along = settings.annealStrategy === "cos" ? alongCosine : alongLine;
  const at = (step: number, what: "rate" | "momentum"): number => {
    if (step > settings.totalSteps) throw overrun(step, settings.totalSteps);
    const index = phases.findIndex(({ end }, i) => step <= end || i === phases.length - 1);
    const [start, phase] = [phases[index - 1]?.end ?? 0, phases[index]];
    if (phase === undefined) return Number.NaN;
    const progress = phase.end === start ? 1 : (step - start) / (phase.end - start);
    return along(phase[what][0], phase[what][1], progress);
  };
  const rate = (step: number): number => at(step, "rate");
  return settings.cycleMomentum ? { rate, momentum: (step) => at(step, "momentum") } : { rate };
}

function settingsOf(options: OneCycleLROptions): Required<OneCycleLROptions> {
  const settings: Required<OneCycleLROptions> = {
    pctStart: 0.3,
    annealStrategy: "cos",
    cycleMomentum: true,
    baseMomentum: 0.85,
    maxMomentum: 0.95,
    divFactor: 25,
    finalDivFactor: 1e4,
    threePhase: false,
    ...options,
  };
  checkOptions("oneCycleLR", options, ["maxLR", "totalSteps", ...Object.keys(settings)]);
  checkAtLeast("oneCycleLR", "maxLR", settings.maxLR, 0);
  checkCount("oneCycleLR", "totalSteps", settings.totalSteps, 1);
  for (const argument of ["baseMomentum", "maxMomentum", "divFactor", "finalDivFactor"] as const) {
    checkAtLeast("oneCycleLR", argument, settings[argument], Number.MIN_VALUE);
  }
  const { pctStart, annealStrategy } = settings;
  if (!(pctStart >= 0 && pctStart <= 1)) {
    throw new ArgumentError(
      "oneCycleLR",
      "pctStart",
      `pctStart is ${pctStart}.`,
      "Give a share from 0 to 1.",
    );
  }
  if (annealStrategy !== "cos" && annealStrategy !== "linear") {
    const what = `annealStrategy is ${JSON.stringify(annealStrategy)}.`;
    throw new ArgumentError("oneCycleLR", "annealStrategy", what, 'Give "cos" or "linear".');
  }
  return settings;
}

function phasesOf(settings: Required<OneCycleLROptions>): readonly Phase[] {
  const { maxLR, totalSteps, pctStart, baseMomentum: low, maxMomentum: high } = settings;
  const first = maxLR / settings.divFactor;
  const last = first / settings.finalDivFactor;
  const rise: Phase = { end: pctStart * totalSteps - 1, rate: [first, maxLR], momentum: [high, low] };
  if (!settings.threePhase) {
    return [rise, { end: totalSteps - 1, rate: [maxLR, last], momentum: [low, high] }];
  }
  return [
    rise,
    { end: 2 * pctStart * totalSteps - 2, rate: [maxLR, first], momentum: [low, high] },
    { end: totalSteps - 1, rate: [first, last], momentum: [high, high] },
  ];
}

function alongCosine(start: number, end: number, progress: number): number {
  return end + ((start - end) / 2) * (1 + Math.cos(Math.PI * progress));
}

function alongLine(start: number, end: number, progress: number): number {
  return (end - start) * progress + start;
}

function overrun(step: number, totalSteps: number): ArgumentError {
  const what = `step ${step} is asked of a cycle of ${totalSteps} steps.`;
  return new ArgumentError(
    "oneCycleLR",
    "totalSteps",
    what,
    "Give the number of steps of the whole training.",
  );
}
