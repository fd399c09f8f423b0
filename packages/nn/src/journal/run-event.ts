/**
 * What happens in a run, as lines of text: the entries of a run's log. A line is one JSON object; what JSON has no number
 * for (NaN, ±∞, −0) stands as a string, so that every number comes back with the bits that it had.
 */
import { FormatError } from "@adjoint/tensor";
import { booleanOf, fieldsOf, integerOf, numberOf, numbersOf, textOf, writable } from "./fields.ts";

/** The statistics of a training step. Those of the parameters are in the order of `RunInfo.parameters`. */
export interface StepRecord {
  /** From 1. */
  readonly step: number;
  /** Of the step's batch, before its update. */
  readonly loss: number;
  /** With which the step was made. */
  readonly learningRate: number;
  /** Share of the step's batch that was right, 0 to 1, before its update; null where nothing is classified. */
  readonly accuracy: number | null;
  /** What has to look at every parameter; null in a step in which it was not measured. */
  readonly norms: StepNorms | null;
}

/** Sizes of a step's gradients and updates. */
export interface StepNorms {
  /** ‖∇w‖ of all parameters together: √Σ ‖∇w_p‖². */
  readonly gradient: number;
  /** ‖∇w_p‖ of each parameter; 0 for one without a gradient. */
  readonly gradients: readonly number[];
  /** ‖Δw_p‖ / ‖w_p‖ of each parameter, w before the update. A parameter of zeros gives Infinity, or NaN if it stays. */
  readonly updateRatios: readonly number[];
}

/** How a run ended. */
export type RunEnd = "completed" | "interrupted" | "failed";

/** An entry of a run's log. */
export type RunEvent =
  | { readonly kind: "step"; readonly record: StepRecord }
  /** There is a snapshot of `step`, with its gradients or without. */
  | { readonly kind: "snapshot"; readonly step: number; readonly hasGradients: boolean }
  /** The snapshot of `step` is no longer kept. */
  | { readonly kind: "drop"; readonly step: number }
  /** Nothing follows; `message` says why it failed, and is empty otherwise. */
  | { readonly kind: "end"; readonly status: RunEnd; readonly message: string };

const ends: readonly RunEnd[] = ["completed", "interrupted", "failed"];

/**
 * The event as a line of JSON, without the line's end.
 *
 * @example encodeRunEvent({ kind: "drop", step: 7 })   // '{"drop":7}'
 */
export function encodeRunEvent(event: RunEvent): string {
  switch (event.kind) {
    case "step":
      return JSON.stringify(stepFields(event.record));
    case "snapshot":
      return JSON.stringify({ snapshot: event.step, gradients: event.hasGradients });
    case "drop":
      return JSON.stringify({ drop: event.step });
    case "end":
      return JSON.stringify({ end: event.status, message: event.message });
  }
}

/**
 * The event of a line that `encodeRunEvent` wrote.
 *
 * @throws {FormatError} if the line is no event.
 */
export function decodeRunEvent(line: string): RunEvent {
  const fields = fieldsOf("decodeRunEvent", line);
  if ("step" in fields) return { kind: "step", record: readStep(fields) };
  if ("snapshot" in fields) {
    const hasGradients = booleanOf("decodeRunEvent", fields, "gradients");
    return { kind: "snapshot", step: integerOf("decodeRunEvent", fields, "snapshot"), hasGradients };
  }
  if ("drop" in fields) return { kind: "drop", step: integerOf("decodeRunEvent", fields, "drop") };
  const status = ends.find((end) => end === fields.end);
  if (status !== undefined)
    return { kind: "end", status, message: textOf("decodeRunEvent", fields, "message") };
  const what = `the line has none of the fields step, snapshot, drop and end: ${line.slice(0, 80)}`;
  throw new FormatError("decodeRunEvent", what, "Give a line of a run's log.");
}

function stepFields({ step, loss, learningRate, accuracy, norms }: StepRecord): Record<string, unknown> {
  const fields = {
    step,
    loss: writable(loss),
    learningRate: writable(learningRate),
    accuracy: accuracy === null ? null : writable(accuracy),
  };
  if (norms === null) return fields;
  return {
    ...fields,
    gradientNorm: writable(norms.gradient),
    gradientNorms: norms.gradients.map(writable),
    updateRatios: norms.updateRatios.map(writable),
  };
}

function readStep(fields: Readonly<Record<string, unknown>>): StepRecord {
  const number = (name: string): number => numberOf("decodeRunEvent", fields, name);
  return {
    step: integerOf("decodeRunEvent", fields, "step"),
    loss: number("loss"),
    learningRate: number("learningRate"),
    accuracy: fields.accuracy === null ? null : number("accuracy"),
    norms: "gradientNorm" in fields ? readNorms(fields) : null,
  };
}

function readNorms(fields: Readonly<Record<string, unknown>>): StepNorms {
  return {
    gradient: numberOf("decodeRunEvent", fields, "gradientNorm"),
    gradients: numbersOf("decodeRunEvent", fields, "gradientNorms"),
    updateRatios: numbersOf("decodeRunEvent", fields, "updateRatios"),
  };
}
