/**
 * What a recorded program cost, in time and in memory: by node, by op, by module. Pure.
 *
 * Every row is a sum over nodes, and every node is in one row of each table: each table sums to the whole.
 */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";

/** Times in nanoseconds, memory in bytes. */
export interface Cost {
  /** How many nodes; leaves and constants count too, which ran nothing. */
  readonly nodes: number;
  /** In the forward pass. */
  readonly forward: number;
  /** In the rules, and in adding up what they gave, over all backward passes. */
  readonly backward: number;
  /** Brought by values; views bring none. */
  readonly valueBytes: number;
  /** Kept for the backward pass, each piece of memory at the first node that kept it: what `profile` counts. */
  readonly savedBytes: number;
  /** Complete adjoints: elements times bytes, over all backward passes. */
  readonly adjointBytes: number;
}

/** A row of a table. */
export interface CostRow extends Cost {
  /** What it is the cost of: an op's name, a module's whole name. */
  readonly name: string;
  /** A node to show for it: the most expensive in time. */
  readonly node: number;
}

/** A module with what it and the modules in it cost. */
export interface ModuleCost extends CostRow {
  /** The class of the module; empty for what ran outside any. */
  readonly kind: string;
  /** How deep it is; 0 for an outermost module. */
  readonly depth: number;
  /** How often it was called. */
  readonly calls: number;
  /** The same with what ran in the modules within it. The fields of the row itself leave these out. */
  readonly whole: Cost;
}

/** All costs of a trace. */
export interface Costs {
  readonly total: Cost;
  /** By the id of the node. */
  readonly byNode: ReadonlyMap<number, Cost>;
  /** The most expensive in time first. */
  readonly ops: readonly CostRow[];
  /** In order of their first call, each before the modules in it; what belongs to none comes last. */
  readonly modules: readonly ModuleCost[];
}

type Sums = { -readonly [K in keyof Cost]: Cost[K] };

const noCost: Cost = { nodes: 0, forward: 0, backward: 0, valueBytes: 0, savedBytes: 0, adjointBytes: 0 };

/** The costs of `trace`. */
export function costsOf(trace: Trace): Costs {
  const steps = costsSteps(trace);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** So many nodes are counted between two moments at which something else may run. */
const nodesToAStep = 2048;

/** The same in steps of a few milliseconds. */
export function* costsSteps(trace: Trace): Generator<void, Costs> {
  const byNode = yield* nodeCosts(trace);
  const total = { ...noCost };
  const ops = new Tally();
  for (const [at, node] of trace.nodes.entries()) {
    const cost = byNode.get(node.id) ?? noCost;
    addTo(total, cost);
    ops.add(node.op, node, cost);
    if (at % nodesToAStep === 0) yield;
  }
  const modules = yield* moduleCosts(trace, byNode);
  return { total, byNode, ops: ops.rows().sort((a, b) => timeOf(b) - timeOf(a)), modules };
}

/** The time of a cost in nanoseconds, forward and backward. */
function timeOf({ forward, backward }: Cost): number {
  return forward + backward;
}

function* nodeCosts({ nodes, passes }: Trace): Generator<void, Map<number, Sums>> {
  const costs = new Map<number, Sums>();
  for (const [at, { id, nanoseconds, valueBytes, savedBytes }] of nodes.entries()) {
    costs.set(id, { nodes: 1, forward: nanoseconds, backward: 0, valueBytes, savedBytes, adjointBytes: 0 });
    if (at % nodesToAStep === 0) yield;
  }
  for (const [at, { node, adjoint, contributions }] of passes.flatMap(({ steps }) => steps).entries()) {
    if (at % nodesToAStep === 0) yield;
    const cost = costs.get(node);
    if (cost === undefined) continue;
    for (const { ruleNanoseconds, sumNanoseconds } of contributions) {
      cost.backward += ruleNanoseconds + sumNanoseconds;
    }
    cost.adjointBytes += adjoint.shape.reduce((size, axis) => size * axis, 1) * bytesOf[adjoint.dtype];
  }
  return costs;
}

const bytesOf = { bool: 1, uint8: 1, int32: 4, float32: 4, float64: 8 } as const;

function addTo(sums: Sums, cost: Cost): void {
  sums.nodes += cost.nodes;
  sums.forward += cost.forward;
  sums.backward += cost.backward;
  sums.valueBytes += cost.valueBytes;
  sums.savedBytes += cost.savedBytes;
  sums.adjointBytes += cost.adjointBytes;
}

/** Rows by name, in the order in which the names come up. */
class Tally {
  readonly #rows: Map<string, { sums: Sums; node: number; most: number }> = new Map();

  add(name: string, { id }: TraceNode, cost: Cost): void {
    const row = this.#rows.get(name) ?? { sums: { ...noCost }, node: id, most: -1 };
    this.#rows.set(name, row);
    addTo(row.sums, cost);
    if (timeOf(cost) > row.most) [row.node, row.most] = [id, timeOf(cost)];
  }

  rows(): CostRow[] {
    return [...this.#rows].map(([name, { sums, node }]) => ({ name, node, ...sums }));
  }
}

/** A module as the calls of it say. */
interface ModuleCalls {
  readonly name: string;
  readonly kind: string;
  readonly depth: number;
  calls: number;
  readonly own: Sums;
  readonly whole: Sums;
  node: number | null;
  most: number;
}

const outside = "outside";

function* moduleCosts(trace: Trace, byNode: ReadonlyMap<number, Cost>): Generator<void, ModuleCost[]> {
  const modules = new Map<string, ModuleCalls>();
  /** The keys of a scope and of all around it, the innermost first. A scope comes behind its parent. */
  const chains = new Map<number, readonly string[]>();
  for (const { id, parent, name, kind } of trace.scopes) {
    const around = parent === null ? [] : (chains.get(parent) ?? []);
    const key = JSON.stringify([name, kind, around[0] ?? null]);
    chains.set(id, [key, ...around]);
    const known = modules.get(key);
    if (known !== undefined) known.calls++;
    else modules.set(key, { name, kind, depth: around.length, calls: 1, ...emptyCalls() });
  }
  for (const [at, node] of trace.nodes.entries()) {
    if (at % nodesToAStep === 0) yield;
    const cost = byNode.get(node.id) ?? noCost;
    const chain = node.scope === null ? [outside] : (chains.get(node.scope) ?? [outside]);
    for (const [i, key] of chain.entries()) {
      const found = modules.get(key) ?? { name: "", kind: "", depth: 0, calls: 0, ...emptyCalls() };
      modules.set(key, found);
      addTo(found.whole, cost);
      if (i === 0) addTo(found.own, cost);
      if (timeOf(cost) > found.most) [found.node, found.most] = [node.id, timeOf(cost)];
    }
  }
  return inOrder(modules).map(({ own, whole, node, most: _, ...rest }) => ({
    ...rest,
    ...own,
    whole,
    node: node ?? -1,
  }));
}

function emptyCalls(): Pick<ModuleCalls, "own" | "whole" | "node" | "most"> {
  return { own: { ...noCost }, whole: { ...noCost }, node: null, most: -1 };
}

/** Those that hold a node; what is outside comes last. */
function inOrder(modules: ReadonlyMap<string, ModuleCalls>): ModuleCalls[] {
  const held = [...modules].filter(([, { node }]) => node !== null);
  const last = held.filter(([key]) => key === outside);
  return [...held.filter(([key]) => key !== outside), ...last].map(([, found]) => found);
}
