/** The backward sweep: every node once, after all its consumers. */
import { formatShape, sameShape, Tensor } from "@adjoint/tensor";
import { GradientError } from "./errors.ts";
import { activeListeners } from "./listener.ts";
import type { Node } from "./node.ts";
import { add } from "./ops/add.ts";
import { cast } from "./ops/cast.ts";
import { Saved } from "./saved.ts";
import { sumTo } from "./sum-to.ts";
import { type Value, Variable } from "./variable.ts";

/** Adds to `grad`; never in place, so that whoever holds the old gradient keeps its numbers. */
export function accumulateGrad(variable: Variable, gradient: Value): void {
  const earlier = variable.grad;
  const sum = earlier === null ? gradient : add(tracksNothing(gradient) ? earlier.value : earlier, gradient);
  variable.grad = gradientVariable(sum);
}

function tracksNothing(x: Value): boolean {
  return x instanceof Tensor || !x.requiresGrad;
}

/** A gradient as a Variable, for users. */
export function gradientVariable(x: Value): Variable {
  return x instanceof Variable ? x : Variable.untracked(x, "it is a gradient computed without createGraph");
}

let sweeps = 0;
let depth = 0;

/** One backward pass. Adjoints wait in the nodes' `pending` and are popped as the sweep comes by. */
export class Sweep {
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
