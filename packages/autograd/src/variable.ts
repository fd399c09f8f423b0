/** Variable: a point on the tape. */
import {
  type ArrayShape,
  type AssignOptions,
  type DType,
  type FloatDType,
  formatShape,
  formatTensor,
  type Guard,
  Inspectable,
  isFloat,
  type NestedArray,
  type NestedValues,
  type Resolved,
  type Shape,
  type Tensor,
  tensor,
} from "@adjoint/tensor";
import { type BackwardOptions, backward } from "./backward.ts";
import { GradientError } from "./errors.ts";
import { isGradEnabled } from "./mode.ts";
import { type GradientHook, Node } from "./node.ts";
import { defineOp } from "./op.ts";

/** What the functions of autograd and nn take: a Variable, or a Tensor, which counts as a constant. */
export type Value<S extends Shape = Shape> = Tensor<S> | Variable<S>;

/** A result over inputs A and B of shape S: a Variable if one of them is, else a Tensor. */
export type Lift<S extends Shape, A, B = A, C = A> = A extends Taped
  ? Variable<S>
  : B extends Taped
    ? Variable<S>
    : C extends Taped
      ? Variable<S>
      : Tensor<S>;

// What tells a Variable from a Tensor without naming its shape: the compiler then decides also where that is generic.
interface Taped {
  readonly requiresGrad: boolean;
}

/** Settings of a new Variable. */
export interface VariableOptions {
  /** Track what is computed from it, and give it a gradient. Default false. */
  readonly requiresGrad?: boolean;
}

/**
 * A tensor on the tape: its value, its gradient, and the node that made it.
 *
 * Operations on Variables give Variables that require grad if one of their inputs does; each remembers the node that
 * made it, and `backward` walks the nodes back. A leaf is a Variable that no recorded op made.
 */
export class Variable<S extends Shape = Shape> extends Inspectable {
  /** The numbers. Writing to them in place bumps the storage's version; see `assign`. */
  readonly value: Tensor<S>;
  /** d(root)/d(this), added up over backward passes; null before the first, and after `zeroGrad`. */
  grad: Variable<S> | null = null;
  #requiresGrad: boolean;
  #node: Node | null = null;
  /** Why nothing is tracked, to go on after "it", and whether that is so of an input rather than of this. */
  #untracked: string;
  #inherited = false;

  /**
   * A leaf over `value` (shared, not copied).
   *
   * @throws {GradientError} if it shall require grad and is not floating-point.
   */
  constructor(value: Tensor<S>, options: VariableOptions = {}) {
    super();
    this.value = value;
    this.#requiresGrad = options.requiresGrad ?? false;
    this.#untracked = plainLeaf;
    if (this.#requiresGrad) checkFloat("Variable", value.dtype);
  }

  /** A Variable with `value` that stands where `node` stands on the tape. For the tape's own use. */
  static at<T extends Shape>(value: Tensor<T>, node: Node): Variable<T> {
    const variable = new Variable(value);
    variable.#requiresGrad = true;
    variable.#node = node;
    return variable;
  }

  /** A Variable that is not tracked, and says why ("was detached") when a gradient is asked of it. For the tape's own use. */
  static untracked<T extends Shape>(value: Tensor<T>, why: string): Variable<T> {
    const variable = new Variable(value);
    variable.#untracked = why;
    return variable;
  }

  /** A Variable computed from Variables none of which is tracked; it passes their reason on. For the tape's own use. */
  static fromUntracked<T extends Shape>(value: Tensor<T>, inputs: readonly Value[]): Variable<T> {
    const variable = new Variable(value);
    variable.#inherited = true;
    for (const input of inputs) {
      // A plain leaf among the inputs is no surprise; what was cut off is.
      if (input instanceof Variable && input.#untracked !== plainLeaf) variable.#untracked = input.#untracked;
    }
    return variable;
  }

  /** Sizes of the axes. */
  get shape(): S {
    return this.value.shape;
  }

  /** The kind of the elements; floating-point where a gradient is wanted. */
  get dtype(): DType {
    return this.value.dtype;
  }

  /** Number of axes. */
  get rank(): number {
    return this.value.rank;
  }

  /** Number of elements. */
  get size(): number {
    return this.value.size;
  }

  /** True if no recorded op made it. */
  get isLeaf(): boolean {
    return this.#node === null || this.#node.isLeaf;
  }

  /** The node that made it; for a leaf that requires grad, the node where its gradient arrives; else null. */
  get node(): Node | null {
    if (!this.#requiresGrad) return null;
    this.#node ??= new Node(leafOp, undefined, [], this.value, this);
    return this.#node;
  }

  /** True if a backward pass through it gives it a gradient. */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }

  /**
   * Starts or stops tracking a leaf.
   *
   * @throws {GradientError} on a Variable that an op made, or on integers and bools.
   */
  set requiresGrad(flag: boolean) {
    if (!this.isLeaf) {
      throw new GradientError(
        "requiresGrad",
        `only a leaf can change it, and this Variable of shape ${formatShape(this.shape)} was made by "${this.#node?.op.name}".`,
        "Use detach() for a part of the graph that shall not be tracked.",
      );
    }
    if (flag) checkFloat("requiresGrad", this.dtype);
    this.#requiresGrad = flag;
    // The node stays: with requiresGrad back on, its hooks are there again.
    if (!flag) this.#untracked = "had its requiresGrad set to false";
  }

  /** Why no gradient flows here. For messages. */
  get untrackedReason(): string {
    return this.#inherited
      ? `nothing that it was computed from requires grad (one input ${this.#untracked})`
      : `it ${this.#untracked}`;
  }

  /**
   * Adds d(this)/d(leaf) to the `grad` of every leaf that this was computed from.
   *
   * @throws {GradientError} if this is not tracked, or has several elements and no gradient is given; see `backward`.
   */
  backward(options: BackwardOptions = {}): void {
    backward(this, options);
  }

  /** The same value (shared storage) as a leaf that requires no grad: gradients stop here. */
  detach(): Variable<S> {
    return Variable.untracked(this.value, "was detached");
  }

  /** Forgets the gradient. */
  zeroGrad(): void {
    this.grad = null;
  }

  /** Asks a non-leaf to keep the gradient that passes through it in `grad`. */
  retainGrad(): void {
    const node = this.#trackedNode("retainGrad");
    if (!node.isLeaf) node.retained = this;
  }

  /**
   * Registers a function that sees the gradient before it goes on, and may return another in its place. Hooks run in
   * the order of their registration, before a retained grad is written.
   *
   * @returns a function that removes the hook.
   * @throws {GradientError} on a Variable that is not tracked.
   */
  hook(hook: GradientHook): () => void {
    const node = this.#trackedNode("hook");
    const registration = { run: hook };
    node.hooks = [...(node.hooks ?? []), registration];
    return () => {
      node.hooks = without(node.hooks, registration);
    };
  }

  /**
   * Registers a function that runs on a leaf each time its `grad` has been written.
   *
   * @returns a function that removes the hook.
   * @throws {GradientError} on anything but a leaf that requires grad.
   */
  postAccumulateHook(hook: (variable: Variable) => void): () => void {
    const node = this.#trackedNode("postAccumulateHook");
    if (!node.isLeaf) {
      const what = `this Variable was made by "${node.op.name}", and only leaves accumulate.`;
      throw new GradientError(
        "postAccumulateHook",
        what,
        "Use hook() to see a gradient that passes through.",
      );
    }
    const registration = { run: hook };
    node.postHooks = [...(node.postHooks ?? []), registration];
    return () => {
      node.postHooks = without(node.postHooks, registration);
    };
  }

  /**
   * Writes `source` into the value in place, as Tensor.assign does.
   *
   * @throws {GradientError} if this Variable or `source` is tracked, outside noGrad: the tape records no writes.
   */
  assign(source: Value | number, options: AssignOptions = {}): this {
    if (this.#requiresGrad && isGradEnabled()) {
      throw new GradientError(
        "assign",
        `this ${this.isLeaf ? "leaf" : `result of "${this.#node?.op.name}"`} of shape ${formatShape(this.shape)} requires grad, and the tape records no writes in place.`,
        "Write inside noGrad(() => …), or to a detach()ed Variable.",
      );
    }
    if (source instanceof Variable && source.#requiresGrad && isGradEnabled()) {
      throw new GradientError(
        "assign",
        `the source of shape ${formatShape(source.shape)} requires grad, and the tape records no writes in place: no gradient would come back from here.`,
        "Write source.detach(), or write inside noGrad(() => …).",
      );
    }
    this.value.assign(source instanceof Variable ? source.value : source, options);
    return this;
  }

  /** The one element as a number. @throws {ShapeMismatchError} if there is not exactly one. */
  item(): number {
    return this.value.item();
  }

  /** The elements as nested arrays. */
  toArray(): NestedValues {
    return this.value.toArray();
  }

  /** As NumPy prints it, with what made it. */
  override toString(): string {
    const made = this.#node !== null && !this.#node.isLeaf ? `, op=${this.#node.op.name}` : "";
    const body = formatTensor(this.value).replace(/\)$/, "");
    return `${body.replace(/^tensor/, "variable")}${made || (this.#requiresGrad ? ", requiresGrad=true" : "")})`;
  }

  #trackedNode(op: string): Node {
    const node = this.node;
    if (node !== null) return node;
    throw new GradientError(
      op,
      `this Variable of shape ${formatShape(this.shape)} is not tracked: ${this.untrackedReason}.`,
      "Only a Variable that requires grad, or was computed from one, has a gradient.",
    );
  }
}

const plainLeaf = "is a leaf made without requiresGrad";

/** A Tensor as a constant Variable; a Variable as it is. */
export function asVariable<S extends Shape>(x: Value<S>): Variable<S> {
  return x instanceof Variable ? x : new Variable(x);
}

/** Settings of `variable`. */
export interface CreateVariableOptions extends VariableOptions {
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * A leaf over a copy of `data` that requires grad unless told otherwise: `new Variable(tensor(data), …)` in a word.
 *
 * @example variable([[1, 2], [3, 4]])
 * @throws as `tensor` does.
 */
export function variable<const A extends NestedArray>(
  data: A & Guard<ArrayShape<A>>,
  options: CreateVariableOptions = {},
): Variable<Resolved<ArrayShape<A>>> {
  const plain: NestedArray = data;
  const value = tensor(plain, { dtype: options.dtype ?? "float32" });
  return new Variable(value as Tensor<Resolved<ArrayShape<A>>>, {
    requiresGrad: options.requiresGrad ?? true,
  });
}

/** The registrations but for one; null when none is left, which is what the sweep asks first. */
function without<R>(registrations: readonly R[] | null, gone: R): readonly R[] | null {
  const left = registrations?.filter((other) => other !== gone) ?? [];
  return left.length === 0 ? null : left;
}

/** The op of leaves: it was never applied and has no rules. */
const leafOp = /* @__PURE__ */ defineOp<[]>({
  name: "leaf",
  forward: () => {
    throw new TypeError("a leaf is not computed");
  },
  vjp: [],
});

function checkFloat(op: string, dtype: DType): void {
  if (isFloat(dtype)) return;
  throw new GradientError(
    op,
    `only floating-point tensors can require grad, and this one is ${dtype}.`,
    'Cast it first, for example with cast("float32").',
  );
}
