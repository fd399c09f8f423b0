/** What is shown, as one immutable value after another: a trace, a pass, a step, a chosen node, the tools' marks. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import { type BackwardFrames, type BackwardState, framesOf, stateAfter } from "../backward-states.ts";
import { joinMarks, type Marks, noMarks } from "../marks.ts";

/** What is shown at one moment. */
export interface Shown {
  readonly trace: Trace;
  readonly nodes: ReadonlyMap<number, TraceNode>;
  /** The position of the pass among the trace's. */
  readonly pass: number;
  readonly frames: BackwardFrames;
  /** How many frames of the pass have run: 0 is the seed. */
  readonly step: number;
  readonly state: BackwardState;
  readonly chosen: number | null;
  readonly marks: Marks;
}

/** Hears of what is shown now, and what was before. */
export type ShownListener = (shown: Shown, before: Shown) => void;

/** Where a trace is opened; what is left out stays as it is, as far as the trace has it. */
export interface OpenAt {
  readonly pass?: number;
  readonly step?: number;
  readonly node?: number | null;
}

const noPass: BackwardFrames = { pass: { createGraph: false, seeds: [], steps: [] }, first: [], frames: [] };

/** The state of the page, and who hears of its changes. */
export class Session {
  readonly #listeners: ShownListener[] = [];
  readonly #marks: Map<string, Marks> = new Map();
  #shown: Shown = nothing();

  get shown(): Shown {
    return this.#shown;
  }

  /** `listener` is called after each change, in the order of subscription. */
  subscribe(listener: ShownListener): void {
    this.#listeners.push(listener);
  }

  /** Shows another trace. Marks of tools go: they were of the trace before. */
  open(trace: Trace, { pass, step, node }: OpenAt = {}): void {
    const nodes = new Map(trace.nodes.map((each) => [each.id, each]));
    const chosen = node === undefined ? this.#shown.chosen : node;
    this.#marks.clear();
    const before = this.#shown;
    const base = { ...before, trace, nodes, chosen: chosen !== null && nodes.has(chosen) ? chosen : null };
    this.#show(this.#atPass({ ...base, marks: noMarks }, pass ?? before.pass, step ?? before.step));
  }

  /** Goes to a step of the pass: 0 is the seed. The step is what the panel tells of then, and no node. */
  go(step: number): void {
    this.#show({ ...this.#atStep(this.#shown, step), chosen: null });
  }

  /** Shows another pass from its seed. */
  showPass(pass: number): void {
    this.#show({ ...this.#atPass(this.#shown, pass, 0), chosen: null });
  }

  /** Chooses a node; null the step. */
  choose(node: number | null): void {
    const chosen = node !== null && this.#shown.nodes.has(node) ? node : null;
    if (chosen !== this.#shown.chosen) this.#show({ ...this.#shown, chosen });
  }

  /** Puts the marks of one tool in place of those that it set before. */
  mark(tool: string, marks: Marks): void {
    const none = marks.nodes.size === 0 && marks.taintedEdges.size === 0;
    if (none && !this.#marks.has(tool)) return;
    if (none) this.#marks.delete(tool);
    else this.#marks.set(tool, marks);
    this.#show({ ...this.#shown, marks: joinMarks(this.#marks.values()) });
  }

  #atPass(shown: Shown, index: number, step: number): Shown {
    const pass = shown.trace.passes[index] === undefined ? 0 : index;
    const found = shown.trace.passes[pass];
    const frames = found === undefined ? noPass : framesOf(shown.trace, found);
    return this.#atStep({ ...shown, pass, frames }, step);
  }

  #atStep(shown: Shown, wanted: number): Shown {
    const step = Math.max(0, Math.min(wanted, shown.frames.frames.length));
    return { ...shown, step, state: stateAfter(shown.frames, step) };
  }

  #show(shown: Shown): void {
    const before = this.#shown;
    this.#shown = shown;
    for (const listener of this.#listeners) listener(shown, before);
  }
}

function nothing(): Shown {
  const trace: Trace = { version: 1, metadata: new Map(), scopes: [], nodes: [], passes: [] };
  const state = stateAfter(noPass, 0);
  return { trace, nodes: new Map(), pass: 0, frames: noPass, step: 0, state, chosen: null, marks: noMarks };
}
