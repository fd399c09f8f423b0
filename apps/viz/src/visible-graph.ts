/** What of a trace is drawn: all of it, or with modules folded into one node each. Pure. */
import { layoutBoxes, type Trace, type TraceNode, type TraceScope } from "@adjoint/autograd/graph";
import { edgeKey } from "./backward-states.ts";
import { oncePerTrace } from "./once-per-trace.ts";

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
export const scopesOfNodes: (trace: Trace) => ReadonlyMap<number, number> = oncePerTrace((trace) => {
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
});

/** The graph of `trace` with the scopes of `folded` drawn as one node each. Which node is in which is the library's rule. */
export function visibleGraph(trace: Trace, folded: ReadonlySet<number>): VisibleGraph {
  return withEdges(visibleNodes(trace, folded));
}

/** The same without the edges: half of the work, for who must not be held up. */
export function visibleNodes(trace: Trace, folded: ReadonlySet<number>): Omit<VisibleGraph, "edges"> {
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
  return { nodes, modules };
}

/** The other half. */
export function withEdges({ nodes, modules }: Omit<VisibleGraph, "edges">): VisibleGraph {
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
  for (let to = 0; to < nodes.length; to++) {
    const into = new EdgesInto(to);
    for (const member of nodes[to]?.members ?? []) {
      for (let input = 0; input < member.inputs.length; input++) {
        const { source = null, tracked = false } = member.inputs[input] ?? {};
        const from = source === null ? undefined : positions.get(source);
        if (from !== undefined && from !== to) into.add(from, edgeKey(member.id, input), tracked);
      }
    }
    for (const edge of into.edges) edges.push(edge);
  }
  return edges;
}

/** The edges into one node; those from one and the same are one. */
class EdgesInto {
  readonly edges: { from: number; to: number; keys: string[]; tracked: boolean }[] = [];
  readonly #to: number;
  readonly #bySource: Map<number, number> = new Map();

  constructor(to: number) {
    this.#to = to;
  }

  add(from: number, key: string, tracked: boolean): void {
    const known = this.edges[this.#bySource.get(from) ?? -1];
    if (known !== undefined) {
      known.keys.push(key);
      known.tracked ||= tracked;
      return;
    }
    this.#bySource.set(from, this.edges.length);
    this.edges.push({ from, to: this.#to, keys: [key], tracked });
  }
}

/** The modules that can be folded: those that ran ops themselves, rather than by their parts alone. */
export const foldableScopes: (trace: Trace) => readonly TraceScope[] = oncePerTrace((trace) => {
  const used = new Set(trace.nodes.map(({ scope }) => scope));
  return trace.scopes.filter(({ id }) => used.has(id));
});
