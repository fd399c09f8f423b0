/**
 * The Backend under `vmap`: the primitives over batched storages, by the primitives of the backend beneath.
 *
 * Every primitive works on leading axes it has not been told of: elementwise ones on any shape, `matmul` on leading
 * axes, the others along axes that are counted from further back. So an operand is shown with the axes of all operands'
 * levels in front (stride 0 where it lacks one), and the result has all of them. What meets no batched operand goes
 * straight through.
 */
import {
  AdjointError,
  type AssignMode,
  type Backend,
  type BinaryOp,
  type CumulateOp,
  contiguousStrides,
  currentBackend,
  type DType,
  formatShape,
  type Piece,
  type ReduceOp,
  type Storage,
  sizeOf,
  type TypedArray,
  type UnaryOp,
  type View,
  withBackend,
} from "@adjoint/tensor";
import { BatchedStorage, levelStrides, levelsOf, physicalView } from "./batched-storage.ts";
import { activeLevels, examplesOf, type Level, noLevels, unionLevels } from "./level.ts";

/** Runs `body` with batched storages understood, on the backend in force. */
export function withBatching<R>(body: () => R): R {
  const backend = currentBackend();
  return backend instanceof BatchingBackend ? body() : withBackend(new BatchingBackend(backend), body);
}

let deferring = false;

/**
 * Runs `body`, a rule whose result is going to be summed over its examples, with matrix products deferred: the gradient
 * of a weight that all examples share, Σ gᵢᵀ·xᵢ, is then one product and never a matrix for each. Nothing may be written in
 * between.
 */
export function deferringProducts<R>(body: () => R): R {
  const earlier = deferring;
  deferring = true;
  try {
    return body();
  } finally {
    deferring = earlier;
  }
}

/** See the head of the file. */
export class BatchingBackend implements Backend {
  readonly name: string;
  /** Who computes. */
  readonly inner: Backend;

  constructor(inner: Backend) {
    this.name = `vmap over ${inner.name}`;
    this.inner = inner;
  }

  constant(array: TypedArray, dtype: DType): Storage {
    return this.inner.constant(array, dtype);
  }

  full(length: number, dtype: DType, value: number): Storage {
    return this.inner.full(length, dtype, value);
  }

  range(length: number, dtype: DType, start: number, step: number): Storage {
    return this.inner.range(length, dtype, start, step);
  }

  unary(op: UnaryOp, x: View): Storage {
    const levels = levelsOf(x.storage);
    return batched(levels, sizeOf(x.shape), this.inner.unary(op, seen(x, levels)));
  }

  binary(op: BinaryOp, a: View, b: View): Storage {
    const levels = unionOf(a, b);
    return batched(levels, sizeOf(a.shape), this.inner.binary(op, seen(a, levels), seen(b, levels)));
  }

  select(condition: View, a: View, b: View): Storage {
    const levels = unionOf(condition, a, b);
    const physical = this.inner.select(seen(condition, levels), seen(a, levels), seen(b, levels));
    return batched(levels, sizeOf(a.shape), physical);
  }

  reduce(op: ReduceOp, x: View, axes: readonly number[]): Storage {
    const levels = levelsOf(x.storage);
    const kept = x.shape.filter((_, axis) => !axes.includes(axis));
    const physical = this.inner.reduce(
      op,
      seen(x, levels),
      axes.map((axis) => axis + levels.length),
    );
    return batched(levels, sizeOf(kept), physical);
  }

  cumulate(op: CumulateOp, x: View, axis: number): Storage {
    const levels = levelsOf(x.storage);
    const physical = this.inner.cumulate(op, seen(x, levels), axis + levels.length);
    return batched(levels, sizeOf(x.shape), physical);
  }

  sortIndices(x: View, axis: number, descending: boolean): Storage {
    const levels = levelsOf(x.storage);
    const physical = this.inner.sortIndices(seen(x, levels), axis + levels.length, descending);
    return batched(levels, sizeOf(x.shape), physical);
  }

  matmul(a: View, b: View): Storage {
    const levels = unionOf(a, b);
    const length = sizeOf(a.shape.slice(0, -1)) * (b.shape.at(-1) ?? 1);
    const [left, right] = [seen(a, levels), seen(b, levels)];
    const compute = (): Storage => this.inner.matmul(left, right);
    if (!deferring || levels.length === 0) return batched(levels, length, compute());
    return new BatchedStorage(levels, length, { a: left, b: right, compute });
  }

  gather(x: View, index: View, axis: number): Storage {
    const levels = unionOf(x, index);
    const physical = this.inner.gather(seen(x, levels), seen(index, levels), axis + levels.length);
    return batched(levels, sizeOf(index.shape), physical);
  }

  scatterAdd(x: View, index: View, source: View, axis: number): Storage {
    const levels = unionOf(x, index, source);
    const operands = [seen(x, levels), seen(index, levels), seen(source, levels)] as const;
    return batched(levels, sizeOf(x.shape), this.inner.scatterAdd(...operands, axis + levels.length));
  }

  place(length: number, dtype: DType, fill: number, pieces: readonly Piece[]): Storage {
    const levels = unionOf(...pieces.map((piece) => piece.source));
    const outer = levelStrides(levels, length);
    const shown = pieces.map(({ source, strides, offset }) => {
      return { source: seen(source, levels), strides: [...outer, ...strides], offset };
    });
    return batched(levels, length, this.inner.place(length * examplesOf(levels), dtype, fill, shown));
  }

  cast(x: View, dtype: DType): Storage {
    const levels = levelsOf(x.storage);
    return batched(levels, sizeOf(x.shape), this.inner.cast(seen(x, levels), dtype));
  }

  /** The same words for all examples, or words for each, as the calls of `vmap` under way ask for. */
  randomBits(state: View, length: number): Storage {
    const levels = activeLevels().filter((level) => level.randomness !== "same");
    if (levels.some((level) => level.randomness === "error")) {
      throw new AdjointError(
        "vmap",
        "the function under vmap draws random numbers, and randomness is not given.",
        'Give { randomness: "different" } for numbers of each example\'s own, or "same" for the same in all.',
      );
    }
    if (levelsOf(state.storage).length > 0) {
      throw new AdjointError(
        "vmap",
        "a generator's state depends on the example.",
        'Make generators outside vmap; { randomness: "different" } gives each example numbers of its own.',
      );
    }
    return batched(levels, length, this.inner.randomBits(state, length * examplesOf(levels)));
  }

  assign(target: View, source: View, mode: AssignMode, scale?: View, decay?: View): void {
    const levels = levelsOf(target.storage);
    const needed = unionOf(...[source, scale, decay].filter((view) => view !== undefined));
    const missing = needed.filter((level) => !levels.includes(level));
    if (missing.length > 0) {
      throw new AdjointError(
        "assign",
        `the source has a value for each of ${missing.map((level) => level.size).join("·")} examples of a vmap, and the target of ${formatShape(target.shape)} has one for all.`,
        "Return the value from the function under vmap and write it outside, or write to a tensor that was computed from the batched arguments.",
      );
    }
    if (scale !== undefined && levelsOf(scale.storage).length > 0) {
      const product = this.binary("mul", source, expanded(scale, source.shape));
      const view = { ...source, storage: product, strides: contiguousStrides(source.shape), offset: 0 };
      this.assign(target, view, mode, undefined, decay);
      return;
    }
    if (decay !== undefined && levelsOf(decay.storage).length > 0) {
      this.assign(target, expanded(decay, target.shape), "mul");
      this.assign(target, source, mode, scale);
      return;
    }
    this.inner.assign(seen(target, levels), seen(source, levels), mode, scale, decay);
  }

  read(x: View): TypedArray {
    const levels = levelsOf(x.storage);
    if (levels.length === 0) return this.inner.read(x);
    throw new AdjointError(
      "read",
      `a value of ${formatShape(x.shape)} is read inside vmap, where it stands for ${examplesOf(levels)} of them.`,
      "Return it and read it outside; in place of a branch on a value, compute both sides and choose with where.",
    );
  }
}

/** The 0-d view seen in `shape`. */
function expanded(x: View, shape: readonly number[]): View {
  return { ...x, shape, strides: shape.map(() => 0) };
}

/** x itself where nothing is batched, else its physical view. */
function seen(x: View, levels: readonly Level[]): View {
  return levels.length === 0 ? x : physicalView(x, levels);
}

function batched(levels: readonly Level[], length: number, physical: Storage): Storage {
  return levels.length === 0 ? physical : new BatchedStorage(levels, length, physical);
}

function unionOf(...views: readonly View[]): readonly Level[] {
  let levels = noLevels;
  for (const { storage } of views) levels = unionLevels(levels, levelsOf(storage));
  return levels;
}
