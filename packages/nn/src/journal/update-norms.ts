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

// Two sums of each kind: their additions do not wait for each other, which makes the loop a fifth faster. No destructuring:
// it makes the loop four times as slow.
function sumsOf(gradient: TypedArray, before: TypedArray, after: TypedArray): Sums {
  if (gradient.length === 0) return { gradient: 0, ...movedBy(before, after) };
  let gradient0 = 0;
  let gradient1 = 0;
  let before0 = 0;
  let before1 = 0;
  let update0 = 0;
  let update1 = 0;
  const length = after.length;
  const even = length - (length % 2);
  for (let i = 0; i < even; i += 2) {
    const g0 = gradient[i] as number;
    const g1 = gradient[i + 1] as number;
    const w0 = before[i] as number;
    const w1 = before[i + 1] as number;
    const d0 = (after[i] as number) - w0;
    const d1 = (after[i + 1] as number) - w1;
    gradient0 += g0 * g0;
    gradient1 += g1 * g1;
    before0 += w0 * w0;
    before1 += w1 * w1;
    update0 += d0 * d0;
    update1 += d1 * d1;
  }
  if (even < length) {
    const g = gradient[even] as number;
    const w = before[even] as number;
    const d = (after[even] as number) - w;
    gradient0 += g * g;
    before0 += w * w;
    update0 += d * d;
  }
  return { gradient: gradient0 + gradient1, before: before0 + before1, update: update0 + update1 };
}

function movedBy(before: TypedArray, after: TypedArray): Omit<Sums, "gradient"> {
  let sum = 0;
  let moved = 0;
  for (let i = 0; i < after.length; i++) {
    const w = before[i] as number;
    const d = (after[i] as number) - w;
    sum += w * w;
    moved += d * d;
  }
  return { before: sum, update: moved };
}
