/**
 * A backward pass as states that can be stepped through. Pure: the state after k presses is a function of the trace and
 * of k alone, which is why a step back restores the identical one.
 */
import type { Trace, TracePass, TraceStep, TraceTensor } from "@adjoint/autograd/graph";

/** One press: an op's rules run, and the leaves that the sweep came by next got their gradient. */
export interface Frame {
  readonly step: TraceStep;
  readonly arrivals: readonly TraceStep[];
}

/** What is known of a node's adjoint at one moment. */
export interface PartialAdjoint {
  /** The complete adjoint, or the running sum so far. */
  readonly tensor: TraceTensor;
  /** The sweep has come by: nothing will be added. */
  readonly complete: boolean;
}

/** The adjoints that are there between two steps of the sweep. */
export interface BackwardState {
  readonly adjoints: ReadonlyMap<number, PartialAdjoint>;
  /** The edges that a contribution has gone along, as `edgeKey` names them. */
  readonly flowed: ReadonlySet<string>;
}

/** A pass cut into presses. */
export interface BackwardFrames {
  readonly pass: TracePass;
  /** Leaves that were visited before any op: a root that is a leaf. */
  readonly first: readonly TraceStep[];
  readonly frames: readonly Frame[];
}

/** The name of input `input` of node `node`. */
export function edgeKey(node: number, input: number): string {
  return `${node}:${input}`;
}

/** Cuts `pass` into frames: one for each op whose rules ran, in the order of the sweep. */
export function framesOf(trace: Trace, pass: TracePass): BackwardFrames {
  const leaves = new Set(trace.nodes.filter(({ kind }) => kind === "leaf").map(({ id }) => id));
  const first: TraceStep[] = [];
  const frames: { step: TraceStep; arrivals: TraceStep[] }[] = [];
  for (const step of pass.steps) {
    if (!leaves.has(step.node)) frames.push({ step, arrivals: [] });
    else (frames.at(-1)?.arrivals ?? first).push(step);
  }
  return { pass, first, frames };
}

/**
 * The state after `presses` frames; after none, the seed alone is there.
 *
 * @param presses 0 to the number of frames; what is above counts as that number.
 */
export function stateAfter({ pass, first, frames }: BackwardFrames, presses: number): BackwardState {
  const adjoints = new Map<number, PartialAdjoint>();
  const flowed = new Set<string>();
  for (const { node, sum } of pass.seeds) adjoints.set(node, { tensor: sum, complete: false });
  const arrive = ({ node, adjoint }: TraceStep): void => {
    adjoints.set(node, { tensor: adjoint, complete: true });
  };
  for (const step of first) arrive(step);
  for (const { step, arrivals } of frames.slice(0, presses)) {
    arrive(step);
    for (const { target, input, sum } of step.contributions) {
      adjoints.set(target, { tensor: sum, complete: false });
      flowed.add(edgeKey(step.node, input));
    }
    for (const leaf of arrivals) arrive(leaf);
  }
  return { adjoints, flowed };
}

/** The running sum at the target of contribution `position` of `step` just before it; null if it is the first to arrive. */
export function sumBefore(before: BackwardState, step: TraceStep, position: number): TraceTensor | null {
  const target = step.contributions[position]?.target;
  const earlier = step.contributions.slice(0, position).findLast((each) => each.target === target);
  if (earlier !== undefined) return earlier.sum;
  return target === undefined ? null : (before.adjoints.get(target)?.tensor ?? null);
}
