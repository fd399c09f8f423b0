/**
 * Where one entry of a gradient comes from: which consumer put in how much, and each part split further, into products that name
 * an entry of the consumer's own gradient, so that one can go on from there up to the seed.
 */
import {
  edgeDerivatives,
  ReplayError,
  type Trace,
  type TraceContribution,
  type TraceNode,
  type TracePass,
  type TraceStep,
} from "@adjoint/autograd/graph";
import { indexAt, sizeOfShape } from "../tensor-entries.ts";
import { productsOf } from "./contraction.ts";
import type { EntryPlace } from "./places.ts";

/** What the seed, or one edge, put into an entry of an adjoint. */
export interface Share {
  /** The op whose rule gave it, and for which of its inputs; null for the seed. */
  readonly edge: { readonly consumer: number; readonly input: number } | null;
  readonly value: number;
}

/** An entry of an adjoint as a sum. */
export interface Attribution {
  readonly entry: EntryPlace;
  /** The entry itself. */
  readonly value: number;
  /** In the order in which the sweep added them up. */
  readonly shares: readonly Share[];
  /** value − Σ shares: rounding; or what a hook changed. */
  readonly rest: number;
}

/** One product, gradient · factor. */
export interface Term {
  readonly value: number;
  /** The entry of the consumer's adjoint that it comes from. */
  readonly gradient: EntryPlace & { readonly value: number };
  /** What that is multiplied with; `entry` says of which node's value it is an entry, where it is one. */
  readonly factor: { readonly value: number; readonly entry: EntryPlace | null };
  /** Where it lies along each of the split's axes. */
  readonly at: readonly number[];
}

/** What one edge put into one entry, as a sum of products. */
export interface Split {
  /** The entry of the contribution. */
  readonly value: number;
  /** In the order of the consumer's output. Null where they cannot be had: see `why`. */
  readonly terms: readonly Term[] | null;
  /** The axes of the consumer's output along which they lie: `[0]` for a weight's gradient by example. */
  readonly axes: readonly number[];
  /** Why there are no terms. */
  readonly why: string | null;
}

/**
 * Splits one entry of the adjoint of a node by consumer edge.
 *
 * @throws {RangeError} if the pass did not come by the node, has not the entry, or the trace does not hold the numbers.
 */
export function attribute(trace: Trace, pass: number, entry: EntryPlace): Attribution {
  const swept = passAt(trace, pass);
  const value = entryOf(stepAt(swept, entry.node).adjoint.data, entry);
  const shares: Share[] = [];
  const seed = swept.seeds.findLast(({ node }) => node === entry.node);
  if (seed !== undefined) shares.push({ edge: null, value: entryOf(seed.sum.data, entry) });
  for (const { node: consumer, contributions } of swept.steps) {
    for (const { input, target, value: given } of contributions) {
      if (target === entry.node)
        shares.push({ edge: { consumer, input }, value: entryOf(given.data, entry) });
    }
  }
  return { entry, value, shares, rest: value - shares.reduce((sum, share) => sum + share.value, 0) };
}

/**
 * Splits what the rule of input `input` of `consumer` put into entry `index` of that input's gradient: x̄ᵢ = Σₖ gₖ · ∂yₖ/∂xᵢ.
 *
 * A weight's gradient comes apart by example (x[b, i] · g[b, j]), an activation's by unit (g[b, j] · w[j, i]). Products of entries
 * (linear, matmul, einsum, mul) name both entries, zeros too; of any other op the factor is its derivative, found by
 * differentiating the rule, and terms whose factor is 0 are left out.
 *
 * @throws {RangeError} if nothing was given for that input, or the trace does not hold the numbers.
 */
export function split(trace: Trace, pass: number, consumer: number, input: number, index: number): Split {
  const { adjoint, contributions } = stepAt(passAt(trace, pass), consumer);
  const given = contributions.find((each) => each.input === input);
  if (given === undefined)
    throw new RangeError(`[split] node ${consumer} gave nothing for its input ${input}.`);
  const value = entryOf(given.value.data, { node: given.target, index });
  const node = nodeAt(trace, consumer);
  const unsplit = (why: string): Split => ({ value, terms: null, axes: [], why });
  if (adjoint.data === null) return unsplit("The consumer's gradient is not in the trace.");
  if (adjoint.data.length !== sizeOfShape(node.shape))
    return unsplit("The op ran inside vmap, along whose hidden axes nothing is taken apart.");
  return (
    productTerms(trace, node, adjoint.data, input, index, value) ??
    derivedTerms(trace, node, adjoint.data, given, index, value)
  );
}

/** The terms of an op that multiplies two operands; null for all others. */
function productTerms(
  trace: Trace,
  node: TraceNode,
  adjoint: ArrayLike<number>,
  input: number,
  index: number,
  value: number,
): Split | null {
  const operands = node.inputs.map(({ source }) => (source === null ? undefined : nodeAt(trace, source)));
  const other = operands[1 - input];
  const data = other?.value?.data ?? null;
  if (other === undefined || data === null) return null;
  const shapes = operands.map((operand) => operand?.shape ?? []);
  const found = productsOf(node, shapes, input, index);
  if (found === null) return null;
  const terms = found.products.map(({ output, other: at }): Term => {
    const [gradient, factor] = [adjoint[output] ?? Number.NaN, data[at] ?? Number.NaN];
    return {
      value: gradient * factor,
      gradient: { node: node.id, index: output, value: gradient },
      factor: { value: factor, entry: { node: other.id, index: at } },
      at: alongAxes(output, node.shape, found.axes),
    };
  });
  return { value, terms, axes: found.axes, why: null };
}

/** The terms of any op: the entries of its adjoint times its derivatives, where these are not 0. */
function derivedTerms(
  trace: Trace,
  node: TraceNode,
  adjoint: ArrayLike<number>,
  { input }: TraceContribution,
  index: number,
  value: number,
): Split {
  const unsplit = (why: string): Split => ({ value, terms: null, axes: [], why });
  try {
    const derivatives = edgeDerivatives(trace, node.id, input, index);
    const outputs = [...derivatives.keys()].filter((output) => derivatives[output] !== 0);
    const axes = varyingAxes(outputs, node.shape);
    const terms = outputs.map((output): Term => {
      const [gradient, factor] = [adjoint[output] ?? Number.NaN, derivatives[output] ?? Number.NaN];
      return {
        value: gradient * factor,
        gradient: { node: node.id, index: output, value: gradient },
        factor: { value: factor, entry: null },
        at: alongAxes(output, node.shape, axes),
      };
    });
    if (addsUp(terms, value, node.dtype === "float64")) return { value, terms, axes, why: null };
    return unsplit("The parts that the rule comes apart into do not add up to what it gave.");
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return unsplit(error.message);
  }
}

/** True if the terms add up to `value` but for rounding; never where something is not finite. */
function addsUp(terms: readonly Term[], value: number, double: boolean): boolean {
  const [sum, size] = terms.reduce(([a, b], term) => [a + term.value, b + Math.abs(term.value)], [0, 0]);
  return Math.abs(sum - value) <= (double ? 1e-12 : 1e-5) * size;
}

/** The axes along which the entries of a tensor lie at more than one position. */
function varyingAxes(outputs: readonly number[], shape: readonly number[]): number[] {
  const positions = outputs.map((output) => indexAt(output, shape));
  return [...shape.keys()].filter((axis) =>
    positions.some((position) => position[axis] !== positions[0]?.[axis]),
  );
}

function alongAxes(output: number, shape: readonly number[], axes: readonly number[]): number[] {
  const position = indexAt(output, shape);
  return axes.map((axis) => position[axis] ?? 0);
}

function passAt({ passes }: Trace, position: number): TracePass {
  const pass = passes[position];
  if (pass !== undefined) return pass;
  throw new RangeError(`[attribution] the trace has no backward pass ${position}.`);
}

function stepAt({ steps }: TracePass, node: number): TraceStep {
  const step = steps.find((each) => each.node === node);
  if (step !== undefined) return step;
  throw new RangeError(`[attribution] the pass did not come by node ${node}.`);
}

function nodeAt({ nodes }: Trace, id: number): TraceNode {
  const node = nodes[id]?.id === id ? nodes[id] : nodes.find((each) => each.id === id);
  if (node !== undefined) return node;
  throw new RangeError(`[attribution] the trace has no node ${id}.`);
}

function entryOf(data: ArrayLike<number> | null, { node, index }: EntryPlace): number {
  const value = data?.[index];
  if (value !== undefined) return value;
  const what =
    data === null
      ? "is in the trace by its statistics alone"
      : `has ${data.length} entries, and no entry ${index}`;
  throw new RangeError(`[attribution] the gradient of node ${node} ${what}.`);
}
