/**
 * vmap: a function of one example as a function of a batch.
 *
 * The batch axis lies in the storage and not in the tensor (see batched-storage.ts and docs/decisions/0020), so that
 * every op, its VJP and every transform work inside as they do outside. Source of the idea of levels: J. Bradbury et
 * al., JAX (docs/autodidax.md); M. J. Innes, Don't Unroll Adjoint, 2018.
 */
import {
  ArgumentError,
  checkOptions,
  type DType,
  formatShape,
  normalizeAxis,
  type Shape,
  ShapeMismatchError,
  type Tensor,
} from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import type { Value, Variable } from "../variable.ts";
import { fromBatch, toBatch } from "./batch-axis.ts";
import { levelsOf } from "./batched-storage.ts";
import { withBatching } from "./batching-backend.ts";
import { activeLevels, type Level, levelSource, type Randomness, withLevels } from "./level.ts";
import { isValue, leavesOf, mapTree } from "./tree.ts";

/**
 * Which axis is the batch, for a tree of Values: one axis for all of it, null for none (every example gets the whole),
 * or a tree of the same structure, down to any depth.
 */
export type AxisTree = number | null | readonly AxisTree[] | { readonly [key: string]: AxisTree };

/** Settings of `vmap` beside its axes. */
export interface RandomnessOption {
  /**
   * What random numbers drawn inside are: each example's own ("different"), the same for all ("same"), or refused
   * ("error", the default). As in torch.func.vmap.
   */
  readonly randomness?: Randomness;
}

/** Settings of `vmap`. */
export interface VmapOptions extends RandomnessOption {
  /** The batch axis of the arguments: one for all, or a list with an AxisTree for each. Default 0. */
  readonly inAxes?: number | null | readonly AxisTree[];
  /** Where the batch axis goes in the results; null for a result that is the same for all examples. Default 0. */
  readonly outAxes?: AxisTree;
}

/** A tree with a batch axis in front of every shape that is known. */
export type Batched<T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<WithBatch<S>, D & DType>
    : T extends Variable<infer S>
      ? Variable<WithBatch<S>>
      : T extends Walked
        ? { [K in keyof T]: Batched<T[K]> }
        : T;

/** A tree of the same kinds of Values, of any shapes. */
export type AnyShape<T> =
  T extends Tensor<infer _, infer D>
    ? Tensor<Shape, D & DType>
    : T extends Variable
      ? Variable
      : T extends Walked
        ? { [K in keyof T]: AnyShape<T[K]> }
        : T;

type WithBatch<S extends Shape> = number extends S["length"] ? Shape : [number, ...S];
type Walked = object & { readonly call?: never };

/**
 * `f`, a function of one example, as a function of a batch: `vmap(f)(xs)[i] = f(xs[i])`, computed at once.
 *
 * Inside f a Value has the shape of one example. Whatever f uses beside its arguments is the same for every example.
 * Functions of a batch can be differentiated, and gradients batched: `vmap(grad(f))` gives each example's gradient.
 *
 * @param f takes and gives Values, or nested arrays and plain objects of them; other things are handed through. It may
 * not read a value (item, toArray), for it stands for many, and must be synchronous.
 * @throws {ArgumentError} if no argument has a batch axis, or an axis tree does not fit its argument.
 * @throws {ShapeMismatchError} if batch axes have different sizes.
 * @throws {AxisError} if a Value does not have the axis.
 * @example vmap((x: Variable) => sum(x))(variable([[1, 2], [3, 4]]))   // [3, 7]
 */
export function vmap<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options?: RandomnessOption & { readonly inAxes?: never; readonly outAxes?: never },
): (...args: { [K in keyof A]: Batched<A[K]> }) => Batched<R>;
export function vmap<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: VmapOptions,
): (...args: { [K in keyof A]: AnyShape<A[K]> }) => AnyShape<R>;
export function vmap(
  f: (...args: never[]) => unknown,
  options: VmapOptions = {},
): (...args: never[]) => unknown {
  checkOptions("vmap", options, ["inAxes", "outAxes", "randomness"]);
  const { inAxes = 0, outAxes = 0, randomness = "error" } = options;
  checkRandomness(randomness);
  return (...args: unknown[]) => {
    const axes = args.map((arg, i) => axesOf("inAxes", arg, axisTreeOf(inAxes, i, args.length), `[${i}]`));
    const level = levelSource().open(commonSize(args, axes), randomness);
    return withBatching(() => {
      const hidden = args.map((arg, i) => hide(arg, axes[i] ?? [], level));
      const result: unknown = withLevels([...activeLevels(), level], () => f(...(hidden as never[])));
      checkSynchronous(result);
      return show(result, outAxes, level);
    });
  };
}

/** The axis tree of argument `i` of `count`. */
function axisTreeOf(inAxes: number | null | readonly AxisTree[], i: number, count: number): AxisTree {
  if (inAxes === null || typeof inAxes === "number") return inAxes;
  if (inAxes.length === count) return inAxes[i] ?? null;
  throw new ArgumentError(
    "vmap",
    "inAxes",
    `inAxes is a list of ${inAxes.length} for ${count} ${count === 1 ? "argument" : "arguments"}.`,
    "Give one entry for each argument, or one axis for all.",
  );
}

/** One axis, counted from the front, or null for each leaf of `tree`, in order. */
function axesOf(argument: string, tree: unknown, axes: unknown, path: string, extra = 0): (number | null)[] {
  if (axes === null || typeof axes === "number") {
    return leavesOf(tree).map(({ value }) =>
      axes === null ? null : normalizeAxis("vmap", axes, value.rank + extra),
    );
  }
  if (!isValue(tree) && typeof tree === "object" && tree !== null && typeof axes === "object") {
    const parts = Object.entries(tree);
    const given: Readonly<Record<string, unknown>> = { ...axes };
    if (parts.every(([key]) => key in given) && Object.keys(given).length === parts.length) {
      return parts.flatMap(([key, part]) => axesOf(argument, part, given[key], `${path}.${key}`, extra));
    }
  }
  throw new ArgumentError(
    "vmap",
    argument,
    `${argument}${path} is ${JSON.stringify(axes)}, and what it is for has another structure.`,
    "Give an axis or null, or a tree with the same keys.",
  );
}

/** The one size of all batch axes. */
function commonSize(args: readonly unknown[], axes: readonly (readonly (number | null)[])[]): number {
  const found: { readonly size: number; readonly text: string; readonly shape: Shape }[] = [];
  for (const [i, arg] of args.entries()) {
    for (const [j, { value, path }] of leavesOf(arg, `argument ${i}`).entries()) {
      const axis = axes[i]?.[j] ?? null;
      if (axis === null) continue;
      const size = value.shape[axis] ?? 0;
      const text = `${path} is ${formatShape(value.shape)} (axis ${axis} = ${size})`;
      found.push({ size, text, shape: value.shape });
    }
  }
  const first = found[0];
  if (first === undefined) {
    throw new ArgumentError(
      "vmap",
      "inAxes",
      "no argument has a batch axis.",
      "Give at least one Tensor or Variable whose entry in inAxes is a number.",
    );
  }
  const other = found.find(({ size }) => size !== first.size);
  if (other === undefined) return first.size;
  throw new ShapeMismatchError(
    "vmap",
    `batch axes differ: ${first.text}, ${other.text}.`,
    "All must have one size; give null in inAxes for what is the same for every example.",
    [first.shape, other.shape],
  );
}

function hide(arg: unknown, axes: readonly (number | null)[], level: Level): unknown {
  let next = 0;
  return mapTree(arg, (value) => {
    const axis = axes[next++] ?? null;
    return axis === null ? value : toBatch(value, { axis, level });
  });
}

function show(result: unknown, outAxes: AxisTree, level: Level): unknown {
  const axes = axesOf("outAxes", result, outAxes, "", 1);
  let next = 0;
  return mapTree(result, (value, path) => {
    const axis = axes[next++] ?? null;
    return axis === null ? sameForAll(value, path, level) : fromBatch(value, { axis, level, last: true });
  });
}

/** A result that shall have no batch axis. */
function sameForAll(value: Value, path: string, level: Level): Value {
  if (!levelsOf(tensorOf(value).storage).includes(level)) return value;
  throw new ArgumentError(
    "vmap",
    "outAxes",
    `outAxes${path} is null, and the result differs from example to example.`,
    "Give the axis where the batch shall be.",
  );
}

function checkRandomness(randomness: Randomness): void {
  if (["error", "different", "same"].includes(randomness)) return;
  const remedy = 'Give "error", "different" or "same".';
  throw new ArgumentError("vmap", "randomness", `randomness is ${JSON.stringify(randomness)}.`, remedy);
}

function checkSynchronous(result: unknown): void {
  if (!(result instanceof Promise)) return;
  throw new ArgumentError("vmap", "f", "f gave a promise.", "Give a synchronous function.");
}
