/** What of a trace is drawn: all of it, or with modules folded into one node each. Pure. */
import { layoutBoxes, type Trace, type TraceNode, type TraceScope } from "@adjoint/autograd/graph";
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
  /** The innermost open module that it is drawn in, by its id. */
  readonly module: number | null;
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
  /** The modules that are open and in no folded one, parents first. */
  readonly modules: readonly TraceScope[];
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

/** The graph of `trace` with the scopes of `folded` drawn as one node each. Which node is in which is the library's rule. */
export function visibleGraph(trace: Trace, folded: ReadonlySet<number>): VisibleGraph {
  const scopes = new Map(trace.scopes.map((scope) => [scope.id, scope]));
  const { boxes, groups } = layoutBoxes(trace, folded);
  const nodes: VisibleNode[] = [];
  for (const { shown, group, members } of boxes) {
    const node = members.at(-1);
    if (node === undefined) continue;
    const scope = "scope" in shown ? shown.scope : null;
    const key = scope === null ? `n${node.id}` : `s${scope.id}`;
    nodes.push({ key, node, folded: scope, members, module: scopeOf(group) });
  }
  // By the last node of each: whatever a module reads from outside was there before its last op.
  nodes.sort((a, b) => a.node.id - b.node.id);
  const modules = groups.flatMap(({ id }) => scopes.get(scopeOf(id) ?? -1) ?? []);
  return { nodes, edges: edgesOf(nodes), modules };
}

/** The id of the scope that the library calls `scope 3`. */
function scopeOf(group: string | null): number | null {
  return group === null ? null : Number(group.slice("scope ".length));
}

function edgesOf(nodes: readonly VisibleNode[]): VisibleEdge[] {
  const positions = new Map<number, number>();
  for (const [position, { members }] of nodes.entries()) {
    for (const { id } of members) positions.set(id, position);
  }
  const edges: VisibleEdge[] = [];
  for (const [to, { members }] of nodes.entries()) {
    const into = new Map<number, { from: number; to: number; keys: string[]; tracked: boolean }>();
    for (const member of members) {
      for (const [input, { source, tracked }] of member.inputs.entries()) {
        const from = source === null ? undefined : positions.get(source);
        if (from === undefined || from === to) continue;
        const edge = into.get(from) ?? { from, to, keys: [], tracked: false };
        edge.keys.push(edgeKey(member.id, input));
        edge.tracked ||= tracked;
        into.set(from, edge);
      }
    }
    edges.push(...into.values());
  }
  return edges;
}

/** The modules that can be folded: those that ran ops themselves, rather than by their parts alone. */
export function foldableScopes(trace: Trace): readonly TraceScope[] {
  const used = new Set(trace.nodes.map(({ scope }) => scope));
  return trace.scopes.filter(({ id }) => used.has(id));
}
