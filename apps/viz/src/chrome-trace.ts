/**
 * A trace as Chrome's trace event JSON, which Perfetto and about:tracing open.
 *
 * A trace holds durations and no moments. The events are therefore laid end to end, in order of execution: what lay
 * between two ops, and the time spent listening, is left out. Within a thread the events nest; times are in
 * microseconds with three decimals, whole nanoseconds, as Perfetto's importer reads them.
 *
 * Source: "Trace Event Format", the catapult project; complete events, counters, metadata.
 */
import type { Trace, TraceNode, TracePass, TraceScope } from "@adjoint/autograd/graph";
import { shapeText } from "./number-text.ts";

/** One event. `X` is complete: it begins at `ts` and takes `dur`; `C` is a counter, `M` a name. */
export interface ChromeEvent {
  readonly ph: "X" | "C" | "M";
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args: Readonly<Record<string, string | number | boolean>>;
}

/** The whole file. */
export interface ChromeTrace {
  readonly traceEvents: readonly ChromeEvent[];
  readonly displayTimeUnit: "ns";
  readonly otherData: Readonly<Record<string, string>>;
}

const note =
  "A trace of Adjoint holds durations and no moments: the events are laid end to end, in order of execution. " +
  "What lay between two ops is left out.";

const [pid, forwardThread, backwardThread, recordedThread] = [1, 1, 2, 3];

/** The events of `trace`: the forward pass, the backward passes behind it, and what a recorded pass computed. */
export function chromeTrace(trace: Trace): ChromeTrace {
  const forward = new Track(forwardThread);
  const recorded = new Track(recordedThread);
  const counters = layForward(trace, forward, recorded);
  const backward = new Track(backwardThread, forward.now);
  const nodes = new Map(trace.nodes.map((node) => [node.id, node]));
  for (const [i, pass] of trace.passes.entries()) layPass(pass, i, nodes, backward);
  const events = [...forward.events, ...counters, ...backward.events, ...recorded.events];
  return {
    traceEvents: [...namesOf(recorded.events.length > 0), ...events],
    displayTimeUnit: "ns",
    otherData: { ...Object.fromEntries(texts(trace)), note },
  };
}

/** The writer's notes, without whole files of source text. */
function texts({ metadata }: Trace): [string, string][] {
  return [...metadata].filter(([key]) => !key.startsWith("source:"));
}

function namesOf(hasRecorded: boolean): ChromeEvent[] {
  const threads: [number, string][] = [
    [forwardThread, "forward"],
    [backwardThread, "backward"],
    ...(hasRecorded ? ([[recordedThread, "ops of recorded backward passes"]] as [number, string][]) : []),
  ];
  const meta = (name: string, tid: number, args: ChromeEvent["args"]): ChromeEvent => {
    return { ph: "M", name, pid, tid, ts: 0, args };
  };
  return [
    meta("process_name", 0, { name: "Adjoint" }),
    ...threads.flatMap(([tid, name]) => [
      meta("thread_name", tid, { name }),
      meta("thread_sort_index", tid, { sort_index: tid }),
    ]),
  ];
}

/** A thread whose events follow and hold one another. Counts in whole nanoseconds. */
class Track {
  readonly events: ChromeEvent[] = [];
  now: number;
  readonly #tid: number;
  /** Those that have begun and not ended, the outermost first, by their places among the events. */
  readonly #open: { readonly at: number; readonly begun: number }[] = [];

  constructor(tid: number, now = 0) {
    this.#tid = tid;
    this.now = now;
  }

  /** An event that ends with `close`. Stands before what it holds. */
  open(name: string, cat: string, args: ChromeEvent["args"]): void {
    this.#open.push({ at: this.events.length, begun: this.now });
    this.events.push(this.#event(name, cat, 0, args));
  }

  close(): void {
    const ended = this.#open.pop();
    const event = ended && this.events[ended.at];
    if (ended !== undefined && event !== undefined) {
      this.events[ended.at] = { ...event, dur: micro(this.now - ended.begun) };
    }
  }

  /** An event that holds none. */
  add(name: string, cat: string, nanoseconds: number, args: ChromeEvent["args"]): void {
    this.events.push(this.#event(name, cat, nanoseconds, args));
    this.now += nanoseconds;
  }

  #event(name: string, cat: string, nanoseconds: number, args: ChromeEvent["args"]): ChromeEvent {
    return { ph: "X", name, cat, pid, tid: this.#tid, ts: micro(this.now), dur: micro(nanoseconds), args };
  }
}

function micro(nanoseconds: number): number {
  return nanoseconds / 1000;
}

/** Ops within their scopes; gives a counter of the bytes kept for the backward pass. */
function layForward(trace: Trace, forward: Track, recorded: Track): ChromeEvent[] {
  const scopes = new Map(trace.scopes.map((scope) => [scope.id, scope]));
  const open: number[] = [];
  const counters: ChromeEvent[] = [];
  let savedBytes = 0;
  for (const node of trace.nodes) {
    if (node.kind !== "op") continue;
    if (node.pass !== null) {
      recorded.add(node.op, "recorded", node.nanoseconds, factsOf(node));
      continue;
    }
    enter(pathOf(node.scope, scopes), open, forward);
    forward.add(node.op, "forward", node.nanoseconds, factsOf(node));
    if (node.savedBytes === 0) continue;
    savedBytes += node.savedBytes;
    const args = { bytes: savedBytes };
    counters.push({ ph: "C", name: "saved for backward", pid, tid: 0, ts: micro(forward.now), args });
  }
  enter([], open, forward);
  return counters;
}

/** The scopes from the outermost to this one. */
function pathOf(scope: number | null, scopes: ReadonlyMap<number, TraceScope>): TraceScope[] {
  const path: TraceScope[] = [];
  for (let at = scope; at !== null; ) {
    const found = scopes.get(at);
    if (found === undefined) break;
    path.unshift(found);
    at = found.parent;
  }
  return path;
}

/** Closes the scopes that `path` has left, and opens those that it has entered. */
function enter(path: readonly TraceScope[], open: number[], track: Track): void {
  let common = 0;
  while (common < open.length && open[common] === path[common]?.id) common++;
  for (; open.length > common; open.pop()) track.close();
  for (const { id, name, kind } of path.slice(common)) {
    track.open([name, kind].filter((part) => part !== "").join(" · ") || "module", "module", { scope: id });
    open.push(id);
  }
}

function factsOf(node: TraceNode): ChromeEvent["args"] {
  const { id, shape, dtype, valueBytes, savedBytes, place } = node;
  return {
    node: id,
    value: `${dtype} ${shapeText(shape)}`,
    valueBytes,
    savedBytes,
    ...(place === null ? {} : { place }),
  };
}

function layPass(
  { steps }: TracePass,
  index: number,
  nodes: ReadonlyMap<number, TraceNode>,
  track: Track,
): void {
  track.open(`backward pass ${index + 1}`, "backward", { steps: steps.length });
  for (const { node, adjoint, contributions } of steps) {
    if (contributions.length === 0) continue;
    track.open(`∂ ${nodes.get(node)?.op ?? ""}`, "backward", { node, adjoint: shapeText(adjoint.shape) });
    for (const { input, target, value, ruleNanoseconds, sumNanoseconds } of contributions) {
      const formula = nodes.get(node)?.inputs[input]?.formula ?? "";
      const args = { input, target, value: shapeText(value.shape) };
      track.add(`rule of input ${input}`, "rule", ruleNanoseconds, { ...args, formula });
      track.add("running sum", "sum", sumNanoseconds, args);
    }
    track.close();
  }
  track.close();
}
