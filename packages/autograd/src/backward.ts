/** What users call: `backward`, which fills `grad`, and `grad`, which gives gradients back. */
import { checkOptions, formatShape, full, sameShape } from "@adjoint/tensor";
import { accumulateGrad, gradientVariable } from "./accumulate.ts";
import { tensorOf } from "./apply.ts";
import { GradientError } from "./errors.ts";
import type { Node } from "./node.ts";
import { cast } from "./ops/cast.ts";
import { Sweep } from "./sweep.ts";
import { type Value, Variable } from "./variable.ts";

/** Settings of `backward`. */
export interface BackwardOptions {
  /** d(something)/d(root), of the root's shape; for a root of one element 1 is understood. */
  readonly gradient?: Value;
  /** Keep what the nodes saved, so that another backward pass can run. Default: createGraph. */
  readonly retainGraph?: boolean;
  /** Record the backward pass itself, so that gradients can be differentiated. Default false. */
  readonly createGraph?: boolean;
  /** Only these get their `grad`. Default: every leaf. */
  readonly inputs?: readonly Variable[];
}

/** Settings of `grad`. */
export interface GradOptions {
  /** One gradient for each output; 1 is understood for outputs of one element. */
  readonly gradients?: readonly Value[];
  readonly retainGraph?: boolean;
  readonly createGraph?: boolean;
  /** Give null for an input that no output depends on, instead of an error. Default false. */
  readonly allowUnused?: boolean;
}

/**
 * Adds d(root)/d(leaf), weighted by `gradient`, to the `grad` of every leaf that root was computed from.
 *
 * Source: A. Griewank, A. Walther, Evaluating Derivatives, 2nd ed., SIAM 2008, §3.2 (reverse mode).
 *
 * @throws {GradientError} if root is not tracked; has several elements and no gradient is given; if the gradient's
 * shape is not root's; if `inputs` is empty; if the graph was freed by an earlier pass.
 * @throws {SavedTensorError} if a saved tensor was written in place since.
 */
export function backward(root: Variable, options: BackwardOptions = {}): void {
  checkOptions("backward", options, ["gradient", "retainGraph", "createGraph", "inputs"]);
  const node = trackedNode("backward", root);
  const inputs = options.inputs?.map((input) => trackedNode("backward", input));
  if (inputs?.length === 0) {
    throw new GradientError(
      "backward",
      "inputs is an empty list.",
      "Leave it out to reach every leaf, or name some.",
    );
  }
  // A named input that an op made keeps its gradient from now on, as if retainGrad had been called (as in PyTorch).
  for (const input of options.inputs ?? []) input.retainGrad();
  const { createGraph = false, retainGraph = createGraph } = options;
  const sweep = new Sweep(createGraph, retainGraph);
  sweep.seed(node, seedFor("backward", root, options.gradient, createGraph));
  sweep.run(inputs === undefined ? null : new Set(inputs), (reached, gradient, own) => {
    if (reached.variable !== null) accumulateGrad(reached.variable, gradient, own);
    else if (reached.retained !== null) accumulateGrad(reached.retained, gradient, false);
  });
}

/**
 * d(outputs)/d(inputs), weighted by `gradients` and summed over the outputs; no `grad` is touched.
 *
 * @returns one Variable for each input (null for an unused one with allowUnused), of the input's shape.
 * @throws {GradientError} as `backward`; if an input is not tracked or not used.
 */
export function grad(
  outputs: Variable | readonly Variable[],
  inputs: readonly Variable[],
  options: GradOptions & { readonly allowUnused: true },
): (Variable | null)[];
export function grad(
  outputs: Variable | readonly Variable[],
  inputs: readonly Variable[],
  options?: GradOptions,
): Variable[];
export function grad(
  outputs: Variable | readonly Variable[],
  inputs: readonly Variable[],
  options: GradOptions = {},
): (Variable | null)[] {
  checkOptions("grad", options, ["gradients", "retainGraph", "createGraph", "allowUnused"]);
  if (inputs.length === 0) {
    throw new GradientError(
      "grad",
      "inputs is an empty list.",
      "Name the Variables to differentiate with respect to.",
    );
  }
  const roots = outputs instanceof Variable ? [outputs] : outputs;
  const { gradients, createGraph = false, retainGraph = createGraph } = options;
  if (gradients !== undefined && gradients.length !== roots.length) {
    throw new GradientError(
      "grad",
      `there are ${roots.length} outputs and ${gradients.length} gradients.`,
      "Give one gradient for each output.",
    );
  }
  const nodes = inputs.map((input) => trackedNode("grad", input));
  const sweep = new Sweep(createGraph, retainGraph);
  for (const [i, root] of roots.entries()) {
    sweep.seed(trackedNode("grad", root), seedFor("grad", root, gradients?.[i], createGraph));
  }
  const wanted = new Set(nodes);
  const found = new Map<Node, Variable>();
  sweep.run(wanted, (node, gradient) => {
    if (wanted.has(node)) found.set(node, gradientVariable(gradient));
  });
  return nodes.map((node, i) => {
    const gradient = found.get(node);
    if (gradient !== undefined) return gradient;
    if (options.allowUnused) return null;
    throw new GradientError(
      "grad",
      `input ${i} of shape ${formatShape(node.shape)} is not used by the outputs.`,
      "Leave it out, or give { allowUnused: true } to get null for it.",
    );
  });
}

function trackedNode(op: string, variable: Variable): Node {
  const node = variable.node;
  if (node !== null) return node;
  throw new GradientError(
    op,
    `a Variable of shape ${formatShape(variable.shape)} tracks nothing: ${variable.untrackedReason}.`,
    "Make the leaves with { requiresGrad: true } and compute from them outside noGrad.",
  );
}

/** What goes in at a root; without createGraph only its numbers. */
function seedFor(op: string, root: Variable, gradient: Value | undefined, createGraph: boolean): Value {
  if (gradient === undefined) {
    if (root.size === 1) return full(root.shape, 1, { dtype: root.dtype });
    throw new GradientError(
      op,
      `the root is ${formatShape(root.shape)} and has ${root.size} elements; only a single number has a gradient by itself.`,
      "Reduce it first (sum or mean), or give a gradient of its shape.",
    );
  }
  if (sameShape(gradient.shape, root.shape)) {
    const seed = createGraph ? gradient : tensorOf(gradient);
    return seed.dtype === root.dtype ? seed : cast(seed, root.dtype);
  }
  throw new GradientError(
    op,
    `the gradient is ${formatShape(gradient.shape)}, the root is ${formatShape(root.shape)}.`,
    "Give a gradient of exactly the root's shape.",
  );
}
