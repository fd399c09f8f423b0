/** A moment of a run, whole: its parameters and their gradients, as plain numbers. */
import { ArgumentError, bytesPerElement, FormatError, type Shape, type Tensor } from "@adjoint/tensor";
import { isLittleEndian, littleEndian } from "../little-endian.ts";
import { layOut, type TensorForm } from "../safetensors.ts";
import { openSafetensors, type TensorEntry } from "../safetensors-header.ts";

/** A tensor of a snapshot: float32 or float64, by its array. */
export interface SnapshotTensor {
  readonly shape: Shape;
  /** Row-major. */
  readonly data: Float32Array | Float64Array;
}

/**
 * The numbers that a step found and made. The parameters are those before the step's update, at which the loss and the
 * gradients of that step were computed; so all of a snapshot belongs together. What a run leaves behind is the snapshot
 * after its last step, with the number of the step that would have followed and without gradients.
 */
export interface Snapshot {
  /** Counted from 1, as in `StepRecord`. */
  readonly step: number;
  /** By name, as in `RunInfo.parameters`. */
  readonly parameters: ReadonlyMap<string, SnapshotTensor>;
  /** By the same names; one that got no gradient is missing. Null where no step was made of these parameters. */
  readonly gradients: ReadonlyMap<string, SnapshotTensor> | null;
}

const prefixes = { parameters: "parameters/", gradients: "gradients/" } as const;

/**
 * The tensor as plain numbers, only to be read and not to be kept: they are its own memory where its elements lie there
 * in order.
 *
 * @throws {ArgumentError} if it is not of floats.
 */
export function snapshotTensor(x: Tensor): SnapshotTensor {
  const { array, length } = x.storage;
  const data = array !== null && x.contiguous && x.size === length ? array : x.toTypedArray();
  if (data instanceof Float32Array || data instanceof Float64Array) return { shape: x.shape, data };
  throw new ArgumentError("snapshot", "x", `x is ${x.dtype}.`, "Parameters are float32 or float64.");
}

/**
 * The snapshot as a safetensors file: `parameters/0.weight`, `gradients/0.weight`, and the step among the metadata.
 * The numbers keep their dtype and bits.
 */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const parts = snapshotParts(snapshot);
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    file.set(part, start);
    start += part.length;
  }
  return file;
}

/**
 * The same file in parts, to be written one after another. Parts of numbers look into the snapshot's own memory, so that
 * nothing is copied.
 */
export function snapshotParts({ step, parameters, gradients }: Snapshot): Uint8Array[] {
  const tensors = new Map<string, SnapshotForm>();
  const add = (prefix: string, group: ReadonlyMap<string, SnapshotTensor>): void => {
    for (const [name, { data, shape }] of group) {
      const dtype = data instanceof Float32Array ? "float32" : "float64";
      tensors.set(prefix + name, { dtype, shape, size: data.length, data });
    }
  };
  add(prefixes.parameters, parameters);
  if (gradients !== null) add(prefixes.gradients, gradients);
  const { head, ordered } = layOut(tensors, { step: String(step), gradients: String(gradients !== null) });
  return [head, ...ordered.map(([, { data }]) => bytesOf(data))];
}

/** A tensor as the file lists it, and its numbers. */
interface SnapshotForm extends TensorForm {
  readonly data: SnapshotTensor["data"];
}

function bytesOf(data: SnapshotTensor["data"]): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isLittleEndian()) return bytes;
  const turned = bytes.slice();
  littleEndian(turned, data.BYTES_PER_ELEMENT);
  return turned;
}

/**
 * The snapshot in the bytes that `encodeSnapshot` wrote; its numbers are copies.
 *
 * @throws {FormatError} if the bytes are no safetensors file or hold something else.
 */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const { entries, metadata, data } = openSafetensors(bytes);
  const step = Number(metadata.step);
  if (metadata.step === undefined || !Number.isSafeInteger(step)) {
    throw unfit(`the metadata's step is ${JSON.stringify(metadata.step)}.`);
  }
  const below = (prefix: string): Map<string, SnapshotTensor> =>
    new Map(
      entries
        .filter(({ name }) => name.startsWith(prefix))
        .map((entry) => [entry.name.slice(prefix.length), readTensor(entry, data)]),
    );
  const gradients = metadata.gradients === "true" ? below(prefixes.gradients) : null;
  return { step, parameters: below(prefixes.parameters), gradients };
}

function readTensor({ name, dtype, shape, start, end }: TensorEntry, data: Uint8Array): SnapshotTensor {
  // A copy of its own, because a typed array wants its numbers aligned, which a file need not do.
  const bytes = new Uint8Array(end - start);
  bytes.set(data.subarray(start, end));
  littleEndian(bytes, bytesPerElement(dtype));
  if (dtype === "float32") return { shape, data: new Float32Array(bytes.buffer) };
  if (dtype === "float64") return { shape, data: new Float64Array(bytes.buffer) };
  throw unfit(`the tensor ${JSON.stringify(name)} is ${dtype}.`);
}

function unfit(what: string): FormatError {
  return new FormatError("decodeSnapshot", what, "Give a file of a run's snapshots.");
}
