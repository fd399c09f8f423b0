/** What is said of nodes and edges besides their numbers. Each tool of the page has marks of its own; the drawing shows all. */

/** Why a node is marked. Each has a shape and a word of its own on the card: colour is not the only cue. */
export type MarkKind = "found" | "culprit" | "tainted" | "warning" | "added" | "removed" | "changed";

/** A mark on a node. */
export interface Mark {
  readonly kind: MarkKind;
  /** Two or three words for the card: `first NaN`, `4 dead units`. */
  readonly label: string;
}

/** The marks of one tool. */
export interface Marks {
  /** By the id of the node. */
  readonly nodes: ReadonlyMap<number, readonly Mark[]>;
  /** Edges that a NaN or an infinity went along, as `edgeKey` names them. */
  readonly taintedEdges: ReadonlySet<string>;
}

/** No marks at all. */
export const noMarks: Marks = { nodes: new Map(), taintedEdges: new Set() };

/** The marks of several tools as one. */
export function joinMarks(all: Iterable<Marks>): Marks {
  const nodes = new Map<number, readonly Mark[]>();
  const taintedEdges = new Set<string>();
  for (const marks of all) {
    for (const [node, list] of marks.nodes) nodes.set(node, [...(nodes.get(node) ?? []), ...list]);
    for (const edge of marks.taintedEdges) taintedEdges.add(edge);
  }
  return { nodes, taintedEdges };
}
