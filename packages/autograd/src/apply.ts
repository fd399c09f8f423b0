/** Applying an op: the numbers, and its node on the tape where a gradient may be asked for. */
import { type DType, isFloat, type Tensor } from "@adjoint/tensor";
import { activeListeners, type Listener } from "./listener.ts";
import { isGradEnabled } from "./mode.ts";
import { Node } from "./node.ts";
import type { AnyOp, Op } from "./op.ts";
import { type Value, Variable } from "./variable.ts";

/** The inputs of an op as its callers hold them. */
type ValuesOf<Inputs extends readonly Tensor[]> = { readonly [K in keyof Inputs]: Value };

/**
 * Applies `op` to `inputs`. Tensors alone give a Tensor, and nothing is recorded; with a Variable among them the
 * result is a Variable, on the tape if one of them requires grad, the op is differentiable and noGrad is not in force.
 */
export function apply<Inputs extends readonly Tensor[]>(
  op: Op<Inputs, undefined>,
  inputs: ValuesOf<Inputs>,
): Value;
export function apply<Inputs extends readonly Tensor[], A>(
  op: Op<Inputs, A>,
  inputs: ValuesOf<Inputs>,
  attributes: A,
): Value;
export function apply(op: AnyOp, inputs: readonly Value[], attributes?: unknown): Value {
  let hasVariable = false;
  let tracked = false;
  const tensors = new Array<Tensor>(inputs.length);
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Value;
    if (input instanceof Variable) {
      hasVariable = true;
      tracked ||= input.requiresGrad;
      tensors[i] = input.value;
    } else {
      tensors[i] = input;
    }
  }
  const listeners = activeListeners();
  const output =
    listeners.length === 0
      ? op.forward(tensors, attributes)
      : computeHeard(listeners, op, tensors, attributes);
  const node =
    tracked && op.notDifferentiable === undefined && isGradEnabled() && isFloat(output.dtype)
      ? record(op, attributes, inputs, tensors, output)
      : null;
  for (const listener of activeListeners()) listener.forward?.({ op, attributes, inputs, output, node });
  if (!hasVariable) return output;
  if (node !== null) return Variable.at(output, node);
  return tracked
    ? Variable.untracked(output, whyUntracked(op, output.dtype))
    : Variable.fromUntracked(output, inputs);
}

/** The op's forward, its beginning and its failure told to `listeners`. */
function computeHeard(
  listeners: readonly Listener[],
  op: AnyOp,
  tensors: readonly Tensor[],
  attributes: unknown,
): Tensor {
  for (const listener of listeners) listener.applying?.(op);
  try {
    return op.forward(tensors, attributes);
  } catch (error) {
    for (const listener of listeners) listener.failed?.(op);
    throw error;
  }
}

/** The op's node: its edges, and what its rules will read. Null if no input that requires grad has a rule. */
function record(
  op: AnyOp,
  attributes: unknown,
  inputs: readonly Value[],
  tensors: readonly Tensor[],
  output: Tensor,
): Node | null {
  const edges = new Array<Node | null>(inputs.length);
  let reaches = false;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i];
    const edge = input instanceof Variable && input.requiresGrad && op.differentiable(i) ? input.node : null;
    edges[i] = edge;
    if (edge !== null) reaches = true;
  }
  if (!reaches) return null;
  const node = new Node(op, attributes, edges, output, null);
  for (let i = 0; i < edges.length; i++) {
    if (edges[i] === null) continue;
    const slots = op.saves(i);
    for (let s = 0; s < slots.length; s++) {
      const slot = slots[s] as number | "output";
      if (slot === "output") node.save(edges.length, output);
      else node.save(slot, tensors[slot] as Tensor);
    }
  }
  return node;
}

/** Why a result is not tracked although an input is. */
function whyUntracked(op: AnyOp, dtype: DType): string {
  if (op.notDifferentiable !== undefined)
    return `was made by "${op.name}", which is not differentiable (${op.notDifferentiable})`;
  if (!isGradEnabled()) return "was computed inside noGrad";
  return isFloat(dtype)
    ? `was made by "${op.name}", which is not differentiable in the inputs that require grad`
    : `is ${dtype}, and only floating-point tensors have gradients`;
}

/** The tensor of a value. */
export function tensorOf(x: Value): Tensor {
  return x instanceof Variable ? x.value : x;
}
