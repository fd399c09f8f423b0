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
  readonly adjoints: Pick<ReadonlyMap<number, PartialAdjoint>, "get">;
  /** The edges that a contribution has gone along, as `edgeKey` names them. */
  readonly flowed: Pick<ReadonlySet<string>, "has">;
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
 * The state after `presses` frames; after none, the seed alone is there. It is made in no time: of a pass everything is
 * read once, when a state after the seed is first asked for something.
 *
 * @param presses 0 to the number of frames; what is above counts as that number.
 */
export function stateAfter(frames: BackwardFrames, presses: number): BackwardState {
  if (presses <= 0) return seedState(frames);
  const history = historyOf(frames);
  return {
    adjoints: { get: (node) => history.adjoint(node, presses) },
    flowed: { has: (edge) => history.flowed(edge, presses) },
  };
}

/** The state before any frame, for which nothing but the seeds is read. */
function seedState({ pass, first }: BackwardFrames): BackwardState {
  const adjoints = new Map<number, PartialAdjoint>();
  for (const { node, sum } of pass.seeds) adjoints.set(node, { tensor: sum, complete: false });
  for (const { node, adjoint } of first) adjoints.set(node, { tensor: adjoint, complete: true });
  return { adjoints, flowed: new Set() };
}

/** The running sum at the target of contribution `position` of `step` just before it; null if it is the first to arrive. */
export function sumBefore(before: BackwardState, step: TraceStep, position: number): TraceTensor | null {
  const target = step.contributions[position]?.target;
  const earlier = step.contributions.slice(0, position).findLast((each) => each.target === target);
  if (earlier !== undefined) return earlier.sum;
  return target === undefined ? null : (before.adjoints.get(target)?.tensor ?? null);
}

/** So many frames are read between two moments at which something else may run. */
const framesToAStep = 1024;

/** Everything that changes in the course of a pass, with the press that changes it: made once, asked for any press. */
export class BackwardHistory {
  /** The changes in their order: at which press, of what, and the change of the same node before it, −1 for none. */
  readonly #presses: number[] = [];
  readonly #partials: PartialAdjoint[] = [];
  readonly #before: number[] = [];
  /** The latest change of each node. */
  readonly #latest: Map<number, number> = new Map();
  /** The press that sent a contribution along an edge. */
  readonly #flowed: Map<string, number> = new Map();
  readonly #steps: Generator<void, void>;

  constructor(frames: BackwardFrames) {
    this.#steps = this.#read(frames);
  }

  /** Reads the pass, in steps; whoever asks before they are done has the rest read at once. */
  steps(): Iterator<void, void> {
    return this.#steps;
  }

  /** What is known of a node's adjoint after `presses` frames. */
  adjoint(node: number, presses: number): PartialAdjoint | undefined {
    this.#finish();
    let at = this.#latest.get(node) ?? -1;
    while (at >= 0 && (this.#presses[at] ?? 0) > presses) at = this.#before[at] ?? -1;
    return this.#partials[at];
  }

  /** Whether a contribution has gone along the edge within `presses` frames. */
  flowed(edge: string, presses: number): boolean {
    this.#finish();
    const press = this.#flowed.get(edge);
    return press !== undefined && press <= presses;
  }

  #finish(): void {
    while (!this.#steps.next().done);
  }

  *#read({ pass, first, frames }: BackwardFrames): Generator<void, void> {
    for (const { node, sum } of pass.seeds) this.#add(0, node, sum, false);
    for (const { node, adjoint } of first) this.#add(0, node, adjoint, true);
    for (const [at, { step, arrivals }] of frames.entries()) {
      this.#addFrame(at + 1, step, arrivals);
      if (at % framesToAStep === framesToAStep - 1) yield;
    }
  }

  #addFrame(
    press: number,
    { node, adjoint, contributions }: TraceStep,
    arrivals: readonly TraceStep[],
  ): void {
    this.#add(press, node, adjoint, true);
    for (const { target, input, sum } of contributions) {
      this.#add(press, target, sum, false);
      this.#flowed.set(edgeKey(node, input), press);
    }
    for (const leaf of arrivals) this.#add(press, leaf.node, leaf.adjoint, true);
  }

  #add(press: number, node: number, tensor: TraceTensor, complete: boolean): void {
    this.#before.push(this.#latest.get(node) ?? -1);
    this.#latest.set(node, this.#partials.length);
    this.#presses.push(press);
    this.#partials.push({ tensor, complete });
  }
}

const known = new WeakMap<BackwardFrames, BackwardHistory>();

/** The history of `frames`, which is made once. */
export function historyOf(frames: BackwardFrames): BackwardHistory {
  const made = known.get(frames) ?? new BackwardHistory(frames);
  known.set(frames, made);
  return made;
}
