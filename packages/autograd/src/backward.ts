/** The backward sweep: every node once, after all its consumers. */

import * as tensors from "@adjoint/tensor";
import { formatShape, sameShape, Tensor } from "@adjoint/tensor";
import { GradientError } from "./errors.ts";
import { activeListeners } from "./listener.ts";
import type { Node } from "./node.ts";
import { add } from "./ops/add.ts";
import { cast } from "./ops/cast.ts";
import { Saved } from "./saved.ts";
import { sumTo } from "./sum-to.ts";
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
  tensors.checkOptions("backward", options, ["gradient", "retainGraph", "createGraph", "inputs"]);
  const node = trackedNode("backward", root);
  const inputs = options.inputs?.map((input) => trackedNode("backward", input));
  if (inputs?.length === 0) {
    throw new GradientError(
      "backward",
      "inputs is an empty list.",
      "Leave it out to reach every leaf, or name some.",
    );
  }
  const sweep = new Sweep(options.createGraph ?? false, options.retainGraph ?? options.createGraph ?? false);
  sweep.seed(node, seedFor("backward", root, options.gradient));
  const wanted = inputs === undefined ? null : new Set(inputs);
  sweep.run(wanted, (reached, gradient) => {
    const variable = reached.variable ?? options.inputs?.find((input) => input.node === reached);
    if (variable) accumulateGrad(variable, gradient);
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
  tensors.checkOptions("grad", options, ["gradients", "retainGraph", "createGraph", "allowUnused"]);
  if (inputs.length === 0) {
    throw new GradientError(
      "grad",
      "inputs is an empty list.",
      "Name the Variables to differentiate with respect to.",
    );
  }
  const roots = outputs instanceof Variable ? [outputs] : outputs;
  const nodes = inputs.map((input) => trackedNode("grad", input));
  const sweep = new Sweep(options.createGraph ?? false, options.retainGraph ?? options.createGraph ?? false);
  for (const [i, root] of roots.entries()) {
    sweep.seed(trackedNode("grad", root), seedFor("grad", root, options.gradients?.[i]));
  }
  const found = new Map<Node, Variable>();
  sweep.run(new Set(nodes), (node, gradient) => found.set(node, gradientVariable(gradient)));
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

function seedFor(op: string, root: Variable, gradient: Value | undefined): Value {
  if (gradient === undefined) {
    if (root.size === 1) return tensors.full(root.shape, 1, { dtype: root.dtype });
    throw new GradientError(
      op,
      `the root is ${formatShape(root.shape)} and has ${root.size} elements; only a single number has a gradient by itself.`,
      "Reduce it first (sum or mean), or give a gradient of its shape.",
    );
  }
  if (sameShape(gradient.shape, root.shape))
    return gradient.dtype === root.dtype ? gradient : cast(gradient, root.dtype);
  throw new GradientError(
    op,
    `the gradient is ${formatShape(gradient.shape)}, the root is ${formatShape(root.shape)}.`,
    "Give a gradient of exactly the root's shape.",
  );
}

/** Adds to `grad`; never in place, so that whoever holds the old gradient keeps its numbers. */
function accumulateGrad(variable: Variable, gradient: Value): void {
  const earlier = variable.grad;
  const sum = earlier === null ? gradient : add(tracksNothing(gradient) ? earlier.value : earlier, gradient);
  variable.grad = gradientVariable(sum);
}

function tracksNothing(x: Value): boolean {
  return x instanceof Tensor || !x.requiresGrad;
}

function gradientVariable(x: Value): Variable {
  return x instanceof Variable ? x : Variable.untracked(x, "it is a gradient computed without createGraph");
}

let sweeps = 0;
let depth = 0;

/** One backward pass. Adjoints wait in the nodes' `pending` and are popped as the sweep comes by. */
class Sweep {
  readonly #createGraph: boolean;
  readonly #retainGraph: boolean;
  readonly #roots: { readonly node: Node; readonly gradient: Value }[] = [];

  constructor(createGraph: boolean, retainGraph: boolean) {
    this.#createGraph = createGraph;
    this.#retainGraph = retainGraph;
  }

  seed(node: Node, gradient: Value): void {
    this.#roots.push({ node, gradient });
  }

  /**
   * Sweeps the graph of the roots, or that part of it which leads to `wanted`, and gives `reach` the complete gradient
   * of each wanted node (of each leaf, where `wanted` is null).
   */
  run(wanted: ReadonlySet<Node> | null, reach: (node: Node, gradient: Value) => void): void {
    const order = reachable(this.#roots.map((root) => root.node));
    const needed = wanted === null ? null : leadingTo(order, wanted);
    // A hook may start a sweep over nodes that an outer one has under way: theirs is set aside meanwhile.
    const aside =
      depth > 0 ? order.map((node) => ({ node, pending: node.pending, owned: node.pendingOwned })) : null;
    if (aside !== null) for (const node of order) node.pending = null;
    depth++;
    try {
      for (const { node, gradient } of this.#roots) this.#add(node, gradient);
      this.#walk(order, wanted, needed, reach);
    } finally {
      depth--;
      for (const node of order) node.pending = null;
      for (const { node, pending, owned } of aside ?? []) {
        node.pending = pending;
        node.pendingOwned = owned;
      }
    }
  }

  #walk(
    order: readonly Node[],
    wanted: ReadonlySet<Node> | null,
    needed: ReadonlySet<Node> | null,
    reach: (node: Node, gradient: Value) => void,
  ): void {
    const first = order[0];
    if (first === undefined) return;
    const saved = new Saved<unknown>(first, this.#createGraph);
    for (const node of order) {
      let adjoint = node.pending;
      if (adjoint === null || (needed !== null && !needed.has(node))) continue;
      node.pending = null;
      if (node.hooks !== null) adjoint = runHooks(node, adjoint);
      if (node.retained !== null && wanted === null) accumulateGrad(node.retained, adjoint);
      for (const listener of activeListeners()) listener.node?.(node, adjoint);
      if (wanted === null ? node.isLeaf : wanted.has(node)) {
        reach(node, adjoint);
        if (node.postHooks !== null && node.variable?.grad)
          for (const hook of node.postHooks) hook(node.variable);
      }
      if (!node.isLeaf) this.#propagate(node, adjoint, saved, needed);
    }
  }

  #propagate(node: Node, adjoint: Value, saved: Saved<unknown>, needed: ReadonlySet<Node> | null): void {
    const { edges, op } = node;
    saved.read(node);
    for (let i = 0; i < edges.length; i++) {
      const target = edges[i] as Node | null;
      if (target === null || (needed !== null && !needed.has(target))) continue;
      const contribution = conform(op.vjp(adjoint, saved, i), node, i, target);
      for (const listener of activeListeners()) listener.contribution?.(node, i, target, contribution);
      this.#add(target, contribution);
    }
    if (!this.#retainGraph) node.release();
  }

  /** Adds to what waits at `target`: in place where the buffer is the sweep's own and nobody else may look. */
  #add(target: Node, contribution: Value): void {
    const { pending } = target;
    const listeners = activeListeners();
    if (pending === null) {
      target.pending = contribution;
      target.pendingOwned = false;
    } else if (
      target.pendingOwned &&
      pending instanceof Tensor &&
      contribution instanceof Tensor &&
      listeners.length === 0
    ) {
      pending.assign(contribution, { mode: "add" });
    } else {
      target.pending = add(pending, contribution);
      target.pendingOwned = !this.#createGraph;
    }
    for (const listener of listeners) listener.accumulated?.(target, target.pending as Value);
  }
}

/** Brings a contribution to the input's shape and dtype: the transposes of broadcasting and of promotion. */
function conform(contribution: Value, node: Node, input: number, target: Node): Value {
  let result = contribution;
  if (!sameShape(result.shape, target.shape)) {
    if (!node.op.broadcasts) {
      throw new TypeError(
        `${node.op.name}: the VJP of input ${input} gave ${formatShape(result.shape)} for an input of ${formatShape(target.shape)}`,
      );
    }
    result = sumTo(result, target.shape);
  }
  return result.dtype === target.dtype ? result : cast(result, target.dtype);
}

/** All nodes from the roots on, each once, consumers before their inputs. Iterative: graphs may be 100,000 deep. */
function reachable(roots: readonly Node[]): Node[] {
  const visit = ++sweeps;
  const found: Node[] = [];
  const stack: Node[] = [];
  const push = (node: Node): void => {
    if (node.visit === visit) return;
    node.visit = visit;
    stack.push(node);
  };
  for (const root of roots) push(root);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    found.push(node);
    for (const edge of node.edges) if (edge !== null) push(edge);
  }
  return found.sort((a, b) => b.sequence - a.sequence);
}

/** Those of `order` from which a wanted node can be reached. */
function leadingTo(order: readonly Node[], wanted: ReadonlySet<Node>): Set<Node> {
  const needed = new Set<Node>();
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i] as Node;
    if (wanted.has(node) || node.edges.some((edge) => edge !== null && needed.has(edge))) needed.add(node);
  }
  return needed;
}

function runHooks(node: Node, adjoint: Value): Value {
  let gradient = gradientVariable(adjoint);
  for (const hook of node.hooks ?? []) {
    const replaced = hook(gradient);
    if (replaced === undefined) continue;
    if (!sameShape(replaced.shape, node.shape)) {
      throw new GradientError(
        "hook",
        `a hook gave a gradient of ${formatShape(replaced.shape)} for a Variable of ${formatShape(node.shape)}.`,
        "Return a gradient of the Variable's own shape, or nothing to leave it as it is.",
      );
    }
    gradient = replaced;
  }
  return gradient.requiresGrad ? gradient : gradient.value;
}
