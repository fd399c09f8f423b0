/** Finite differences in the engine: of one node's adjoint, and of every rule of a pass. */
import {
  type CheckProgress,
  checkEdgeSteps,
  checkNodeSteps,
  checkPassSteps,
  type GradientCheck,
  type PassCheck,
  ReplayError,
  type Trace,
} from "@adjoint/autograd/graph";
import { changedAdjoints, edgesDownstream } from "../blame.ts";
import type { Task, TaskContext } from "./task.ts";

/** Which adjoint is checked. */
export interface NodeCheckQuestion {
  readonly pass: number;
  readonly node: number;
  /** These entries alone; default: all, or a sample of 64 that the largest is in. */
  readonly entries?: readonly number[];
}

/** What made an adjoint wrong. */
export type Culprit =
  /** The rule of one input of an op gives other numbers than differences do. */
  | { readonly kind: "rule"; readonly check: GradientCheck }
  /** An adjoint is not the sum of what arrived: a hook changed it, or the trace was altered. */
  | { readonly kind: "adjoint"; readonly node: number };

/** An adjoint that was checked, and who is to blame where it is wrong. */
export interface NodeCheckAnswer {
  readonly check: GradientCheck;
  readonly culprits: readonly Culprit[];
}

/** So many edges are looked at for a culprit, the nearest first. */
const mostEdges = 400;

async function finish<R>(
  steps: Generator<CheckProgress, R>,
  { breathe }: Pick<TaskContext<CheckProgress>, "breathe">,
  tell: (progress: CheckProgress) => void,
): Promise<R> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    tell(step.value);
    await breathe();
  }
}

/**
 * Compares the adjoint of a node with finite differences; where it is wrong, checks what lies between it and the root too.
 *
 * @throws {ReplayError} if the trace cannot be run again. @throws {ArgumentError} if the pass did not come by the node.
 */
export const checkTask: Task<NodeCheckQuestion, NodeCheckAnswer, CheckProgress> = async (
  { pass, node, entries },
  context,
) => {
  const { trace, progress } = context;
  if (trace === null) throw new TypeError("[check] there is no trace. Ask with one.");
  const check = await finish(checkNodeSteps(trace, pass, node, { entries }), context, progress);
  if (check.verdict !== "wrong") return { check, culprits: [] };
  return { check, culprits: await culpritsOf(trace, pass, check, context) };
};

async function culpritsOf(
  trace: Trace,
  pass: number,
  { node, entries }: GradientCheck,
  context: TaskContext<CheckProgress>,
): Promise<Culprit[]> {
  const wrong = entries.filter(({ verdict }) => verdict === "wrong").map(({ index }) => index);
  const edges = edgesDownstream(trace, pass, node).slice(0, mostEdges);
  const culprits: Culprit[] = changedAdjoints(trace, pass, node).map((id) => ({ kind: "adjoint", node: id }));
  for (const { consumer, input, target } of edges) {
    // What goes straight into the node has its entries; elsewhere a sample must do.
    const options = target === node ? { entries: wrong } : {};
    try {
      const steps = checkEdgeSteps(trace, pass, consumer, input, options);
      const check = await finish(steps, context, () => {});
      if (check.verdict === "wrong") culprits.push({ kind: "rule", check });
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error;
    }
  }
  return culprits;
}

/** Checks every rule of a pass, eight entries each. */
export const checkPassTask: Task<{ readonly pass: number }, PassCheck, CheckProgress> = (
  { pass },
  context,
) => {
  if (context.trace === null) throw new TypeError("[checkPass] there is no trace. Ask with one.");
  return finish(checkPassSteps(context.trace, pass), context, context.progress);
};
