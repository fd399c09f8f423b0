/** What is shown, as one immutable value after another: a trace, a pass, a step, a chosen node, the tools' marks. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import type { EntryPlace } from "../attribution/places.ts";
import { type BackwardFrames, type BackwardState, framesOf, stateAfter } from "../backward-states.ts";
import { joinMarks, type Marks, noMarks } from "../marks.ts";
import { sizeOfShape } from "../tensor-entries.ts";

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
  /** The entry of the chosen node that is asked about, in row-major order; null for the node as a whole. */
  readonly entry: number | null;
  /** The entries that led to it, the first one first. */
  readonly via: readonly EntryPlace[];
  readonly marks: Marks;
}

/** Hears of what is shown now, and what was before. */
export type ShownListener = (shown: Shown, before: Shown) => void;

/** Where a trace is opened; what is left out stays as it is, as far as the trace has it. */
export interface OpenAt {
  readonly pass?: number;
  readonly step?: number;
  readonly node?: number | null;
  /** Of `node`, as are the entries that led to it; none where the trace has it not. */
  readonly entry?: number | null;
  readonly via?: readonly EntryPlace[];
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
  open(trace: Trace, { pass, step, node, entry, via }: OpenAt = {}): void {
    const nodes = new Map(trace.nodes.map((each) => [each.id, each]));
    this.#marks.clear();
    const before = this.#shown;
    const kept = node === undefined ? before : { chosen: node, entry: entry ?? null, via: via ?? [] };
    const base = { ...before, trace, nodes, ...choiceIn(nodes, kept) };
    this.#show(this.#atPass({ ...base, marks: noMarks }, pass ?? before.pass, step ?? before.step));
  }

  /** Goes to a step of the pass: 0 is the seed. The step is what the panel tells of then, and no node. */
  go(step: number): void {
    this.#show({ ...this.#atStep(this.#shown, step), ...noChoice });
  }

  /** Shows another pass from its seed. */
  showPass(pass: number): void {
    this.#show({ ...this.#atPass(this.#shown, pass, 0), ...noChoice });
  }

  /** Chooses a node, or one entry of it, by its position in row-major order; null the step. */
  choose(node: number | null, entry: number | null = null): void {
    this.#choose({ chosen: node, entry, via: [] });
  }

  /** Goes on from the chosen entry to the last of `path`, which keeps the way that led there. */
  follow(...path: readonly EntryPlace[]): void {
    const { chosen, entry, via } = this.#shown;
    const here = chosen === null || entry === null ? [] : [{ node: chosen, index: entry }];
    const last = path.at(-1);
    if (last === undefined) return;
    this.#choose({ chosen: last.node, entry: last.index, via: [...via, ...here, ...path.slice(0, -1)] });
  }

  /** Goes back to an entry that led to the chosen one, by its position among them. */
  backTo(position: number): void {
    const { via } = this.#shown;
    const place = via[position];
    if (place === undefined) return;
    this.#choose({ chosen: place.node, entry: place.index, via: via.slice(0, position) });
  }

  /** Puts the marks of one tool in place of those that it set before. */
  mark(tool: string, marks: Marks): void {
    const none = marks.nodes.size === 0 && marks.taintedEdges.size === 0;
    if (none && !this.#marks.has(tool)) return;
    if (none) this.#marks.delete(tool);
    else this.#marks.set(tool, marks);
    this.#show({ ...this.#shown, marks: joinMarks(this.#marks.values()) });
  }

  #choose(choice: Choice): void {
    const { nodes, chosen, entry, via } = this.#shown;
    const next = choiceIn(nodes, choice);
    const same = next.chosen === chosen && next.entry === entry && next.via.length === via.length;
    if (!same) this.#show({ ...this.#shown, ...next });
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

type Choice = Pick<Shown, "chosen" | "entry" | "via">;

const noChoice: Choice = { chosen: null, entry: null, via: [] };

/** As much of `choice` as there is among `nodes`. */
function choiceIn(nodes: ReadonlyMap<number, TraceNode>, { chosen, entry, via }: Choice): Choice {
  const node = chosen === null ? undefined : nodes.get(chosen);
  if (chosen === null || node === undefined) return noChoice;
  if (entry === null || !hasEntry(node, entry)) return { ...noChoice, chosen };
  const known = via.every((place) => hasEntry(nodes.get(place.node), place.index));
  return { chosen, entry, via: known ? via : [] };
}

/** Inside vmap a value has more entries than the shape of its node, which is that of one example. */
function hasEntry(node: TraceNode | undefined, index: number): boolean {
  return node !== undefined && index < sizeOfShape(node.value?.shape ?? node.shape);
}

function nothing(): Shown {
  const trace: Trace = { version: 1, metadata: new Map(), scopes: [], nodes: [], passes: [] };
  const state = stateAfter(noPass, 0);
  return { trace, nodes: new Map(), pass: 0, frames: noPass, step: 0, state, ...noChoice, marks: noMarks };
}
