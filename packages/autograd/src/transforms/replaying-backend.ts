/**
 * The Backend under `checkpoint`: it notes what a run of a function reads and makes, so that another run can repeat it.
 *
 * The second run sees the same random bits, writes nothing outside a second time, and is refused if what it reads has
 * changed.
 */
import type {
  AssignMode,
  Backend,
  BinaryOp,
  CumulateOp,
  DType,
  Piece,
  ReduceOp,
  Storage,
  TypedArray,
  UnaryOp,
  View,
} from "@adjoint/tensor";
import { GradientError, SavedTensorError } from "../errors.ts";
import { BatchedStorage } from "./batched-storage.ts";
import { type Level, type LevelSource, levelSource } from "./level.ts";

/** What a first run leaves for the second. */
export class Run {
  /** Storages that come from outside, with their versions when they were first read. */
  readonly read: Map<Storage, number> = new Map();
  /** Storages from outside that the run wrote to. */
  readonly written: Set<Storage> = new Set();
  /** The generators' states before each draw of random bits. */
  readonly states: Storage[] = [];
  /** The levels of the calls of vmap inside. */
  readonly levels: Level[] = [];

  /** Notes the levels of the first run, and gives them to the second: what is made again must meet what there is. */
  levelSource(again: boolean): LevelSource {
    const outer = levelSource();
    let next = 0;
    return {
      open: (size, randomness) => {
        const level = again ? this.levels[next++] : outer.open(size, randomness);
        if (level?.size !== size) throw otherwise(`vmap got ${size} examples`);
        if (!again) this.levels.push(level);
        return level;
      },
    };
  }

  /** @throws {SavedTensorError} if a storage that the run read was written since by someone else. */
  check(): void {
    for (const [storage, version] of this.read) {
      if (storage.version === version || this.written.has(storage)) continue;
      throw new SavedTensorError(
        "checkpoint",
        `a tensor of ${storage.length} elements that the function read at version ${version} is at version ${storage.version}: "${storage.writer}" wrote to its storage since.`,
        "Write after the backward pass, or without checkpoint.",
        version,
        storage.version,
      );
    }
  }
}

/** See the head of the file. */
export class ReplayingBackend implements Backend {
  readonly name: string;
  readonly #inner: Backend;
  readonly #run: Run;
  /** The number of draws repeated so far; null in the first run. */
  #repeated: number | null;
  readonly #made: WeakSet<Storage> = new WeakSet();

  constructor(inner: Backend, run: Run, again: boolean) {
    this.name = `checkpoint over ${inner.name}`;
    this.#inner = inner;
    this.#run = run;
    this.#repeated = again ? 0 : null;
  }

  /** True for a storage that this run made, and false for one that it found. */
  made(storage: Storage): boolean {
    return this.#made.has(storage) || (storage instanceof BatchedStorage && this.#made.has(storage.physical));
  }

  constant(array: TypedArray, dtype: DType): Storage {
    return this.#make(this.#inner.constant(array, dtype));
  }

  full(length: number, dtype: DType, value: number): Storage {
    return this.#make(this.#inner.full(length, dtype, value));
  }

  range(length: number, dtype: DType, start: number, step: number): Storage {
    return this.#make(this.#inner.range(length, dtype, start, step));
  }

  unary(op: UnaryOp, x: View): Storage {
    return this.#make(this.#inner.unary(op, x), x);
  }

  binary(op: BinaryOp, a: View, b: View): Storage {
    return this.#make(this.#inner.binary(op, a, b), a, b);
  }

  select(condition: View, a: View, b: View): Storage {
    return this.#make(this.#inner.select(condition, a, b), condition, a, b);
  }

  reduce(op: ReduceOp, x: View, axes: readonly number[]): Storage {
    return this.#make(this.#inner.reduce(op, x, axes), x);
  }

  cumulate(op: CumulateOp, x: View, axis: number): Storage {
    return this.#make(this.#inner.cumulate(op, x, axis), x);
  }

  sortIndices(x: View, axis: number, descending: boolean): Storage {
    return this.#make(this.#inner.sortIndices(x, axis, descending), x);
  }

  matmul(a: View, b: View): Storage {
    return this.#make(this.#inner.matmul(a, b), a, b);
  }

  gather(x: View, index: View, axis: number): Storage {
    return this.#make(this.#inner.gather(x, index, axis), x, index);
  }

  scatterAdd(x: View, index: View, source: View, axis: number): Storage {
    return this.#make(this.#inner.scatterAdd(x, index, source, axis), x, index, source);
  }

  place(length: number, dtype: DType, fill: number, pieces: readonly Piece[]): Storage {
    return this.#make(this.#inner.place(length, dtype, fill, pieces), ...pieces.map(({ source }) => source));
  }

  cast(x: View, dtype: DType): Storage {
    return this.#make(this.#inner.cast(x, dtype), x);
  }

  randomBits(state: View, length: number): Storage {
    if (this.made(state.storage)) return this.#make(this.#inner.randomBits(state, length));
    if (this.#repeated === null) {
      this.#run.states.push(this.#inner.cast(state, "int32"));
      return this.#make(this.#inner.randomBits(state, length));
    }
    const before = this.#run.states[this.#repeated++];
    if (before === undefined) throw otherwise("it draws more random numbers");
    // A copy, for drawing writes to the state; the generator itself is left where it is now.
    const view = { storage: before, dtype: state.dtype, shape: state.shape, strides: [1], offset: 0 };
    const storage = this.#inner.cast(view, "int32");
    return this.#make(this.#inner.randomBits({ ...view, storage }, length));
  }

  assign(target: View, source: View, mode: AssignMode, scale?: View, decay?: View): void {
    this.#note(source);
    if (this.made(target.storage)) {
      this.#inner.assign(target, source, mode, scale, decay);
    } else if (this.#repeated === null) {
      this.#run.written.add(target.storage);
      this.#inner.assign(target, source, mode, scale, decay);
    } else {
      // Not written, so the version that the caller raises has to stay what it is.
      target.storage.version--;
    }
  }

  read(x: View): TypedArray {
    this.#note(x);
    return this.#inner.read(x);
  }

  #make(storage: Storage, ...operands: readonly View[]): Storage {
    for (const operand of operands) this.#note(operand);
    this.#made.add(storage);
    return storage;
  }

  #note({ storage }: View): void {
    const { read } = this.#run;
    if (this.#repeated === null && !this.made(storage) && !read.has(storage)) {
      read.set(storage, storage.version);
    }
  }
}

/** The error of a function that does not repeat itself. */
export function otherwise(how: string): GradientError {
  return new GradientError(
    "checkpoint",
    `the function did something else when it ran again: ${how}.`,
    "Give a function whose result follows from its arguments and from generators.",
  );
}
