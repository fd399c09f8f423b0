/** The norms of gradients and updates, in one pass over the numbers. */
import type { TypedArray } from "@adjoint/tensor";
import type { Parameter } from "../parameter.ts";
import type { StepNorms } from "./run-event.ts";
import { snapshotTensor } from "./snapshot.ts";

/**
 * Measures what an update did to a list of parameters: `begin` before it, `end` after it. Sums are float64; their
 * relative error is below n · 2⁻⁵³ for n elements.
 */
export class UpdateNorms {
  readonly #parameters: readonly Parameter[];
  /** The values before the update; made at first use, and used again in every step. */
  readonly #before: Map<Parameter, TypedArray> = new Map();

  constructor(parameters: readonly Parameter[]) {
    this.#parameters = parameters;
  }

  /** Remembers the values before the update. */
  begin(): void {
    for (const parameter of this.#parameters) {
      const known = this.#before.get(parameter);
      if (known === undefined) this.#before.set(parameter, parameter.value.toTypedArray());
      else known.set(snapshotTensor(parameter.value).data);
    }
  }

  /** The norms of the gradients, which have to be there still, and of the update since `begin`. */
  end(): StepNorms {
    let total = 0;
    const gradients: number[] = [];
    const updateRatios: number[] = [];
    for (const parameter of this.#parameters) {
      const gradient = parameter.grad === null ? none : snapshotTensor(parameter.grad.value).data;
      const before = this.#before.get(parameter) ?? none;
      const sums = sumsOf(gradient, before, snapshotTensor(parameter.value).data);
      total += sums.gradient;
      gradients.push(Math.sqrt(sums.gradient));
      updateRatios.push(Math.sqrt(sums.update) / Math.sqrt(sums.before));
    }
    return { gradient: Math.sqrt(total), gradients, updateRatios };
  }
}

interface Sums {
  /** Σ g². */
  readonly gradient: number;
  /** Σ w². */
  readonly before: number;
  /** Σ (w′ − w)². */
  readonly update: number;
}

const none = new Float32Array(0);

// Two sums of each kind: their additions do not wait for each other, which makes the loop a fifth faster.
function sumsOf(gradient: TypedArray, before: TypedArray, after: TypedArray): Sums {
  if (gradient.length === 0) return { gradient: 0, ...movedBy(before, after) };
  let [g0, g1, w0, w1, d0, d1] = [0, 0, 0, 0, 0, 0];
  const length = after.length;
  const even = length - (length % 2);
  for (let i = 0; i < even; i += 2) {
    const [g, h] = [gradient[i] as number, gradient[i + 1] as number];
    const [w, x] = [before[i] as number, before[i + 1] as number];
    const [d, e] = [(after[i] as number) - w, (after[i + 1] as number) - x];
    g0 += g * g;
    g1 += h * h;
    w0 += w * w;
    w1 += x * x;
    d0 += d * d;
    d1 += e * e;
  }
  for (let i = even; i < length; i++) {
    const [g, w] = [gradient[i] as number, before[i] as number];
    const d = (after[i] as number) - w;
    g0 += g * g;
    w0 += w * w;
    d0 += d * d;
  }
  return { gradient: g0 + g1, before: w0 + w1, update: d0 + d1 };
}

function movedBy(before: TypedArray, after: TypedArray): Omit<Sums, "gradient"> {
  let [sum, moved] = [0, 0];
  for (let i = 0; i < after.length; i++) {
    const w = before[i] as number;
    const d = (after[i] as number) - w;
    sum += w * w;
    moved += d * d;
  }
  return { before: sum, update: moved };
}
