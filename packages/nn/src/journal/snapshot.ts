/** A moment of a run, whole: its parameters and their gradients. */
import { FormatError } from "@adjoint/tensor";
import { decodeSafetensors, encodeSafetensors } from "../safetensors.ts";
import type { StateDict } from "../state-dict.ts";

/**
 * The numbers that a step found and made. The parameters are those before the step's update, at which the loss and the
 * gradients of that step were computed; so all of a snapshot belongs together. What a run leaves behind is the snapshot
 * after its last step, with the number of the step that would have followed and without gradients.
 */
export interface Snapshot {
  /** Counted from 1, as in `StepRecord`. */
  readonly step: number;
  /** By name, as in `RunInfo.parameters`. */
  readonly parameters: StateDict;
  /** By the same names; one that got no gradient is missing. Null where no step was made of these parameters. */
  readonly gradients: StateDict | null;
}

const prefixes = { parameters: "parameters/", gradients: "gradients/" } as const;

/**
 * The snapshot as a safetensors file: `parameters/0.weight`, `gradients/0.weight`, and the step among the metadata.
 * The numbers keep their dtype and bits.
 */
export function encodeSnapshot({ step, parameters, gradients }: Snapshot): Uint8Array {
  const tensors: StateDict = new Map();
  for (const [name, tensor] of parameters) tensors.set(prefixes.parameters + name, tensor);
  for (const [name, tensor] of gradients ?? []) tensors.set(prefixes.gradients + name, tensor);
  return encodeSafetensors(tensors, { step: String(step), gradients: String(gradients !== null) });
}

/**
 * The snapshot in the bytes that `encodeSnapshot` wrote; its tensors are copies.
 *
 * @throws {FormatError} if the bytes are no safetensors file or hold something else.
 */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const step = Number(metadata.step);
  if (metadata.step === undefined || !Number.isSafeInteger(step)) {
    const what = `the metadata's step is ${JSON.stringify(metadata.step)}.`;
    throw new FormatError("decodeSnapshot", what, "Give a file of a run's snapshots.");
  }
  const below = (prefix: string): StateDict =>
    new Map(
      [...tensors]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
    );
  const gradients = metadata.gradients === "true" ? below(prefixes.gradients) : null;
  return { step, parameters: below(prefixes.parameters), gradients };
}
