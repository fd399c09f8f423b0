/**
 * Checking a recorded backward pass against finite differences: of any node's adjoint, and of what one rule gave for one
 * edge, which names the op that is to blame.
 *
 * The recorded number L is Σ ⟨seed, root⟩ over the pass's roots. It is computed again, in float64, by what lies downstream of
 * the node alone. What was cut off from the gradient (detached, or under noGrad) keeps its recorded value; positions and
 * conditions, which have no derivative, are computed again, so that a branch that flips shows as a kink.
 */
import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { ReplayError } from "../errors.ts";
import type { AnyOp } from "../op.ts";
import { type CheckProgress, checkEntries, type EntryChoice, type GradientCheck } from "./check-gradient.ts";
import { changeOf, dataOf, downstreamOf } from "./downstream.ts";
import { passAt } from "./replay.ts";
import { ReplayOps } from "./replay-ops.ts";
import type { Trace, TraceContribution, TracePass, TraceStep } from "./trace.ts";

/** Settings of `checkNodeSteps`. */
export interface CheckNodeOptions extends EntryChoice {
  /** Ops that are not the library's own, or that shall stand in place of the library's of the same name. */
  readonly ops?: readonly AnyOp[];
}

/** Settings of `checkNode`, which runs in one go. */
export interface CancellableCheckOptions extends CheckNodeOptions {
  /** Once aborted, the check throws its reason. */
  readonly signal?: AbortSignal;
  /** Told after each entry. */
  readonly onProgress?: (progress: CheckProgress) => void;
}

const stepOptions = ["entries", "maxEntries", "seed", "ops"];

/**
 * Compares the adjoint of `node` in backward pass `pass` with finite differences of what was differentiated.
 *
 * @param pass the position in trace.passes.
 * @throws {ReplayError} if what lies downstream cannot be run again, or gives other numbers than were recorded.
 * @throws {ArgumentError} if the pass did not come by the node, or there is no such entry.
 * @example checkNode(trace, 0, weight).verdict   // "ok"
 */
export function checkNode(
  trace: Trace,
  pass: number,
  node: number,
  options: CancellableCheckOptions = {},
): GradientCheck {
  const { signal, onProgress, ...rest } = options;
  return finish(checkNodeSteps(trace, pass, node, rest), signal, onProgress);
}

/** The same an entry at a time, so that a worker can hear in between that it is no longer wanted. */
export function* checkNodeSteps(
  trace: Trace,
  pass: number,
  node: number,
  options: CheckNodeOptions = {},
): Generator<CheckProgress, GradientCheck> {
  checkOptions("checkNode", options, stepOptions);
  const run = new ReplayOps(trace, { caller: "checkNode", dtype: "float64", ops: options.ops });
  const swept = passAt("checkNode", trace, pass);
  const gradient = dataOf(stepAt("checkNode", swept, node).adjoint, run.node(node), "checkNode");
  checkChoice("checkNode", options, gradient.length);
  return yield* checkEntries({ node, input: null, gradient, ...downstreamOf(run, swept, node) }, options);
}

/**
 * Compares what the rule of input `input` of `node` gave with finite differences of ⟨g, op(inputs)⟩, g being the recorded adjoint of
 * `node`: a wrong rule shows at its own edge alone, whatever lies before and behind.
 *
 * @throws {ReplayError} if the op cannot be run again, or gives other numbers than were recorded.
 * @throws {ArgumentError} if nothing was given for that input in that pass, or there is no such entry.
 */
export function checkEdge(
  trace: Trace,
  pass: number,
  node: number,
  input: number,
  options: CancellableCheckOptions = {},
): GradientCheck {
  const { signal, onProgress, ...rest } = options;
  return finish(checkEdgeSteps(trace, pass, node, input, rest), signal, onProgress);
}

/** The same an entry at a time. */
export function* checkEdgeSteps(
  trace: Trace,
  pass: number,
  node: number,
  input: number,
  options: CheckNodeOptions = {},
): Generator<CheckProgress, GradientCheck> {
  checkOptions("checkEdge", options, stepOptions);
  const run = new ReplayOps(trace, { caller: "checkEdge", dtype: "float64", ops: options.ops });
  const step = stepAt("checkEdge", passAt("checkEdge", trace, pass), node);
  const given = step.contributions.find((contribution) => contribution.input === input);
  if (given === undefined) {
    const what = `input is ${input}, and node ${node} gave nothing for it in this pass.`;
    throw new ArgumentError("checkEdge", "input", what, "Give the input of one of the step's contributions.");
  }
  return yield* checkContribution(run, step, given, options);
}

function* checkContribution(
  run: ReplayOps,
  { node, adjoint }: TraceStep,
  { input, value }: TraceContribution,
  options: CheckNodeOptions,
): Generator<CheckProgress, GradientCheck> {
  const applied = run.node(node);
  const gradient = dataOf(value, applied, "checkEdge");
  checkChoice("checkEdge", options, gradient.length);
  const adjoints = new Map([[node, adjoint]]);
  const question = changeOf(
    run,
    run.source(applied, input),
    [applied],
    adjoints,
    adjoints,
    (_, i) => i === input,
  );
  return yield* checkEntries({ node, input, gradient, ...question }, options);
}

/** A check of every edge of a backward pass. */
export interface PassCheck {
  /** In the order of the sweep. */
  readonly edges: readonly GradientCheck[];
  /** Edges whose op cannot be run again, and why. */
  readonly skipped: readonly { readonly node: number; readonly input: number; readonly why: string }[];
}

/** Checks each contribution of `pass` with `checkEdgeSteps`, 8 entries of each unless told otherwise. Yields after each edge. */
export function* checkPassSteps(
  trace: Trace,
  pass: number,
  options: CheckNodeOptions = {},
): Generator<CheckProgress, PassCheck> {
  checkOptions("checkPass", options, stepOptions);
  const edges: GradientCheck[] = [];
  const skipped: { node: number; input: number; why: string }[] = [];
  const run = new ReplayOps(trace, { caller: "checkPass", dtype: "float64", ops: options.ops });
  const { steps } = passAt("checkPass", trace, pass);
  const all = steps.flatMap((step) => step.contributions.map((given) => ({ step, given })));
  for (const [done, { step, given }] of all.entries()) {
    try {
      edges.push(finish(checkContribution(run, step, given, { maxEntries: 8, ...options })));
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
      skipped.push({ node: step.node, input: given.input, why: error.message });
    }
    yield { done: done + 1, total: all.length };
  }
  return { edges, skipped };
}

function stepAt(op: string, pass: TracePass, node: number): TraceStep {
  const step = pass.steps.find((each) => each.node === node);
  if (step !== undefined) return step;
  const what = `node is ${node}, and the pass did not come by it.`;
  throw new ArgumentError(op, "node", what, "Give the node of one of the pass's steps.");
}

function checkChoice(op: string, { entries, maxEntries = 1 }: EntryChoice, size: number): void {
  const outside = entries?.find((index) => !(Number.isInteger(index) && index >= 0 && index < size));
  if (outside !== undefined) {
    const what = `entries has ${outside}, and the gradient has ${size} entries.`;
    throw new ArgumentError(op, "entries", what, "Count them from 0 in row-major order.");
  }
  if (Number.isInteger(maxEntries) && maxEntries >= 1) return;
  throw new ArgumentError(op, "maxEntries", `maxEntries is ${maxEntries}.`, "Give a whole number from 1.");
}

function finish<R>(
  steps: Generator<CheckProgress, R>,
  signal?: AbortSignal,
  onProgress?: CancellableCheckOptions["onProgress"],
): R {
  for (;;) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done) return step.value;
    onProgress?.(step.value);
  }
}
