/** Where a batch axis goes out of a tensor's sight and comes back into it: the two ends of `vmap`, each the other's VJP. */
import {
  type Backend,
  contiguousStrides,
  currentBackend,
  type Storage,
  sizeOf,
  Tensor,
  type View,
} from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { GradientError } from "../errors.ts";
import { activeListeners } from "../listener.ts";
import { defineOp, type Op } from "../op.ts";
import { expand } from "../ops/expand.ts";
import { unsqueeze } from "../ops/unsqueeze.ts";
import type { Value } from "../variable.ts";
import { BatchedStorage, type DeferredProduct, levelsOf, physicalView } from "./batched-storage.ts";
import { BatchingBackend, deferringProducts } from "./batching-backend.ts";
import { activeLevels, type Level, unionLevels } from "./level.ts";

/** The axis, counted from the front of the tensor that has it, and the level that holds it out of sight. */
export interface BatchAxis {
  readonly axis: number;
  readonly level: Level;
  /** The hidden value is not used further: what is shown may have its memory. */
  readonly last?: boolean;
}

/** The op that hides an axis: `[…, n, …]` → `[…]` for each of n examples. Copies. */
const toBatchOp: Op<[Tensor], BatchAxis> = /* @__PURE__ */ defineOp<[Tensor], BatchAxis>({
  name: "toBatch",
  forward: ([x], batch) => hideAxis(x, batch),
  vjp: [
    {
      formula: "x̄ = g with its batch axis back",
      rule: (g, { attributes }) => {
        if (!activeLevels().includes(attributes.level)) return fromBatch(g, attributes);
        throw new GradientError(
          "vmap",
          "a gradient is taken inside vmap with respect to what the whole batch was computed from.",
          "Take it with respect to the function's own arguments, as vmap(grad(f)) does, or outside vmap.",
        );
      },
    },
  ],
});

/** The op that shows a hidden axis: `[…]` for each of n examples → `[…, n, …]`. Copies, unless it is the last use. */
const fromBatchOp: Op<[Tensor], BatchAxis> = /* @__PURE__ */ defineOp<[Tensor], BatchAxis>({
  name: "fromBatch",
  forward: ([x], batch) => showAxis(x, batch),
  vjp: [
    {
      formula: "x̄ = g, each example its own part",
      rule: (g, { attributes: { axis, level } }) => toBatch(g, { axis, level }),
    },
  ],
});

/** x for each example of `level`: the slices of x along `axis`. */
export function toBatch(x: Value, batch: BatchAxis): Value {
  return apply(toBatchOp, [x], batch);
}

/** What all examples of `level` have, side by side along a new `axis`; repeated where x is the same for all. */
export function fromBatch(x: Value, batch: BatchAxis): Value {
  if (levelsOf(tensorOf(x).storage).includes(batch.level)) return apply(fromBatchOp, [x], batch);
  return repeated(x, batch.axis, batch.level);
}

/** x once for each example of `level`, along a new `axis`. */
function repeated(x: Value, axis: number, level: Level): Value {
  return expand(unsqueeze(x, axis), x.shape.toSpliced(axis, 0, level.size));
}

/** The op that sums over all examples of some levels. Copies. */
const sumLevelsOp: Op<[Tensor], readonly Level[]> = /* @__PURE__ */ defineOp<[Tensor], readonly Level[]>({
  name: "sumLevels",
  forward: ([x], ended) => sumOver(x, ended),
  vjp: [
    {
      formula: "x̄ = g for every example",
      rule: (g, { attributes }) =>
        attributes.reduce<Value>((each, level) => toBatch(repeated(each, 0, level), { axis: 0, level }), g),
    },
  ],
});

/** Those of `levels` whose vmap is over, and which a value with the levels `kept` lacks: it is shared by their examples. */
function endedLevels(levels: readonly Level[], kept: readonly Level[]): readonly Level[] {
  const active = activeLevels();
  return levels.filter((level) => !kept.includes(level) && !active.includes(level));
}

/**
 * What a node's rule contributes to a value with the levels `kept`: summed over every other level whose vmap is over,
 * since all its examples used the one value. In a vmap that is under way, an example's gradient is its own.
 *
 * @param levels those of the node.
 */
export function contributionTo(kept: readonly Level[], levels: readonly Level[], rule: () => Value): Value {
  if (endedLevels(levels, kept).length === 0) return rule();
  // A listener may keep what a rule's ops give; then nothing waits.
  return activeListeners().length === 0 ? deferringProducts(rule) : rule();
}

/** The second half of `contributionTo`, once the contribution has its shape. */
export function sumEndedLevels(x: Value, kept: readonly Level[]): Value {
  const ended = endedLevels(levelsOf(tensorOf(x).storage), kept);
  return ended.length === 0 ? x : apply(sumLevelsOp, [x], ended);
}

/** Σ over the examples of `ended`; the other levels stay. */
function sumOver(x: Tensor, ended: readonly Level[]): Tensor {
  const { storage } = x;
  const own = levelsOf(storage);
  const left = own.filter((level) => !ended.includes(level));
  const [kept, gone] = [left, ended].map((some) => some.map((level) => own.indexOf(level))) as [
    number[],
    number[],
  ];
  if (storage instanceof BatchedStorage && storage.deferred !== null) {
    const product = contracted(storage.deferred, own.length, kept, gone);
    if (product !== null) {
      const summed = beneath().matmul(product.a, product.b);
      return new Tensor(wrapped(left, storage.length, summed), x.shape, x.strides, x.offset);
    }
  }
  const rest = x.shape.map((_, i) => own.length + i);
  const view = permuted(physicalView(x, own), [...kept, ...gone, ...rest]);
  const summed = beneath().reduce(
    "sum",
    view,
    gone.map((_, i) => kept.length + i),
  );
  return new Tensor(wrapped(left, x.size, summed), x.shape, contiguousStrides(x.shape), 0);
}

function wrapped(levels: readonly Level[], length: number, physical: Storage): Storage {
  return levels.length === 0 ? physical : new BatchedStorage(levels, length, physical);
}

/**
 * Σ aᵢ·bᵢ over the axes `gone` as one product, in which they lie beside the inner axis: `[…, m, gone · k]·[…, gone · k, n]`.
 * Null if an operand repeats itself along one of them, and would have to be copied as often.
 */
function contracted(
  { a, b }: DeferredProduct,
  levels: number,
  kept: readonly number[],
  gone: readonly number[],
): { readonly a: View; readonly b: View } | null {
  const rank = a.shape.length;
  if (gone.some((axis) => a.strides[axis] === 0 || b.strides[axis] === 0)) return null;
  const outer = [...kept, ...a.shape.map((_, axis) => axis).slice(levels, rank - 2)];
  const left = permuted(a, [...outer, rank - 2, ...gone, rank - 1]);
  const right = permuted(b, [...outer, ...gone, rank - 2, rank - 1]);
  return {
    a: merged(left, outer.length + 1, gone.length + 1),
    b: merged(right, outer.length, gone.length + 1),
  };
}

/** x with `count` axes from `axis` on as one: a view where strides allow it, else a copy. */
function merged(x: View, axis: number, count: number): View {
  const end = axis + count;
  const size = sizeOf(x.shape.slice(axis, end));
  const shape = [...x.shape.slice(0, axis), size, ...x.shape.slice(end)];
  const long = x.shape
    .map((_, i) => i)
    .slice(axis, end)
    .filter((i) => x.shape[i] !== 1);
  const inLine = long.every((i, at) => {
    const next = long[at + 1];
    return next === undefined || x.strides[i] === (x.strides[next] ?? 0) * (x.shape[next] ?? 1);
  });
  if (!inLine) {
    return {
      storage: beneath().cast(x, x.dtype),
      dtype: x.dtype,
      shape,
      strides: contiguousStrides(shape),
      offset: 0,
    };
  }
  const last = long.at(-1);
  const stride = last === undefined ? 0 : (x.strides[last] ?? 0);
  return { ...x, shape, strides: [...x.strides.slice(0, axis), stride, ...x.strides.slice(end)] };
}

function hideAxis(x: Tensor, { axis, level }: BatchAxis): Tensor {
  const own = levelsOf(x.storage);
  const levels = unionLevels(own, [level]);
  const view = physicalView(x, own);
  const hidden = own.length + axis;
  // The axes of the levels in their order, the hidden one among them, and then the others.
  const order = levels.map((each) => (each === level ? hidden : own.indexOf(each)));
  const rest = x.shape.map((_, i) => own.length + i).filter((i) => i !== hidden);
  const physical = beneath().cast(permuted(view, [...order, ...rest]), x.dtype);
  const shape = x.shape.toSpliced(axis, 1);
  return new Tensor(new BatchedStorage(levels, sizeOf(shape), physical), shape, contiguousStrides(shape), 0);
}

function showAxis(x: Tensor, { axis, level, last = false }: BatchAxis): Tensor {
  const own = levelsOf(x.storage);
  const whole = x.contiguous && x.size === x.storage.length;
  if (last && axis === 0 && own.length === 1 && whole && x.storage instanceof BatchedStorage) {
    const shape = [level.size, ...x.shape];
    return new Tensor(x.storage.handOver(), shape, contiguousStrides(shape), 0);
  }
  const view = physicalView(x, own);
  const left = own.filter((each) => each !== level);
  const inner = x.shape.map((_, i) => own.length + i).toSpliced(axis, 0, own.indexOf(level));
  const physical = beneath().cast(
    permuted(view, [...left.map((each) => own.indexOf(each)), ...inner]),
    x.dtype,
  );
  const shape = x.shape.toSpliced(axis, 0, level.size);
  return new Tensor(wrapped(left, x.size * level.size, physical), shape, contiguousStrides(shape), 0);
}

function permuted(view: View, order: readonly number[]): View {
  const shape = order.map((axis) => view.shape[axis] ?? 1);
  const strides = order.map((axis) => view.strides[axis] ?? 0);
  return { ...view, shape, strides };
}

/** The backend that computes on physical storages. */
function beneath(): Backend {
  const backend = currentBackend();
  return backend instanceof BatchingBackend ? backend.inner : backend;
}
