/** What a lesson names, found in a trace: nodes, the moment of the backward pass, numbers. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import { type BackwardState, framesOf, stateAfter } from "../backward-states.ts";
import { sizeOfShape } from "../tensor-entries.ts";
import type { Calc, CallName, OverName, TensorRef } from "./calc.ts";
import type { LessonState } from "./lesson.ts";

/** What a lesson names is not in the trace, or not there yet at that moment. */
export class MissingError extends Error {}

/** A state of a lesson in the trace of its program. */
export interface ResolvedState {
  readonly trace: Trace;
  /** How many steps of the first backward pass have run. */
  readonly step: number;
  /** The id of the chosen node. */
  readonly node: number | null;
  readonly state: BackwardState;
}

/** Finds the moment and the node. @throws {MissingError} naming what is not there. */
export function resolveState(trace: Trace, { at, node }: LessonState): ResolvedState {
  const [pass] = trace.passes;
  if (pass === undefined) throw new MissingError("the program has no backward pass");
  const frames = framesOf(trace, pass);
  const chosen = node === null ? null : findNode(trace, node).id;
  let step = at === "start" ? 0 : frames.frames.length;
  if (typeof at === "object") {
    const { id } = findNode(trace, at.after);
    step = frames.frames.findIndex((frame) => frame.step.node === id) + 1;
    if (step === 0) throw new MissingError(`the backward pass runs no rule of ${at.after}`);
  }
  return { trace, step, node: chosen, state: stateAfter(frames, step) };
}

/**
 * The node that a lesson calls `selector`: a leaf or constant by its name; an op by its own, `relu`, where there are several
 * with the module's, `add@2`, or the place among them, `sub#0`.
 *
 * @throws {MissingError} if there is none, or more than one.
 */
export function findNode({ nodes, scopes }: Trace, selector: string): TraceNode {
  const named = nodes.filter(({ name }) => name === selector);
  const [, op, scope, place] = /^([\w.]+?)(?:@([\w.]+))?(?:#(\d+))?$/.exec(selector) ?? [];
  const inScope = (node: TraceNode): boolean =>
    scope === undefined || scopes.some(({ id, name }) => id === node.scope && name === scope);
  const ops = nodes.filter(
    (node) => node.op === op && node.name === null && node.pass === null && inScope(node),
  );
  const found =
    named.length > 0 ? named : place === undefined ? ops : ops.slice(Number(place), Number(place) + 1);
  const [node, another] = found;
  if (node !== undefined && another === undefined) return node;
  if (node === undefined) throw new MissingError(`there is no node ${selector}`);
  throw new MissingError(`${found.length} nodes are called ${selector}`);
}

/** The entries that `ref` means, in row-major order. @throws {MissingError} if there are none at this moment. */
export function entriesOf({ trace, state }: ResolvedState, { quantity, node, index }: TensorRef): number[] {
  const { id, value, shape } = findNode(trace, node);
  const tensor = quantity === "value" ? value : (state.adjoints.get(id)?.tensor ?? null);
  if (tensor?.data == null) throw new MissingError(`node ${node} has no ${quantity} at this moment`);
  const { data } = tensor;
  if (index === null) return Array.from(data);
  if (index.length !== shape.length || index.some((at, axis) => at !== null && at >= (shape[axis] ?? 0)))
    throw new MissingError(
      `node ${node} is [${shape.join(", ")}] and has no [${index.map((at) => at ?? ":").join(", ")}]`,
    );
  let offsets = [0];
  for (const [axis, at] of index.entries()) {
    const stride = sizeOfShape(shape.slice(axis + 1));
    const places = at === null ? Array.from({ length: shape[axis] ?? 0 }, (_, i) => i) : [at];
    offsets = offsets.flatMap((offset) => places.map((place) => offset + place * stride));
  }
  return offsets.map((offset) => data[offset] ?? Number.NaN);
}

const calls: Readonly<Record<CallName, (x: number) => number>> = {
  exp: Math.exp,
  ln: Math.log,
  abs: Math.abs,
  sqrt: Math.sqrt,
  neg: (x) => -x,
};

const overs: Readonly<Record<OverName, (entries: readonly number[]) => number>> = {
  sum: (entries) => entries.reduce((sum, x) => sum + x, 0),
  norm: (entries) => Math.sqrt(entries.reduce((sum, x) => sum + x * x, 0)),
  size: (entries) => entries.length,
  zeros: (entries) => entries.filter((x) => x === 0).length,
  max: (entries) => entries.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
  mean: (entries) => entries.reduce((sum, x) => sum + x, 0) / entries.length,
};

/** The number that `calc` gives in a state. @throws {MissingError} if an entry is not there. */
export function evaluate(resolved: ResolvedState, calc: Calc): number {
  if (calc.kind === "constant") return calc.value;
  if (calc.kind === "call") return calls[calc.name](evaluate(resolved, calc.of));
  if (calc.kind === "over") return overs[calc.name](entriesOf(resolved, calc.ref));
  if (calc.kind === "entry") {
    const [entry, another] = entriesOf(resolved, calc.ref);
    if (entry !== undefined && another === undefined) return entry;
    throw new MissingError(`${calc.ref.quantity} ${calc.ref.node} stands for one number and has more`);
  }
  const [a, b] = [evaluate(resolved, calc.left), evaluate(resolved, calc.right)];
  return { "+": a + b, "-": a - b, "*": a * b, "/": a / b }[calc.sign];
}
