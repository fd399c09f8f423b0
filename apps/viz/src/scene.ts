/** What a drawing of the graph shows: cards with words and numbers, and lines between them. Pure. */
import type { Trace, TraceStep, TraceTensor } from "@adjoint/autograd/graph";
import type { BackwardState } from "./backward-states.ts";
import { edgeKey } from "./backward-states.ts";
import type { CardPositions } from "./graph-layout.ts";
import { numberText, shapeText } from "./number-text.ts";
import { blockExtremes, largestMagnitude } from "./tensor-cells.ts";
import type { VisibleGraph, VisibleNode } from "./visible-graph.ts";

/** The size of every card. */
export const cardSize = { width: 196, height: 82 } as const;

/** How many cells the strips of a card have. */
export const stripCells = 24;

/** One number that stands for a tensor: itself if it has one entry, its norm otherwise. */
export interface Summary {
  /** `=` before the number itself, `‖·‖` before a norm. */
  readonly label: string;
  readonly number: number;
  /** The entry farthest from 0 of each of at most `stripCells` blocks; null where only statistics are there. */
  readonly cells: Float64Array | null;
  /** The largest finite |entry|. */
  readonly largest: number;
}

/** What does not change while the backward pass is stepped. */
export interface Card {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly kind: "op" | "leaf" | "constant" | "module";
  readonly title: string;
  readonly detail: string;
  readonly tracked: boolean;
  readonly value: Summary | null;
}

/** How far the backward pass has come at a card. */
export interface CardState {
  readonly gradient: Summary | null;
  readonly stage: "none" | "partial" | "complete";
  /** Its rules ran in the latest step. */
  readonly current: boolean;
  /** A contribution of the latest step came here. */
  readonly target: boolean;
  readonly selected: boolean;
}

/** A line, from the bottom of one card to the top of another. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly tracked: boolean;
  readonly keys: readonly string[];
}

/** A graph with its places. */
export interface Scene {
  readonly graph: VisibleGraph;
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

const summaries: WeakMap<TraceTensor, Summary> = new WeakMap();

/** The summary of a tensor, made once; null for one without numbers. */
export function summaryOf(tensor: TraceTensor): Summary | null {
  const known = summaries.get(tensor);
  if (known !== undefined) return known;
  const made = summarize(tensor);
  if (made !== null) summaries.set(tensor, made);
  return made;
}

function summarize(tensor: TraceTensor): Summary | null {
  const { data, statistics, shape } = tensor;
  if (data === null) {
    return statistics === null ? null : { label: "‖·‖", number: statistics.norm, cells: null, largest: 0 };
  }
  const cells = blockExtremes(
    data,
    { rows: 1, columns: data.length },
    { rows: 1, columns: stripCells },
  ).values;
  const single = data.length === 1 && shape.every((size) => size === 1);
  const number = single ? (data[0] ?? Number.NaN) : (statistics?.norm ?? Number.NaN);
  return { label: single ? "=" : "‖·‖", number, cells, largest: largestMagnitude(cells) };
}

/** Puts words and values on the graph's places. */
export function sceneOf(graph: VisibleGraph, { x, y, width, height }: CardPositions): Scene {
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
      value: node.value === null ? null : summaryOf(node.value),
    };
  });
  return { graph, cards, lines: graph.edges, width, height };
}

/** What a node is called: a module, a parameter's name, an op. */
export function titleOf({ node, folded }: Pick<VisibleNode, "node" | "folded">): string {
  if (folded !== null) return folded.name === "" ? folded.kind : `${folded.name} · ${folded.kind}`;
  if (node.name !== null) return node.name;
  // A constant of one number is best called by it.
  const { value } = node;
  if (node.kind === "constant" && value?.data?.length === 1) return numberText(value.data[0] ?? Number.NaN);
  return node.op;
}

/** The states of all cards; `step` is the latest step. */
export function cardStates(
  scene: Scene,
  state: BackwardState,
  step: TraceStep | null,
  selected: number | null,
): CardState[] {
  const targets = new Set(step?.contributions.map(({ target }) => target));
  return scene.graph.nodes.map(({ node, members }): CardState => {
    const partial = state.adjoints.get(node.id);
    const has = (id: number | undefined): boolean => members.some((member) => member.id === id);
    return {
      gradient: partial === undefined ? null : summaryOf(partial.tensor),
      stage: partial === undefined ? "none" : partial.complete ? "complete" : "partial",
      current: has(step?.node),
      target: members.some(({ id }) => targets.has(id)),
      selected: selected !== null && has(selected),
    };
  });
}

/** Whether a gradient has gone along a line; `now` if it went in the latest step. */
export function lineStage(
  line: Line,
  state: BackwardState,
  step: TraceStep | null,
): "none" | "flowed" | "now" {
  const latest = step?.contributions.some(({ input }) => line.keys.includes(edgeKey(step.node, input)));
  if (latest === true) return "now";
  return line.keys.some((key) => state.flowed.has(key)) ? "flowed" : "none";
}

/** A sentence about a step for those who hear it. */
export function spokenStep(trace: Trace, step: TraceStep | null): string {
  if (step === null) return "The seed alone is there.";
  const name = (id: number): string => {
    const node = trace.nodes.find((each) => each.id === id);
    return node === undefined ? String(id) : titleOf({ node, folded: null });
  };
  const targets = step.contributions.map(({ target }) => name(target));
  return `The rules of ${name(step.node)} ran; contributions went to ${targets.join(", ") || "nobody"}.`;
}
