/** The numbers of a trace that `drawTask` recorded: what the network saw, what it says, and why. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import type { TypedArray } from "@adjoint/tensor";

/** A drawing and what a network made of it. */
export interface DrawnDigit {
  /** 784 inputs, 0 to 1. */
  readonly drawing: TypedArray;
  /** The hidden units behind ReLU. */
  readonly activations: TypedArray;
  /** Ten each. */
  readonly logits: TypedArray;
  readonly probabilities: TypedArray;
  /** The class with the largest logit, of equal ones the first. */
  readonly predicted: number;
  /** The class whose logit was differentiated. */
  readonly chosen: number;
  /** ∂logit/∂x of that class, for each of the 784 inputs. */
  readonly saliency: TypedArray;
}

/** @throws {RangeError} if the trace is not one of `drawTask`'s. */
export function readDrawn({ nodes, passes }: Trace): DrawnDigit {
  const drawing = nodes.find(({ name }) => name === "drawing");
  const logits = last(nodes, "add");
  const root = last(nodes, "slice");
  const steps = passes[0]?.steps ?? [];
  const adjoint = steps.find(({ node }) => node === drawing?.id)?.adjoint;
  const numbers = logits?.value?.data;
  const attributes = root?.attributes;
  const chosen = Array.isArray(attributes) ? Number(attributes[1]) : Number.NaN;
  const read = {
    drawing: drawing?.value?.data,
    activations: last(nodes, "relu")?.value?.data,
    logits: numbers,
    probabilities: last(nodes, "softmax")?.value?.data,
    saliency: adjoint?.data,
  };
  const { activations, probabilities, saliency } = read;
  if (!read.drawing || !activations || !numbers || !probabilities || !saliency)
    throw new RangeError("[viz] the trace holds no drawing with all its numbers. Draw it again.");
  const predicted = largestAt(numbers);
  return { drawing: read.drawing, activations, logits: numbers, probabilities, predicted, chosen, saliency };
}

function last(nodes: readonly TraceNode[], op: string): TraceNode | undefined {
  return nodes.findLast((node) => node.op === op);
}

/** The position of the largest number, of equal ones the first; a NaN is never it. */
export function largestAt(numbers: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) {
    const [here, there] = [numbers[i] ?? Number.NaN, numbers[best] ?? Number.NaN];
    if (here > there || Number.isNaN(there)) best = i;
  }
  return best;
}
