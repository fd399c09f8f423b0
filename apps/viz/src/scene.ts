/** What of a drawing of the graph stays while it is stepped: cards with their words, lines between them, frames. Pure. */
import type { TraceNode, TraceStep, TraceTensor } from "@adjoint/autograd/graph";
import { cardSize, type FramePlace, type GraphPlaces } from "./graph-layout.ts";
import { numberText, shapeText } from "./number-text.ts";
import type { VisibleGraph, VisibleNode } from "./visible-graph.ts";

/** What does not change while the backward pass is stepped. */
export interface Card {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly kind: "op" | "leaf" | "constant" | "module";
  readonly title: string;
  readonly detail: string;
  readonly tracked: boolean;
  readonly value: TraceTensor | null;
}

/** A line from one card to another. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly tracked: boolean;
  readonly keys: readonly string[];
  /** It comes from a card that is drawn beside the others. */
  readonly aside: boolean;
  /** How far right of the target's middle it arrives: lines to one card arrive side by side. */
  readonly port: number;
  /** Where it bends on its way: x and y in turn. */
  readonly bends: Float64Array;
}

/** The frame around an open module. */
export interface SceneFrame extends FramePlace {
  readonly scope: number;
  readonly title: string;
}

/** A graph with its places. */
export interface Scene {
  readonly graph: VisibleGraph;
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  /** Outer ones first. */
  readonly frames: readonly SceneFrame[];
  readonly bounds: Bounds;
}

/** A rectangle. */
export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Puts words and values on the graph's places. */
export function sceneOf(graph: VisibleGraph, places: GraphPlaces): Scene {
  const { x, y, aside } = places;
  const cards = graph.nodes.map((visible, i): Card => {
    const { node, folded, key } = visible;
    return {
      key,
      x: x[i] ?? 0,
      y: y[i] ?? 0,
      kind: folded === null ? node.kind : "module",
      title: titleOf(visible),
      detail: shapeText(node.shape),
      tracked: node.tracked || node.kind === "leaf",
      value: node.value,
    };
  });
  const ports = portsOf(graph, x);
  const lines = graph.edges.map(({ from, to, tracked, keys }, edge): Line => {
    const bends = places.bends.subarray(places.bendStarts[edge], places.bendStarts[edge + 1]);
    return { from, to, tracked, keys, aside: aside[from] === 1, port: ports[edge] ?? 0, bends };
  });
  const scopes = new Map(graph.modules.map((scope) => [`s${scope.id}`, scope]));
  const frames = places.frames.flatMap((place): SceneFrame[] => {
    const scope = scopes.get(place.key);
    return scope === undefined ? [] : [{ ...place, scope: scope.id, title: moduleTitle(scope) }];
  });
  frames.sort((a, b) => b.width * b.height - a.width * a.height);
  return { graph, cards, lines, frames, bounds: boundsOf(cards, frames) };
}

/** Where the cards of a scene belong. */
export function scenePlaces({ cards }: Scene): { readonly x: Float64Array; readonly y: Float64Array } {
  return { x: Float64Array.from(cards, ({ x }) => x), y: Float64Array.from(cards, ({ y }) => y) };
}

/** Lines to one card arrive side by side, in the order in which their sources lie. */
function portsOf({ nodes, edges }: VisibleGraph, x: Float64Array): Float64Array {
  const arriving: number[][] = nodes.map(() => []);
  for (const [edge, { to }] of edges.entries()) arriving[to]?.push(edge);
  const ports = new Float64Array(edges.length);
  for (const list of arriving) {
    if (list.length < 2) continue;
    const sourceX = (edge: number): number => x[edges[edge]?.from ?? -1] ?? 0;
    list.sort((a, b) => sourceX(a) - sourceX(b));
    const gap = Math.min(28, (cardSize.width - 40) / (list.length - 1));
    for (const [k, edge] of list.entries()) ports[edge] = (k - (list.length - 1) / 2) * gap;
  }
  return ports;
}

function boundsOf(cards: readonly Card[], frames: readonly FramePlace[]): Bounds {
  const bounds = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  const add = (left: number, top: number, width: number, height: number): void => {
    bounds.left = Math.min(bounds.left, left);
    bounds.top = Math.min(bounds.top, top);
    bounds.right = Math.max(bounds.right, left + width);
    bounds.bottom = Math.max(bounds.bottom, top + height);
  };
  const { width, height } = cardSize;
  for (const { x, y } of cards) add(x - width / 2, y - height / 2, width, height);
  for (const frame of frames) add(frame.left, frame.top, frame.width, frame.height);
  return cards.length === 0 ? { left: 0, top: 0, right: 0, bottom: 0 } : bounds;
}

/** What a node is called: a module, a parameter's name, an op. */
export function titleOf({ node, folded }: Pick<VisibleNode, "node" | "folded">): string {
  if (folded !== null) return moduleTitle(folded);
  if (node.name !== null) return node.name;
  // A constant of one number is best called by it.
  const { value } = node;
  if (node.kind === "constant" && value?.data?.length === 1) return numberText(value.data[0] ?? Number.NaN);
  return node.op;
}

function moduleTitle({ name, kind }: { readonly name: string; readonly kind: string }): string {
  return name === "" ? kind : `${name} · ${kind}`;
}

/** A sentence about a step for those who hear it. */
export function spokenStep(nodes: ReadonlyMap<number, TraceNode>, step: TraceStep | null): string {
  if (step === null) return "The seed alone is there.";
  const name = (id: number): string => {
    const node = nodes.get(id);
    return node === undefined ? String(id) : titleOf({ node, folded: null });
  };
  const targets = step.contributions.map(({ target }) => name(target));
  return `The rules of ${name(step.node)} ran; contributions went to ${targets.join(", ") || "nobody"}.`;
}
