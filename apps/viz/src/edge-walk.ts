/**
 * Walks along the edges of a trace, one key a step: to what a node reads, to what reads it, and to the next of those
 * that were to choose from. Pure.
 */
import type { Trace } from "@adjoint/autograd/graph";

/** One end of an edge, as it is counted from the other. */
export interface Link {
  readonly node: number;
  /** The position among the reader's inputs. */
  readonly input: number;
}

/** What a node reads, and what reads it, in order of execution; a reader that reads it twice stands there twice. */
export interface Links {
  readonly inputs: readonly Link[];
  readonly consumers: readonly Link[];
}

/** Where a walk has come. */
export interface Walk {
  readonly node: number;
  /** The node that the last edge was followed from. */
  readonly from: number;
  readonly along: keyof Links;
  /** The position among the links of `from`, and how many they are. */
  readonly position: number;
  readonly count: number;
}

/** Where to: along the first edge of a kind, or to the next of the edges that the last was one of. */
export type WalkStep = keyof Links | "next";

const known: WeakMap<Trace, ReadonlyMap<number, Links>> = new WeakMap();

/** The links of all nodes of `trace`, by id; made once. */
export function linksOf(trace: Trace): ReadonlyMap<number, Links> {
  const before = known.get(trace);
  if (before !== undefined) return before;
  const links = new Map<number, { inputs: Link[]; consumers: Link[] }>();
  for (const { id, inputs } of trace.nodes) {
    const own: Link[] = [];
    for (const [input, { source }] of inputs.entries()) {
      if (source === null) continue;
      own.push({ node: source, input });
      links.get(source)?.consumers.push({ node: id, input });
    }
    links.set(id, { inputs: own, consumers: [] });
  }
  known.set(trace, links);
  return links;
}

/**
 * One step from `at`; null where there is no such edge.
 *
 * @param walk how `at` was reached. One that ends elsewhere is forgotten: then `next` turns to another input of the
 *   first node that reads `at`.
 */
export function walkFrom(trace: Trace, at: number, walk: Walk | null, step: WalkStep): Walk | null {
  const links = linksOf(trace);
  if (step !== "next") return follow(links, at, step, 0);
  const last = walk?.node === at ? walk : null;
  if (last !== null) return follow(links, last.from, last.along, (last.position + 1) % last.count);
  const reader = links.get(at)?.consumers[0];
  const siblings = reader === undefined ? [] : (links.get(reader.node)?.inputs ?? []);
  const position = siblings.findIndex(({ input }) => input === reader?.input);
  if (reader === undefined || siblings.length < 2) return null;
  return follow(links, reader.node, "inputs", (position + 1) % siblings.length);
}

function follow(
  links: ReadonlyMap<number, Links>,
  from: number,
  along: keyof Links,
  position: number,
): Walk | null {
  const all = links.get(from)?.[along] ?? [];
  const link = all[position];
  return link === undefined ? null : { node: link.node, from, along, position, count: all.length };
}
