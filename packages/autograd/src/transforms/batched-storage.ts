/**
 * The memory of a tensor inside `vmap`: the batch axis lies here, and not in the tensor.
 *
 * A tensor under `vmap` has the shape, strides and offset of one example, and so has every view of it: movement ops
 * need to know nothing. Only who computes (see batching-backend.ts) looks behind the storage.
 */
import { type Absence, formatShape, Storage, type View } from "@adjoint/tensor";
import { type Level, noLevels } from "./level.ts";

/** A matrix product that waits: it may be that only its sum over the examples is asked for, which is one product. */
export interface DeferredProduct {
  /** Physical views: the levels' axes, the batch axes, and the last two. */
  readonly a: View;
  readonly b: View;
  compute(): Storage;
}

/**
 * One run of elements an example, for every example of `levels`.
 *
 * Invariant: `physical` holds `[…levels, length]` in row-major order, its levels sorted by id, and nobody else holds
 * it until it is handed over; a write goes through this storage and bumps its version.
 */
export class BatchedStorage extends Storage {
  readonly levels: readonly Level[];
  #physical: Storage | DeferredProduct;

  /** @param length the elements of one example. */
  constructor(levels: readonly Level[], length: number, physical: Storage | DeferredProduct) {
    super(physical instanceof Storage ? physical.dtype : physical.a.dtype, length, null);
    this.levels = levels;
    this.#physical = physical;
  }

  /** The elements of all examples; a deferred product is computed now. */
  get physical(): Storage {
    if (!(this.#physical instanceof Storage)) this.#physical = this.#physical.compute();
    return this.#physical;
  }

  /** The product whose elements these will be, while they are not computed. */
  get deferred(): DeferredProduct | null {
    return this.#physical instanceof Storage ? null : this.#physical;
  }

  /**
   * The physical storage, to be held by others too. From now on its version is this one's, so that a write to either is
   * seen by whoever saved the other.
   */
  handOver(): Storage {
    const { physical, version, writer } = this;
    physical.version = version;
    physical.writer = writer;
    Object.defineProperties(this, {
      version: {
        configurable: true,
        get: () => physical.version,
        set: (next: number) => {
          physical.version = next;
        },
      },
      writer: {
        configurable: true,
        get: () => physical.writer,
        set: (name: string) => {
          physical.writer = name;
        },
      },
    });
    return physical;
  }

  override get absence(): Absence {
    return {
      shown: `<batched over ${formatShape(this.levels.map((level) => level.size))}>`,
      why: "it belongs to a vmap that is over.",
      remedy: "Return it from the function under vmap instead of keeping it.",
    };
  }
}

/** The levels of a storage: none outside `vmap`. */
export function levelsOf(storage: Storage): readonly Level[] {
  return storage.array === null && storage instanceof BatchedStorage ? storage.levels : noLevels;
}

/** The strides, in elements, of the axes of `levels` where each example has `length` elements in a row. */
export function levelStrides(levels: readonly Level[], length: number): number[] {
  const strides = new Array<number>(levels.length);
  let stride = length;
  for (let i = levels.length - 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= levels[i]?.size ?? 1;
  }
  return strides;
}

/** `x` as the backend beneath sees it: with an axis in front for each of `levels`, of stride 0 where x lacks it. */
export function physicalView(x: View, levels: readonly Level[]): View {
  const { storage, dtype, offset } = x;
  const own = levelsOf(storage);
  const strides = levelStrides(own, storage.length);
  return {
    storage: storage instanceof BatchedStorage ? storage.physical : storage,
    dtype,
    shape: [...levels.map((level) => level.size), ...x.shape],
    strides: [...levels.map((level) => strides[own.indexOf(level)] ?? 0), ...x.strides],
    offset,
  };
}
