/**
 * The library's layout for the cards of the page: what is asked, and what comes back, as flat arrays that pass between
 * threads at little cost. Pure and deterministic, as the layout is.
 */
import { edgeKey, type Layout, type LayoutGraph, type LayoutGroup } from "@adjoint/autograd/graph";
import type { VisibleGraph } from "./visible-graph.ts";

/** The size of every card. Pixels of the scene. */
export const cardSize = { width: 196, height: 82 } as const;

/** What is laid out: the keys of nodes and modules are the layout's ids, so that it knows them again. */
export interface LayoutQuestion {
  readonly keys: readonly string[];
  /** For each node the position of its module in `groups`; −1 for none. */
  readonly groupOf: Int32Array;
  /** The open modules, parents first. */
  readonly groups: readonly LayoutGroup[];
  /** For each edge the positions of its nodes. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The key of what was opened or folded, and stays where it is. */
  readonly pinned: string | null;
}

/** The frame around an open module, by its left upper corner. */
export interface FramePlace {
  readonly key: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The x of the middle of its name. */
  readonly handle: number;
}

/** Where everything is. */
export interface GraphPlaces {
  /** The middle of each card. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 for a card beside the others, because many hang on it. */
  readonly aside: Uint8Array;
  readonly frames: readonly FramePlace[];
  /** The bends of edge e: x and y in turn, from `bendStarts[e]` up to `bendStarts[e + 1]`. */
  readonly bends: Float64Array;
  readonly bendStarts: Int32Array;
}

/** The question that `graph` asks. */
export function questionOf(graph: VisibleGraph, pinned: string | null): LayoutQuestion {
  const groups = graph.modules.map(({ id, parent }): LayoutGroup => {
    return { id: `s${id}`, parent: parent === null ? null : `s${parent}` };
  });
  const positions = new Map(graph.modules.map(({ id }, i) => [id, i]));
  return {
    keys: graph.nodes.map(({ key }) => key),
    groupOf: Int32Array.from(graph.nodes, ({ module }) =>
      module === null ? -1 : (positions.get(module) ?? -1),
    ),
    groups,
    from: Int32Array.from(graph.edges, ({ from }) => from),
    to: Int32Array.from(graph.edges, ({ to }) => to),
    pinned,
  };
}

/** The question as the library's layout takes it. */
export function layoutInput({ keys, groupOf, groups, from, to }: LayoutQuestion): LayoutGraph {
  const inputs: string[][] = keys.map(() => []);
  for (let edge = 0; edge < from.length; edge++) {
    inputs[to[edge] ?? -1]?.push(keys[from[edge] ?? -1] ?? "");
  }
  const nodes = keys.map((id, i) => {
    return { id, ...cardSize, inputs: inputs[i] ?? [], group: groups[groupOf[i] ?? -1]?.id ?? null };
  });
  return { nodes, groups };
}

/** The answer in the question's order. */
export function placesOf({ keys, from, to }: LayoutQuestion, found: Layout): GraphPlaces {
  const routes = Array.from(from, (source, edge) => {
    return found.routes.get(edgeKey(keys[source] ?? "", keys[to[edge] ?? -1] ?? "")) ?? [];
  });
  const bendStarts = new Int32Array(routes.length + 1);
  for (const [edge, route] of routes.entries()) {
    bendStarts[edge + 1] = (bendStarts[edge] ?? 0) + 2 * route.length;
  }
  const bends = new Float64Array(bendStarts.at(-1) ?? 0);
  for (const [edge, route] of routes.entries()) {
    for (const [k, { x, y }] of route.entries()) bends.set([x, y], (bendStarts[edge] ?? 0) + 2 * k);
  }
  const frames = Array.from(found.groups, ([key, { x, y, width, height, handle }]): FramePlace => {
    return { key, left: x - width / 2, top: y - height / 2, width, height, handle };
  });
  return {
    x: Float64Array.from(keys, (key) => found.nodes.get(key)?.x ?? 0),
    y: Float64Array.from(keys, (key) => found.nodes.get(key)?.y ?? 0),
    aside: Uint8Array.from(keys, (key) => (found.aside.has(key) ? 1 : 0)),
    frames,
    bends,
    bendStarts,
  };
}

/** A layout under other ids: those that `names` has not, are left out. */
export function renameLayout(found: Layout, names: ReadonlyMap<string, string>): Layout {
  const rename = <T>(places: ReadonlyMap<string, T>): Map<string, T> => {
    const renamed = new Map<string, T>();
    for (const [id, place] of places) {
      const name = names.get(id);
      if (name !== undefined) renamed.set(name, place);
    }
    return renamed;
  };
  const routes = new Map<string, Layout["routes"] extends ReadonlyMap<string, infer R> ? R : never>();
  for (const [key, route] of found.routes) {
    const [from = "", to = ""] = key.split("→").map((id) => names.get(id));
    if (from !== "" && to !== "") routes.set(edgeKey(from, to), route);
  }
  const aside = new Set([...found.aside].flatMap((id) => names.get(id) ?? []));
  return { nodes: rename(found.nodes), groups: rename(found.groups), routes, aside };
}
