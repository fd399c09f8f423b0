/**
 * What the differentiating transforms have in common: a function's arguments with fresh points of the tape in place of
 * chosen Values, and the gradients that arrive there.
 *
 * A fresh point keeps nested transforms apart: the inner one differentiates with respect to its own points, which hang
 * on those of the outer one, if these are tracked, by an op that does nothing.
 */
import { ArgumentError, formatShape, isFloat, type Tensor, zeros } from "@adjoint/tensor";
import { gradientVariable } from "../accumulate.ts";
import { apply, tensorOf } from "../apply.ts";
import { grad as gradientsOf } from "../backward.ts";
import { enableGrad, isGradEnabled } from "../mode.ts";
import type { Node } from "../node.ts";
import { defineOp, type Op } from "../op.ts";
import { type Value, Variable } from "../variable.ts";
import { isValue, type Leaf, leavesOf, withLeaves } from "./tree.ts";

/** The op between a Value outside a transform and its fresh point inside. */
export const primalOp: Op<[Tensor]> = /* @__PURE__ */ defineOp<[Tensor]>({
  name: "primal",
  forward: ([x]) => x,
  vjp: [{ formula: "x̄ = g", rule: (g) => g }],
});

/** The arguments of one call of a transformed function. */
export class Primals {
  /** The leaves that are differentiated, argument by argument. */
  readonly leaves: readonly Leaf[];
  /** Their fresh points. */
  readonly points: readonly Variable[];
  readonly #args: readonly unknown[];
  readonly #chosen: readonly unknown[];
  readonly #nodes: ReadonlySet<Node | null>;

  /**
   * @param argnums which of `args` are differentiated.
   * @throws {ArgumentError} if one is missing, or holds no Value or one that is not floating-point.
   */
  constructor(op: string, args: readonly unknown[], argnums: readonly number[]) {
    for (const argnum of argnums) checkArgument(op, args, argnum);
    this.#chosen = argnums.map((argnum) => args[argnum]);
    this.leaves = this.#chosen.flatMap((tree, i) => leavesOf(tree, `[${i}]`));
    this.points = this.leaves.map(({ value }) => freshPoint(value));
    this.#nodes = new Set(this.points.map(({ node }) => node));
    const inside = this.trees(this.points);
    this.#args = args.map((arg, i) => (argnums.includes(i) ? inside[argnums.indexOf(i)] : arg));
  }

  /** What `f` gives for the arguments; recorded also inside noGrad, for that is the transform's own business. */
  run(f: (...args: never[]) => unknown): unknown {
    return enableGrad(() => f(...(this.#args as never[])));
  }

  /** One tree for each differentiated argument, with `values` in place of the leaves. */
  trees(values: readonly unknown[]): readonly unknown[] {
    return withLeaves(this.#chosen, values) as readonly unknown[];
  }

  /**
   * True if `value` was computed from anything that is tracked outside, so that what the transform makes of it has to
   * be differentiable in its turn. Never inside noGrad.
   */
  leadOutside(value: Value): boolean {
    const root = value instanceof Variable ? value.node : null;
    if (root === null || !isGradEnabled()) return false;
    const seen = new Set([root]);
    for (const node of seen) {
      if (node.isLeaf && !this.#nodes.has(node)) return true;
      for (const edge of node.edges) if (edge !== null) seen.add(edge);
    }
    return false;
  }

  /** `value` as it leaves the transform: off the tape, unless it leads outside. */
  release(value: Value, why: string): Value {
    if (!(value instanceof Variable) || !value.requiresGrad || this.leadOutside(value)) return value;
    return Variable.untracked(value.value, why);
  }
}

/**
 * d⟨outputs, cotangents⟩/d(inputs): zeros where the outputs do not depend on an input, and for whole numbers.
 *
 * @param differentiable record it, so that the gradients can be differentiated.
 * @param retain keep the graph for another pass, even if it is not recorded.
 */
export function pull(
  outputs: readonly Value[],
  cotangents: readonly Value[],
  inputs: readonly Variable[],
  differentiable: boolean,
  retain: boolean,
): Variable[] {
  const roots: Variable[] = [];
  const gradients: Value[] = [];
  for (const [i, output] of outputs.entries()) {
    if (!(output instanceof Variable) || !output.requiresGrad) continue;
    roots.push(output);
    gradients.push(cotangents[i] as Value);
  }
  const options = { gradients, createGraph: differentiable, retainGraph: differentiable || retain };
  const floats = inputs.filter((input) => input.requiresGrad);
  const idle = roots.length === 0 || floats.length === 0;
  const found = idle ? [] : gradientsOf(roots, floats, { ...options, allowUnused: true });
  return inputs.map(
    (input) => found[floats.indexOf(input)] ?? gradientVariable(zeros(input.shape, { dtype: input.dtype })),
  );
}

/** True if `value` is on the tape and recording is on. */
export function isTracked(value: Value): boolean {
  return isGradEnabled() && value instanceof Variable && value.requiresGrad;
}

function freshPoint(value: Value): Variable {
  if (isTracked(value)) return apply(primalOp, [value]) as Variable;
  return new Variable(tensorOf(value), { requiresGrad: true });
}

function checkArgument(op: string, args: readonly unknown[], argnum: number): void {
  if (!Number.isInteger(argnum) || argnum < 0 || argnum >= args.length) {
    const remedy = "Give positions of arguments, counted from 0.";
    throw new ArgumentError(op, "argnums", `argument ${argnum} of ${args.length} is asked for.`, remedy);
  }
  const leaves = leavesOf(args[argnum], `argument ${argnum}`);
  if (leaves.length === 0) {
    throw new ArgumentError(
      op,
      `argument ${argnum}`,
      `argument ${argnum} holds no Tensor or Variable.`,
      "Give a Value, or nested arrays and plain objects of them.",
    );
  }
  for (const { value, path } of leaves) {
    if (isFloat(value.dtype)) continue;
    throw new ArgumentError(
      op,
      path,
      `${path} is ${value.dtype} ${formatShape(value.shape)}, and only floating-point numbers have a gradient.`,
      'Cast it, for example with cast("float32"), or leave the argument out of argnums.',
    );
  }
}

/** A result as a list of Values. @throws {ArgumentError} if f gave something else. */
export function outputsOf(op: string, result: unknown): Leaf[] {
  const leaves = leavesOf(result, "");
  if (leaves.length > 0) return leaves;
  throw new ArgumentError(op, "f", "f gave no Tensor or Variable.", "Return a Value, or a tree of them.");
}

/** A result that is one number. @throws {ArgumentError} if it is not. */
export function scalarOf(op: string, result: unknown): Value {
  if (isValue(result) && result.size === 1 && isFloat(result.dtype)) return result;
  const what = isValue(result) ? `${result.dtype} ${formatShape(result.shape)}` : typeof result;
  throw new ArgumentError(
    op,
    "f",
    `f gave ${what}, and only a function with one floating-point number has a gradient.`,
    "Reduce its result (sum or mean), give { hasAux: true } if it returns [value, aux], or use jacobian or vjp.",
  );
}
