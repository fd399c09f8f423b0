/** Where a batch axis goes out of a tensor's sight and comes back into it: the two ends of `vmap`, each the other's VJP. */
import { type Backend, contiguousStrides, currentBackend, sizeOf, Tensor, type View } from "@adjoint/tensor";
import { apply, tensorOf } from "../apply.ts";
import { GradientError } from "../errors.ts";
import { defineOp, type Op } from "../op.ts";
import { expand } from "../ops/expand.ts";
import { sum } from "../ops/sum.ts";
import { unsqueeze } from "../ops/unsqueeze.ts";
import type { Value } from "../variable.ts";
import { BatchedStorage, levelsOf, physicalView } from "./batched-storage.ts";
import { BatchingBackend } from "./batching-backend.ts";
import { activeLevels, type Level, unionLevels } from "./level.ts";

/** The axis, counted from the front of the tensor that has it, and the level that holds it out of sight. */
export interface BatchAxis {
  readonly axis: number;
  readonly level: Level;
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

/** The op that shows a hidden axis: `[…]` for each of n examples → `[…, n, …]`. Copies. */
const fromBatchOp: Op<[Tensor], BatchAxis> = /* @__PURE__ */ defineOp<[Tensor], BatchAxis>({
  name: "fromBatch",
  forward: ([x], batch) => showAxis(x, batch),
  vjp: [{ formula: "x̄ = g, each example its own part", rule: (g, { attributes }) => toBatch(g, attributes) }],
});

/** x for each example of `level`: the slices of x along `axis`. */
export function toBatch(x: Value, batch: BatchAxis): Value {
  return apply(toBatchOp, [x], batch);
}

/** What all examples of `level` have, side by side along a new `axis`; repeated where x is the same for all. */
export function fromBatch(x: Value, batch: BatchAxis): Value {
  if (levelsOf(tensorOf(x).storage).includes(batch.level)) return apply(fromBatchOp, [x], batch);
  const shape = x.shape.toSpliced(batch.axis, 0, batch.level.size);
  return expand(unsqueeze(x, batch.axis), shape);
}

/**
 * A contribution to a value that has the levels `kept`, as its gradient: summed over every other level whose vmap is
 * over, since all its examples used the one value. In a vmap that is under way, an example's gradient is its own.
 */
export function sumEndedLevels(x: Value, kept: readonly Level[]): Value {
  const active = activeLevels();
  let result = x;
  for (const level of levelsOf(tensorOf(x).storage)) {
    if (kept.includes(level) || active.includes(level)) continue;
    result = sum(fromBatch(result, { axis: 0, level }), 0);
  }
  return result;
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

function showAxis(x: Tensor, { axis, level }: BatchAxis): Tensor {
  const own = levelsOf(x.storage);
  const view = physicalView(x, own);
  const left = own.filter((each) => each !== level);
  const inner = x.shape.map((_, i) => own.length + i).toSpliced(axis, 0, own.indexOf(level));
  const physical = beneath().cast(
    permuted(view, [...left.map((each) => own.indexOf(each)), ...inner]),
    x.dtype,
  );
  const shape = x.shape.toSpliced(axis, 0, level.size);
  const storage = left.length === 0 ? physical : new BatchedStorage(left, sizeOf(shape), physical);
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
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
