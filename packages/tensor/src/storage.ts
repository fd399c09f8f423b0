/** The memory behind tensors. Several tensors (views) may share one. */
import type { DType, TypedArray } from "./dtype.ts";

/** Why a storage holds no numbers, and what to do about it. */
export interface Absence {
  /** What stands in print for the numbers: `<not computed>`. */
  readonly shown: string;
  /** The end of "a tensor holds no numbers: …". */
  readonly why: string;
  readonly remedy: string;
}

/**
 * One run of elements that tensors look into.
 *
 * Invariant: every write bumps `version` and notes its writer, so that whoever saved the numbers can tell
 * that they are gone. A backend that computes nothing (one that records) makes storages whose `array` is null.
 */
export class Storage<D extends DType = DType> {
  readonly dtype: D;
  /** Elements, not bytes. */
  readonly length: number;
  /** The numbers, or null where none exist yet (a recording). An engine may move them: do not keep the array. */
  array: TypedArray | null;
  /** How many times the storage was written since it was made. */
  version = 0;
  /** Who wrote last, for messages. */
  writer = "";

  constructor(dtype: D, length: number, array: TypedArray | null) {
    this.dtype = dtype;
    this.length = length;
    this.array = array;
  }

  /** What is said where numbers are asked for and `array` is null. Another kind of storage has other words. */
  get absence(): Absence {
    return {
      shown: "<not computed>",
      why: "it belongs to a recording and stands for a value that is not computed yet.",
      remedy: "Read values after the recorded program has run, not while it is recorded.",
    };
  }
}
