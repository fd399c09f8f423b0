/** What is drawn on a scene at one step: gradients and marks on the cards, contributions along the lines. Pure. */
import type { TraceNode, TracePass, TraceStep, TraceTensor } from "@adjoint/autograd/graph";
import { type BackwardState, edgeKey, type PartialAdjoint } from "./backward-states.ts";
import type { Mark, Marks } from "./marks.ts";
import { numberText } from "./number-text.ts";
import type { Scene } from "./scene.ts";
import { isSingle, summaryOf } from "./tensor-summary.ts";

/** How far the backward pass has come at a card, and what the tools say of it. */
export interface CardState {
  readonly gradient: TraceTensor | null;
  readonly stage: "none" | "partial" | "complete";
  /** Its rules ran in the latest step. */
  readonly current: boolean;
  /** A contribution of the latest step came here. */
  readonly target: boolean;
  readonly selected: boolean;
  readonly marks: readonly Mark[];
}

/** What went along a line. */
export interface LineState {
  readonly stage: "none" | "flowed" | "now";
  /** 0 to 1: how large the contribution was, over six decades below the largest of the pass. */
  readonly strength: number;
  /** A NaN or an infinity went along it. */
  readonly tainted: boolean;
  /** It begins or ends at the chosen card. */
  readonly near: boolean;
  /** What the latest step put here. */
  readonly contributions: readonly TraceTensor[];
}

/** What is drawn on a scene. */
export interface SceneState {
  readonly cards: readonly CardState[];
  readonly lines: readonly LineState[];
}

/** What is drawn at one moment. */
export interface Moment {
  readonly state: BackwardState;
  /** The latest step; null before any. */
  readonly step: TraceStep | null;
  readonly selected: number | null;
  readonly marks: Marks;
}

const unmarked: readonly Mark[] = [];
const untouched: CardState = {
  gradient: null,
  stage: "none",
  current: false,
  target: false,
  selected: false,
  marks: unmarked,
};

/** The states of all cards; one and the same for all that nothing is to be said of. */
export function cardStates({ graph }: Scene, moment: Moment): CardState[] {
  const { state, step, selected, marks } = moment;
  const targets = new Set(step?.contributions.map(({ target }) => target));
  return graph.nodes.map(({ node, members }): CardState => {
    const { id } = node;
    const partial = state.adjoints.get(id);
    // Most cards stand for one node.
    if (members.length > 1) return moduleState(members, partial, targets, moment);
    const own = marks.nodes.get(id);
    const [current, target, isSelected] = [id === step?.node, targets.has(id), id === selected];
    if (partial === undefined && own === undefined && !current && !target && !isSelected) return untouched;
    return {
      gradient: partial?.tensor ?? null,
      stage: stageOf(partial),
      current,
      target,
      selected: isSelected,
      marks: own ?? unmarked,
    };
  });
}

function stageOf(partial: PartialAdjoint | undefined): CardState["stage"] {
  return partial === undefined ? "none" : partial.complete ? "complete" : "partial";
}

/** A folded module has the gradient of what it computed last, and all else of any of its nodes. */
function moduleState(
  members: readonly TraceNode[],
  partial: PartialAdjoint | undefined,
  targets: ReadonlySet<number>,
  { step, selected, marks }: Moment,
): CardState {
  const has = (id: number | null | undefined): boolean => members.some((member) => member.id === id);
  return {
    gradient: partial?.tensor ?? null,
    stage: stageOf(partial),
    current: has(step?.node),
    target: members.some(({ id }) => targets.has(id)),
    selected: has(selected),
    marks: marks.nodes.size === 0 ? unmarked : joined(members.flatMap(({ id }) => marks.nodes.get(id) ?? [])),
  };
}

/** Of a module's marks each once. */
function joined(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length === 0) return unmarked;
  return [...new Map(marks.map((mark) => [`${mark.kind} ${mark.label}`, mark])).values()];
}

/** What came along each edge in a pass, and the largest of it. */
export interface Flows {
  readonly byEdge: ReadonlyMap<string, TraceTensor>;
  readonly largest: number;
}

const flowsByPass = new WeakMap<TracePass, Flows>();

/** The contributions of one pass, which are gathered once. */
export function flowsOf(pass: TracePass): Flows {
  const steps = flowSteps(pass);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** So many steps of a pass are read between two moments at which something else may run. */
const stepsAtOnce = 2048;

/** The same in steps of a few milliseconds, for whoever reads ahead. */
export function* flowSteps(pass: TracePass): Generator<void, Flows> {
  const known = flowsByPass.get(pass);
  if (known !== undefined) return known;
  const byEdge = new Map<string, TraceTensor>();
  let largest = 0;
  for (const [at, { node, contributions }] of pass.steps.entries()) {
    if (at % stepsAtOnce === stepsAtOnce - 1) yield;
    for (const { input, value } of contributions) {
      byEdge.set(edgeKey(node, input), value);
      const size = sizeOf(value);
      if (Number.isFinite(size) && size > largest) largest = size;
    }
  }
  const flows = { byEdge, largest };
  flowsByPass.set(pass, flows);
  return flows;
}

/** How large a tensor is: its norm, of one number the magnitude. */
function sizeOf(tensor: TraceTensor): number {
  if (tensor.statistics !== null) return tensor.statistics.norm;
  return Math.abs(tensor.data?.[0] ?? Number.NaN);
}

const quiet: LineState = { stage: "none", strength: 0, tainted: false, near: false, contributions: [] };

/** The states of all lines; one and the same for all that nothing went along. */
export function lineStates(
  { lines, graph }: Scene,
  { state, step, selected, marks }: Moment,
  flows: Flows,
): LineState[] {
  const latest = new Map(step?.contributions.map(({ input, value }) => [edgeKey(step.node, input), value]));
  const chosen =
    selected === null
      ? -1
      : graph.nodes.findIndex(({ members }) => members.some(({ id }) => id === selected));
  return lines.map(({ keys, from, to }): LineState => {
    const tainted = marks.taintedEdges.size > 0 && keys.some((key) => marks.taintedEdges.has(key));
    const near = from === chosen || to === chosen;
    let [flowed, largest] = [false, 0];
    const contributions: TraceTensor[] = [];
    for (const key of keys) {
      if (!state.flowed.has(key)) continue;
      flowed = true;
      const size = sizeOf(flows.byEdge.get(key) ?? noTensor);
      // A NaN stays one: nothing is above it.
      if (Number.isNaN(size) || size > largest) largest = size;
      const contribution = latest.get(key);
      if (contribution !== undefined) contributions.push(contribution);
    }
    if (!flowed) return tainted || near ? { ...quiet, tainted, near } : quiet;
    const stage = contributions.length > 0 ? "now" : "flowed";
    return { stage, strength: strengthOf(largest, flows.largest), tainted, near, contributions };
  });
}

const noTensor: TraceTensor = { dtype: "float64", shape: [], statistics: null, data: null };

/** 1 for the largest, 0 for what is a millionth of it or less. */
function strengthOf(size: number, largest: number): number {
  if (!Number.isFinite(size)) return 1;
  if (!(size > 0)) return 0;
  return Math.max(0, Math.min(1, 1 + Math.log10(size / largest) / 6));
}

/** What is written at a line where a contribution came along in the latest step. */
export function contributionText(tensor: TraceTensor): string {
  const summary = summaryOf(tensor);
  if (summary === null) return "";
  return isSingle(tensor) ? numberText(summary.number) : `‖${numberText(summary.number)}‖`;
}
