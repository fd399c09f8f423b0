/** A trace as a graph to be laid out, with some of its scopes closed to a single node. */
import type { LayoutGraph, LayoutGroup, LayoutNode } from "./layout/graph.ts";
import type { Trace, TraceNode, TraceScope } from "./trace.ts";

/** How large a box is, in pixels. */
export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** What is shown as a box: a node, or a scope that is closed. */
export type Shown = { readonly node: TraceNode } | { readonly scope: TraceScope };

/** The id of a node in a layout. */
export function layoutNodeId(id: number): string {
  return `node ${id}`;
}

/** The id of a scope in a layout: of its box where it is closed, of its frame where it is open. */
export function layoutScopeId(id: number): string {
  return `scope ${id}`;
}

/** A box that is shown, and what of the trace it stands for. */
export interface LayoutBox {
  /** As `layoutNodeId` or `layoutScopeId` names it. */
  readonly id: string;
  readonly shown: Shown;
  /** The id of the innermost open scope around it. */
  readonly group: string | null;
  /** In order of execution; one for a node by itself. */
  readonly members: readonly TraceNode[];
}

/** What is shown of a trace: boxes, and the open scopes as groups. */
export interface LayoutBoxes {
  readonly boxes: readonly LayoutBox[];
  readonly groups: readonly LayoutGroup[];
}

/**
 * The graph of `trace` as `layout` takes it.
 *
 * A closed scope stands for all that ran in it, and for the leaves and constants that nothing outside uses (constants
 * with names stay outside); several edges between two boxes are one. An open scope is a group.
 *
 * @param closed ids of scopes; those inside a closed one do not matter.
 * @param size of a box. Default: by the length of its label.
 */
export function layoutGraph(
  trace: Trace,
  closed: ReadonlySet<number>,
  size: (shown: Shown) => BoxSize = labelSize,
): LayoutGraph {
  const { boxes, groups } = layoutBoxes(trace, closed);
  const boxOf = new Map(
    boxes.flatMap(({ id, members }) => members.map((node): [number, string] => [node.id, id])),
  );
  const nodes = boxes.map(({ id, shown, group, members }): LayoutNode => {
    return { id, ...size(shown), inputs: inputsOf(id, members, boxOf), group };
  });
  // What the program found has no inputs; it may come up while a scope runs that does not own it, and goes before it.
  const isSource = ({ inputs }: LayoutNode): boolean => inputs.length === 0;
  return { nodes: [...nodes.filter(isSource), ...nodes.filter((node) => !isSource(node))], groups };
}

function inputsOf(
  own: string,
  members: readonly TraceNode[],
  boxOf: ReadonlyMap<number, string>,
): readonly string[] {
  const inputs = new Set<string>();
  for (const member of members) {
    for (const { source } of member.inputs) {
      const from = source === null ? undefined : boxOf.get(source);
      if (from !== undefined && from !== own) inputs.add(from);
    }
  }
  return [...inputs];
}

/** The boxes of `layoutGraph`, in the order in which their first nodes ran, with all nodes that they stand for. */
export function layoutBoxes(trace: Trace, closed: ReadonlySet<number>): LayoutBoxes {
  const scopes = new Scopes(trace, closed);
  const boxes: LayoutBox[] = [];
  const ofClosed = new Map<number, TraceNode[]>();
  for (const node of trace.nodes) {
    const within = scopes.of(node);
    const front = scopes.closedAround(within);
    if (front === null) {
      boxes.push({ id: layoutNodeId(node.id), shown: { node }, group: scopeId(within), members: [node] });
      continue;
    }
    const known = ofClosed.get(front.id);
    if (known !== undefined) known.push(node);
    else {
      const members = [node];
      ofClosed.set(front.id, members);
      const [id, group] = [layoutScopeId(front.id), scopeId(front.parent)];
      boxes.push({ id, shown: { scope: front }, group, members });
    }
  }
  return { boxes, groups: scopes.open() };
}

function scopeId(id: number | null): string | null {
  return id === null ? null : layoutScopeId(id);
}

/** Which scope is inside which, and which of them are closed. */
class Scopes {
  readonly #byId: ReadonlyMap<number, TraceScope>;
  readonly #closed: ReadonlySet<number>;
  /** What `closedAround` found, by scope. */
  readonly #fronts: Map<number, TraceScope | null> = new Map();
  /** The innermost scope that holds all consumers of a leaf or constant. */
  readonly #owners: Map<number, number | null> = new Map();

  constructor(trace: Trace, closed: ReadonlySet<number>) {
    this.#byId = new Map(trace.scopes.map((scope) => [scope.id, scope]));
    this.#closed = closed;
    // A constant with a name is the program's own, a batch of images: it belongs to no module.
    const owned = trace.nodes.filter(
      ({ kind, name }) => kind === "leaf" || (kind === "constant" && name === null),
    );
    const isOwned = new Set(owned.map(({ id }) => id));
    for (const node of trace.nodes) {
      for (const { source } of node.inputs) {
        if (source === null || !isOwned.has(source)) continue;
        const earlier = this.#owners.get(source);
        this.#owners.set(source, earlier === undefined ? node.scope : this.#common(earlier, node.scope));
      }
    }
  }

  /** The scope that a node belongs to. */
  of({ id, kind, scope }: TraceNode): number | null {
    return kind === "op" ? scope : (this.#owners.get(id) ?? null);
  }

  /** The outermost closed scope around `scope`, itself included. */
  closedAround(scope: number | null): TraceScope | null {
    if (scope === null) return null;
    const known = this.#fronts.get(scope);
    if (known !== undefined) return known;
    const closed = this.#path(scope).filter(({ id }) => this.#closed.has(id));
    const front = closed.at(-1) ?? null;
    this.#fronts.set(scope, front);
    return front;
  }

  /** The open scopes that are in no closed one, parents first. */
  open(): LayoutGroup[] {
    const open = [...this.#byId.values()].filter(({ id }) => this.closedAround(id) === null);
    return open.map(({ id, parent }) => ({ id: layoutScopeId(id), parent: scopeId(parent) }));
  }

  /** The innermost scope that both are in. */
  #common(a: number | null, b: number | null): number | null {
    if (a === b) return a;
    const around = new Set(this.#path(b).map(({ id }) => id));
    return this.#path(a).find(({ id }) => around.has(id))?.id ?? null;
  }

  /** The scope and those around it, inside out. */
  #path(scope: number | null): TraceScope[] {
    const path: TraceScope[] = [];
    for (let at = scope; at !== null; ) {
      const found = this.#byId.get(at);
      if (found === undefined) break;
      path.push(found);
      at = found.parent;
    }
    return path;
  }
}

/** About the width of the label in a 13-pixel font, and some room around it. */
function labelSize(shown: Shown): BoxSize {
  const label =
    "node" in shown ? (shown.node.name ?? shown.node.op) : `${shown.scope.name} ${shown.scope.kind}`;
  return { width: Math.max(44, 20 + 7 * label.length), height: 32 };
}
