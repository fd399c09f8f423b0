/** The backward sweep: every node once, after all its consumers. */
import { formatShape, sameShape, Tensor } from "@adjoint/tensor";
import { runHooks } from "./accumulate.ts";
import { GradientError } from "./errors.ts";
import { activeListeners } from "./listener.ts";
import { enableGrad, noGrad } from "./mode.ts";
import type { Node } from "./node.ts";
import { add } from "./ops/add.ts";
import { cast } from "./ops/cast.ts";
import { Saved } from "./saved.ts";
import { sumTo } from "./sum-to.ts";
import { contributionTo, sumEndedLevels } from "./transforms/batch-axis.ts";
import { levelsOf } from "./transforms/batched-storage.ts";
import { withBatching } from "./transforms/batching-backend.ts";
import { includesLevels } from "./transforms/level.ts";
import type { Value } from "./variable.ts";

/** Hears of each node that the sweep comes by. `own`: nobody else holds the adjoint's memory, so it may be kept. */
export type Arrival = (node: Node, adjoint: Value, own: boolean) => void;

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

  /** Lets the sweep start at `node` with `gradient`; roots add up. */
  seed(node: Node, gradient: Value): void {
    this.#roots.push({ node, gradient });
  }

  /**
   * Sweeps the graph of the roots, or that part of it which leads to `wanted`, and tells `arrived` each node's complete
   * adjoint. What runs meanwhile, hooks too, is recorded if createGraph is set and not otherwise.
   */
  run(wanted: ReadonlySet<Node> | null, arrived: Arrival): void {
    const order = reachable(this.#roots.map((root) => root.node));
    const needed = wanted === null ? null : leadingTo(order, wanted);
    // A hook may start a sweep over nodes that an outer one has under way: theirs is set aside meanwhile.
    const aside =
      depth > 0 ? order.map((node) => ({ node, pending: node.pending, holder: node.pendingHolder })) : [];
    for (const { node } of aside) node.pending = null;
    const listeners = activeListeners();
    for (const listener of listeners) listener.sweep?.(this.#createGraph);
    depth++;
    try {
      const mode = this.#createGraph ? enableGrad : noGrad;
      const walk = (): void => mode(() => this.#walk(order, needed, arrived));
      // What was recorded in a vmap that is over since is still batched.
      if (anyBatched(order)) withBatching(walk);
      else walk();
    } finally {
      depth--;
      for (const node of order) node.pending = null;
      for (const { node, pending, holder } of aside) {
        node.pending = pending;
        node.pendingHolder = holder;
      }
      for (const listener of listeners) listener.swept?.();
    }
  }

  #walk(order: readonly Node[], needed: ReadonlySet<Node> | null, arrived: Arrival): void {
    const first = order[0];
    if (first === undefined) return;
    for (const { node, gradient } of this.#roots) this.#add(node, gradient, "others");
    const saved = new Saved<unknown>(first, this.#createGraph);
    for (const node of order) {
      let adjoint = node.pending;
      if (adjoint === null || (needed !== null && !needed.has(node))) continue;
      node.pending = null;
      const listeners = activeListeners();
      const own = node.pendingHolder !== "others" && node.hooks === null && listeners.length === 0;
      if (node.hooks !== null) adjoint = runHooks(node, adjoint, this.#createGraph);
      for (const listener of listeners) listener.node?.(node, adjoint);
      arrived(node, adjoint, own);
      if (!node.isLeaf) this.#propagate(node, adjoint, saved, needed);
    }
  }

  /** Runs the rules of `node` and lets go of what they read; a node that only took delivery keeps it. */
  #propagate(node: Node, adjoint: Value, saved: Saved<unknown>, needed: ReadonlySet<Node> | null): void {
    const { edges, op } = node;
    let ran = false;
    saved.read(node);
    for (let i = 0; i < edges.length; i++) {
      const target = edges[i] as Node | null;
      if (target === null || (needed !== null && !needed.has(target))) continue;
      ran = true;
      const listeners = activeListeners();
      for (const listener of listeners) listener.rule?.(node, i);
      const value =
        node.levels.length === 0
          ? op.vjp(adjoint, saved, i)
          : contributionTo(target.levels, node.levels, () => op.vjp(adjoint as Value, saved, i));
      const contribution = conform(value, node, i, target);
      for (const listener of listeners) listener.contribution?.(node, i, target, contribution);
      this.#add(target, contribution, isNew(contribution, adjoint) ? "rule" : "others");
    }
    if (ran && !this.#retainGraph) node.release();
  }

  /** Adds to what waits at `target`: in place where the sweep made the buffer and nobody else may look. */
  #add(target: Node, contribution: Value, holder: Node["pendingHolder"]): void {
    const { pending } = target;
    const listeners = activeListeners();
    if (pending === null) {
      target.pending = contribution;
      target.pendingHolder = this.#createGraph ? "others" : holder;
    } else if (
      target.pendingHolder === "sweep" &&
      pending instanceof Tensor &&
      contribution instanceof Tensor &&
      includesLevels(levelsOf(pending.storage), levelsOf(contribution.storage)) &&
      listeners.length === 0
    ) {
      pending.assign(contribution, { mode: "add" });
    } else {
      target.pending = add(pending, contribution);
      target.pendingHolder = this.#createGraph ? "others" : "sweep";
    }
    for (const listener of listeners) listener.accumulated?.(target, target.pending as Value);
  }
}

/** True if a rule made `contribution` in memory of its own: no view of its cotangent, and no number in two places. */
function isNew(contribution: Value, cotangent: Value): boolean {
  return (
    contribution instanceof Tensor &&
    cotangent instanceof Tensor &&
    contribution.storage !== cotangent.storage &&
    contribution.contiguous
  );
}

/** Brings a contribution to the input's shape, levels and dtype: the transposes of broadcasting and of promotion. */
function conform(contribution: Value, node: Node, input: number, target: Node): Value {
  let result = contribution;
  if (!sameShape(result.shape, target.shape)) {
    if (!node.op.broadcasts) {
      throw new GradientError(
        node.op.name,
        `the VJP of input ${input} gave ${formatShape(result.shape)} for an input of shape ${formatShape(target.shape)}.`,
        "Mend the rule, or set broadcasts: true in the op if its inputs are broadcast against each other.",
      );
    }
    result = sumTo(result, target.shape);
  }
  if (node.levels.length > 0) result = sumEndedLevels(result, target.levels);
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

function anyBatched(nodes: readonly Node[]): boolean {
  for (const node of nodes) if (node.levels.length > 0) return true;
  return false;
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
