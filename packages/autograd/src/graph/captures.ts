/** Copies of tensors for a trace, within a bound; what is beyond it keeps its statistics. */
import type { Tensor } from "@adjoint/tensor";
import { levelsOf } from "../transforms/batched-storage.ts";
import { readAll } from "../transforms/statistics.ts";
import type { TraceTensor } from "./trace.ts";
import { traceStatistics } from "./trace-statistics.ts";

/** The capture of a tensor, and the version of its storage that it shows. */
interface Capture {
  readonly version: number;
  readonly shown: TraceTensor;
}

/** The captures of one trace. A tensor that comes by again, unwritten since, is the same object again. */
export class Captures {
  readonly #known: WeakMap<Tensor, Capture> = new WeakMap();
  #bytesLeft: number;

  /** @param maxBytes how much the copies may take together. */
  constructor(maxBytes: number) {
    this.#bytesLeft = maxBytes;
  }

  /** `x` as it is now. */
  of(x: Tensor): TraceTensor {
    const { version } = x.storage;
    const known = this.#known.get(x);
    if (known?.version === version) return known.shown;
    const shown = this.#take(x);
    this.#known.set(x, { version, shown });
    return shown;
  }

  #take(x: Tensor): TraceTensor {
    const shape = [...levelsOf(x.storage).map(({ size }) => size), ...x.shape];
    const values = readAll(x);
    if (values === null) return { dtype: x.dtype, shape, statistics: null, data: null };
    const fits = values.byteLength <= this.#bytesLeft;
    if (fits) this.#bytesLeft -= values.byteLength;
    return { dtype: x.dtype, shape, statistics: traceStatistics(values), data: fits ? values : null };
  }
}
