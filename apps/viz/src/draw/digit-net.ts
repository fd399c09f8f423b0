/** A network 784-h-10 with ReLU, as numbers alone: out of a trace, or out of the page's own file. */
import type { Trace } from "@adjoint/autograd/graph";
import { pixelCount } from "./drawing.ts";

/** Numbers of one of the two dtypes that networks have. */
export type FloatArray = Float32Array | Float64Array;

/** The weights, `[h, 784]` and `[10, h]`, and the biases. All four have the same dtype. */
export interface DigitNet {
  readonly hidden: number;
  readonly weights: Readonly<Record<(typeof netParameters)[number], FloatArray>>;
}

/** The names of the parameters, as in a state dict. */
export const netParameters = ["0.weight", "0.bias", "2.weight", "2.bias"] as const;

/** What the page's file holds: int8 weights with a scale for each row, biases as they are, and what was measured. */
export interface DigitNetFile {
  readonly hidden: number;
  /** Of 10,000 test images, with these very numbers. */
  readonly correct: number;
  /** The same before rounding. */
  readonly correctBefore: number;
  /** How it was trained, in words. */
  readonly training: string;
  readonly "0.weight": RoundedMatrix;
  /** Biases: float32, little-endian, in base64. */
  readonly "0.bias": string;
  readonly "2.weight": RoundedMatrix;
  readonly "2.bias": string;
  /** Digits to start from: 784 bytes each, in base64. */
  readonly samples: readonly { readonly label: number; readonly ink: string }[];
}

/** A matrix `[out, in]`: each row's weights are its bytes times its scale. */
export interface RoundedMatrix {
  /** Signed bytes, in base64. */
  readonly bytes: string;
  /** Float32, little-endian, in base64. */
  readonly scales: string;
}

/** The network of the page's file, float64: each weight is byte · scale, unrounded. */
export function netOfFile(file: DigitNetFile): DigitNet {
  const matrix = ({ bytes, scales }: RoundedMatrix, columns: number): Float64Array => {
    const steps = floatsOf(scales);
    const signed = new Int8Array(bytesOf(bytes).buffer);
    return Float64Array.from(signed, (byte, i) => byte * (steps[Math.floor(i / columns)] ?? Number.NaN));
  };
  return {
    hidden: file.hidden,
    weights: {
      "0.weight": matrix(file["0.weight"], pixelCount),
      "0.bias": Float64Array.from(floatsOf(file["0.bias"])),
      "2.weight": matrix(file["2.weight"], file.hidden),
      "2.bias": Float64Array.from(floatsOf(file["2.bias"])),
    },
  };
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function floatsOf(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64).buffer);
}

/** The network of a trace of 784-h-10 with ReLU whose parameters were kept whole and have their usual names; else null. */
export function netOfTrace({ nodes }: Trace): DigitNet | null {
  const leaves = new Map(nodes.filter(({ kind }) => kind === "leaf").map((node) => [node.name ?? "", node]));
  const layers = [...leaves.keys()].filter((name) => name.endsWith(".weight")).length;
  const activations = nodes.filter(({ op, pass }) => op === "relu" && pass === null).length;
  const hidden = leaves.get("0.weight")?.shape[0] ?? 0;
  const shapes = { "0.weight": hidden * pixelCount, "0.bias": hidden, "2.weight": 10 * hidden, "2.bias": 10 };
  const read = (name: (typeof netParameters)[number]): FloatArray | null => {
    const data = leaves.get(name)?.value?.data;
    const floats = data instanceof Float64Array || data instanceof Float32Array;
    return floats && data.length === shapes[name] ? data : null;
  };
  const [w1, b1, w2, b2] = [read("0.weight"), read("0.bias"), read("2.weight"), read("2.bias")];
  if (layers !== 2 || activations !== 1 || !w1 || !b1 || !w2 || !b2) return null;
  return { hidden, weights: { "0.weight": w1, "0.bias": b1, "2.weight": w2, "2.bias": b2 } };
}
