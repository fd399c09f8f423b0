/**
 * A Backend that computes nothing: it writes down which primitive was asked for, over which views, and answers with
 * storages that hold no numbers. `replay` runs what was written down, as often as one likes.
 *
 * It stands in the tests as the proof that everything goes through the Backend contract: if any part of a training
 * step computed beside it, recording would fail for want of numbers, or replaying would give others than eager does.
 *
 * A storage that had numbers before the recording (a weight, a velocity, a generator's state) stays itself in the
 * program: it is read and written in place at each replay, and so is the program's state.
 */
import {
  AdjointError,
  type Backend,
  binaryDType,
  contiguousStrides,
  cpuBackend,
  type DType,
  type Piece,
  type Shape,
  Storage,
  sizeOf,
  Tensor,
  unaryDType,
  type View,
  withBackend,
} from "@adjoint/tensor";

/** Numbers in place of symbols: what a step sees while it is replayed. */
interface Bindings {
  view(view: View): View;
}

/** One primitive of the program: runs on the CPU backend, and gives the storage its result's symbol stands for. */
interface Step {
  readonly primitive: keyof Backend;
  readonly out: Storage | null;
  run(bind: Bindings): Storage | null;
}

/** A recorded program over symbolic inputs. */
export class Recording {
  readonly steps: Step[] = [];
  readonly backend: Backend = recorder(this.steps);

  /** A tensor without numbers that stands for an argument of the program. */
  input(shape: Shape, dtype: DType): Tensor {
    return new Tensor(new Storage(dtype, sizeOf(shape), null), shape, contiguousStrides(shape), 0);
  }

  /** Runs `body` symbolically. */
  record<R>(body: () => R): R {
    return withBackend(this.backend, body);
  }

  /** Runs the program with numbers for its inputs; gives the numbers of `result`. */
  replay(inputs: ReadonlyMap<Tensor, Tensor>, result: Tensor): Tensor {
    const numbers = new Map<Storage, Storage>();
    for (const [symbol, value] of inputs) numbers.set(symbol.storage, value.toContiguous().storage);
    const bind: Bindings = {
      view: ({ shape, strides, offset, storage, dtype }) => {
        const bound = storage.array === null ? numbers.get(storage) : storage;
        if (bound === undefined) throw new TypeError("a symbol is used before the program makes it");
        return { shape, strides, offset, dtype, storage: bound };
      },
    };
    for (const step of this.steps) {
      const made = step.run(bind);
      if (step.out !== null && made !== null) numbers.set(step.out, made);
    }
    const { storage, shape, strides, offset } = bind.view(result);
    return new Tensor(storage, shape, strides, offset);
  }
}

function recorder(steps: Step[]): Backend {
  /** Notes a primitive and answers with a storage without numbers. */
  const note = (
    primitive: keyof Backend,
    dtype: DType,
    length: number,
    run: (bind: Bindings) => Storage,
  ): Storage => {
    const out = new Storage(dtype, length, null);
    steps.push({ primitive, out, run });
    return out;
  };
  const size = (view: View): number => sizeOf(view.shape);
  return {
    name: "recording",
    constant: (array, dtype) => cpuBackend.constant(array, dtype),
    full: (length, dtype, value) => note("full", dtype, length, () => cpuBackend.full(length, dtype, value)),
    range: (length, dtype, start, step) =>
      note("range", dtype, length, () => cpuBackend.range(length, dtype, start, step)),
    unary: (op, x) =>
      note("unary", unaryDType(op, x.dtype), size(x), (bind) => cpuBackend.unary(op, bind.view(x))),
    binary: (op, a, b) => {
      const run = (bind: Bindings): Storage => cpuBackend.binary(op, bind.view(a), bind.view(b));
      return note("binary", binaryDType(op, a.dtype), size(a), run);
    },
    select: (condition, a, b) =>
      note("select", a.dtype, size(a), (bind) =>
        cpuBackend.select(bind.view(condition), bind.view(a), bind.view(b)),
      ),
    reduce: (op, x, axes) => {
      const length = sizeOf(x.shape.filter((_, axis) => !axes.includes(axis)));
      const dtype = op === "argmax" || op === "argmin" ? "int32" : x.dtype;
      return note("reduce", dtype, length, (bind) => cpuBackend.reduce(op, bind.view(x), axes));
    },
    cumulate: (op, x, axis) =>
      note("cumulate", x.dtype, size(x), (bind) => cpuBackend.cumulate(op, bind.view(x), axis)),
    sortIndices: (x, axis, descending) =>
      note("sortIndices", "int32", size(x), (bind) => cpuBackend.sortIndices(bind.view(x), axis, descending)),
    matmul: (a, b) => {
      const length = sizeOf(a.shape.slice(0, -1)) * (b.shape.at(-1) ?? 0);
      return note("matmul", a.dtype, length, (bind) => cpuBackend.matmul(bind.view(a), bind.view(b)));
    },
    gather: (x, index, axis) =>
      note("gather", x.dtype, size(index), (bind) => cpuBackend.gather(bind.view(x), bind.view(index), axis)),
    scatterAdd: (x, index, source, axis) =>
      note("scatterAdd", x.dtype, size(x), (bind) =>
        cpuBackend.scatterAdd(bind.view(x), bind.view(index), bind.view(source), axis),
      ),
    place: (length, dtype, fill, pieces) =>
      note("place", dtype, length, (bind) =>
        cpuBackend.place(
          length,
          dtype,
          fill,
          pieces.map((piece): Piece => ({ ...piece, source: bind.view(piece.source) })),
        ),
      ),
    cast: (x, dtype) => note("cast", dtype, size(x), (bind) => cpuBackend.cast(bind.view(x), dtype)),
    randomBits: (state, length) =>
      note("randomBits", "int32", length, (bind) => cpuBackend.randomBits(bind.view(state), length)),
    assign(target, source, mode, scale, decay) {
      const run = (bind: Bindings): null => {
        cpuBackend.assign(
          bind.view(target),
          bind.view(source),
          mode,
          scale && bind.view(scale),
          decay && bind.view(decay),
        );
        return null;
      };
      steps.push({ primitive: "assign", out: null, run });
    },
    read() {
      throw new AdjointError(
        "read",
        "a value is read while a program is recorded.",
        "Read results after replaying it.",
      );
    },
  };
}
