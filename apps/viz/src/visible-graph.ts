/** What of a trace is drawn: all of it, or with modules folded into one node each. Pure. */
import type { Trace, TraceNode, TraceScope } from "@adjoint/autograd/graph";
import { edgeKey } from "./backward-states.ts";

/** A node that is drawn: one of the trace, or a folded module. */
export interface VisibleNode {
  /** `n12` for node 12, `s3` for scope 3. */
  readonly key: string;
  /** The node; of a folded module the last that it computed. */
  readonly node: TraceNode;
  /** The module that is folded here; null for a plain node. */
  readonly folded: TraceScope | null;
  /** The nodes that it stands for, in order of execution. */
  readonly members: readonly TraceNode[];
}

/** A line between two nodes that are drawn. */
export interface VisibleEdge {
  /** Positions in `nodes`. */
  readonly from: number;
  readonly to: number;
  /** The edges of the trace that run here, as `edgeKey` names them. */
  readonly keys: readonly string[];
  /** A gradient can flow along one of them. */
  readonly tracked: boolean;
}

/** A graph to draw; nodes stand in an order in which every edge goes forward. */
export interface VisibleGraph {
  readonly nodes: readonly VisibleNode[];
  readonly edges: readonly VisibleEdge[];
}

/** The scope of each node; a leaf or constant that one scope alone reads belongs to that scope. */
export function scopesOfNodes(trace: Trace): ReadonlyMap<number, number> {
  const scopes = new Map<number, number>();
  const readers = new Map<number, Set<number | null>>();
  for (const { id, scope, inputs } of trace.nodes) {
    if (scope !== null) scopes.set(id, scope);
    for (const { source } of inputs) {
      if (source !== null) readers.set(source, (readers.get(source) ?? new Set()).add(scope));
    }
  }
  for (const { id, kind } of trace.nodes) {
    const [only = null, ...others] = readers.get(id) ?? [];
    if (kind === "leaf" && only !== null && others.length === 0) scopes.set(id, only);
  }
  return scopes;
}

/** The graph of `trace` with the scopes of `folded` drawn as one node each. */
export function visibleGraph(trace: Trace, folded: ReadonlySet<number>): VisibleGraph {
  const scopes = scopesOfNodes(trace);
  const parents = new Map(trace.scopes.map((scope) => [scope.id, scope]));
  const foldOf = (node: TraceNode): TraceScope | null => {
    let found: TraceScope | null = null;
    let scope = parents.get(scopes.get(node.id) ?? -1);
    while (scope !== undefined) {
      if (folded.has(scope.id)) found = scope;
      scope = scope.parent === null ? undefined : parents.get(scope.parent);
    }
    return found;
  };
  const groups = new Map<string, { folded: TraceScope | null; members: TraceNode[] }>();
  const keys = new Map<number, string>();
  for (const node of trace.nodes) {
    const fold = foldOf(node);
    const key = fold === null ? `n${node.id}` : `s${fold.id}`;
    keys.set(node.id, key);
    const group = groups.get(key) ?? { folded: fold, members: [] };
    group.members.push(node);
    groups.set(key, group);
  }
  return connect(inOrder(groups), keys);
}

/** The groups by their last node: whatever a module reads from outside was there before its last op. */
function inOrder(
  groups: ReadonlyMap<string, { folded: TraceScope | null; members: TraceNode[] }>,
): VisibleNode[] {
  const nodes: VisibleNode[] = [];
  for (const [key, { folded, members }] of groups) {
    const node = members.at(-1);
    if (node !== undefined) nodes.push({ key, node, folded, members });
  }
  return nodes.sort((a, b) => a.node.id - b.node.id);
}

function connect(nodes: readonly VisibleNode[], keys: ReadonlyMap<number, string>): VisibleGraph {
  const positions = new Map(nodes.map(({ key }, position) => [key, position]));
  const edges = new Map<string, { from: number; to: number; keys: string[]; tracked: boolean }>();
  for (const [to, { key, members }] of nodes.entries()) {
    for (const member of members) {
      for (const [input, { source, tracked }] of member.inputs.entries()) {
        const from = source === null ? undefined : positions.get(keys.get(source) ?? "");
        if (from === undefined || nodes[from]?.key === key) continue;
        const edge = edges.get(`${from} ${to}`) ?? { from, to, keys: [], tracked: false };
        edge.keys.push(edgeKey(member.id, input));
        edge.tracked ||= tracked;
        edges.set(`${from} ${to}`, edge);
      }
    }
  }
  return { nodes, edges: [...edges.values()] };
}

/** The modules that can be folded: those that ran ops themselves, rather than by their parts alone. */
export function foldableScopes(trace: Trace): readonly TraceScope[] {
  const used = new Set(trace.nodes.map(({ scope }) => scope));
  return trace.scopes.filter(({ id }) => used.has(id));
}
