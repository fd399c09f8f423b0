/** What is laid out, and what comes out. Nothing here knows of traces: any graph in topological order will do. */

/** A box to be placed. Lengths are pixels. */
export interface LayoutNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** The ids of the nodes that it hangs on. One that stands later in the list is drawn, and has no say in the layout. */
  readonly inputs: readonly string[];
  /** The innermost group that it is shown in. */
  readonly group: string | null;
}

/** A frame around nodes: a scope that is open. */
export interface LayoutGroup {
  readonly id: string;
  readonly parent: string | null;
}

/** A graph in topological order: a node stands behind its inputs. */
export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  /** Parents first. */
  readonly groups: readonly LayoutGroup[];
}

/** A place: x to the right, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle around its centre. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The frame around an open group. */
export interface Frame extends Box {
  /** The x of the middle of its name, above what runs first in it. */
  readonly handle: number;
}

/** Where everything is. */
export interface Layout {
  /** The nodes by id. Inputs lie above what hangs on them. */
  readonly nodes: ReadonlyMap<string, Box>;
  /** The frames by id, with a strip for the name at their top; none for a group without nodes. */
  readonly groups: ReadonlyMap<string, Frame>;
  /** Where an edge that passes rows by bends, by `edgeKey`; other edges go straight. */
  readonly routes: ReadonlyMap<string, readonly Point[]>;
  /** Nodes drawn beside the others, because many hang on them: draw their edges faintly or on demand. */
  readonly aside: ReadonlySet<string>;
}

/** The name of an edge in `routes`. */
export function edgeKey(from: string, to: string): string {
  return `${from}→${to}`;
}
