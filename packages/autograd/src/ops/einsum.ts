/**
 * How a contraction is done. Each operand is first brought to plain letters: of a letter that it has twice the diagonal is
 * taken, a letter that only it has and that the output lacks is summed over, and an axis of size 1 that is to stretch is dropped.
 * Then two operands at a time are contracted to one, first those that leave the least behind, each as one matrix product.
 */
import {
  type Einsum,
  type Guard,
  promote,
  type Resolved,
  type Shape,
  sizeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { type Contraction, type Label, readSubscripts } from "../einsum.ts";
import { defineOp, type Op } from "../op.ts";
import type { Value } from "../variable.ts";
import { cast } from "./cast.ts";
import type { LiftAll, ShapesOf } from "./concat.ts";
import { permute } from "./permute.ts";
import { reshape } from "./reshape.ts";
import { slice } from "./slice.ts";
import { sum } from "./sum.ts";

type Labels = readonly Label[];

/** The labels of two operands and of their contraction, in which each label of only one of them occurs. */
export interface EinsumAttributes {
  readonly a: Labels;
  readonly b: Labels;
  readonly out: Labels;
}

/** The op behind `einsum`: two operands, neither of which has a label twice or one that is nowhere else. */
export const einsumOp: Op<[Tensor, Tensor], EinsumAttributes> = /* @__PURE__ */ defineOp<
  [Tensor, Tensor],
  EinsumAttributes
>({
  name: "einsum",
  forward: ([a, b], labels) => contract(a, b, labels),
  vjp: [
    {
      formula: "ā = einsum(out,b->a; g, b)",
      saves: [1],
      rule: (g, saved) => {
        const { a, b, out } = saved.attributes;
        return apply(einsumOp, [g, saved.input(1)], { a: out, b, out: a });
      },
    },
    {
      formula: "b̄ = einsum(a,out->b; a, g)",
      saves: [0],
      rule: (g, saved) => {
        const { a, b, out } = saved.attributes;
        return apply(einsumOp, [saved.input(0), g], { a, b: out, out: b });
      },
    },
  ],
});

/**
 * The sum of products that `subscripts` name: "ij,jk->ik" is y_ik = Σ_j a_ij · b_jk.
 *
 * A letter names an axis in each operand, and what the output lacks is summed over. A letter twice in one operand is its diagonal
 * ("ii->" is the trace). "..." stands for any further axes, aligned at the last one. Axes of one letter must be equal; between
 * operands, 1 stretches. Without "->" the output has the axes of "..." and the letters that occur once, in alphabetical order.
 *
 * @param subscripts as in NumPy and PyTorch; spaces count for nothing.
 * @param operands at least one; their dtypes meet by promotion.
 * @throws {AdjointError} if the subscripts cannot be read, or name another number of operands.
 * @throws {ShapeMismatchError} if they do not fit the operands' shapes.
 * @example einsum("ij,jk->ik", variable([[1, 2], [3, 4]]), variable([[1], [1]]))   // [[3], [7]]
 */
export function einsum<const E extends string, const T extends readonly Value[]>(
  subscripts: E & Guard<Einsum<E, ShapesOf<T>>>,
  ...operands: T
): LiftAll<Resolved<Einsum<E, ShapesOf<T>>>, T> {
  const contraction = readSubscripts(
    subscripts,
    operands.map((x) => x.shape),
  );
  const { inputs, output } = contraction;
  const dtype = operands.map((x) => x.dtype).reduce(promote);
  let terms = inputs.map((labels, i): Term => {
    const elsewhere = new Set([...output, ...inputs.toSpliced(i, 1).flat()]);
    const x = operands[i] as Value;
    return prepared(x.dtype === dtype ? x : cast(x, dtype), labels, elsewhere, contraction);
  });
  while (terms.length > 1) {
    const [first, second] = cheapestPair(terms, contraction);
    const others = terms.filter((_, i) => i !== first && i !== second);
    terms = [...others, contracted(terms[first] as Term, terms[second] as Term, others, output)];
  }
  const { value, labels } = terms[0] as Term;
  return inOrder(value, labels, output) as LiftAll<Resolved<Einsum<E, ShapesOf<T>>>, T>;
}

interface Term {
  readonly value: Value;
  readonly labels: Labels;
}

/** An operand of plain letters; `elsewhere` holds the labels of the output and of the other operands. */
function prepared(x: Value, labels: Labels, elsewhere: ReadonlySet<Label>, { sizes }: Contraction): Term {
  let term: Term = { value: x, labels };
  for (let twice = repeated(labels); twice !== undefined; twice = repeated(term.labels))
    term = diagonal(term, twice);
  const stretched = (label: Label, axis: number): boolean =>
    term.value.shape[axis] === 1 && sizes.get(label) !== 1;
  const kept = term.labels.filter((label, axis) => !stretched(label, axis));
  const shape = term.value.shape.filter((_, axis) => !stretched(term.labels[axis] as Label, axis));
  const value = shape.length === term.value.rank ? term.value : reshape(term.value, shape);
  const alone = kept.flatMap((label, axis) => (elsewhere.has(label) ? [] : [axis]));
  if (alone.length === 0) return { value, labels: kept };
  return { value: sum(value, alone), labels: kept.filter((label) => elsewhere.has(label)) };
}

function repeated(labels: Labels): Label | undefined {
  return labels.find((label, i) => labels.indexOf(label) !== i);
}

/** The first two axes of `label` replaced by their diagonal, at the end: every n + 1st element of the n × n matrix. */
function diagonal({ value, labels }: Term, label: Label): Term {
  const first = labels.indexOf(label);
  const pair = [first, labels.indexOf(label, first + 1)];
  const others = labels.map((_, axis) => axis).filter((axis) => !pair.includes(axis));
  const [n, shape] = [value.shape[first] ?? 0, others.map((axis) => value.shape[axis] ?? 0)];
  const matrix = reshape(permute(value, [...others, ...pair]), [...shape, n * n]);
  const line = slice(matrix, ...others.map(() => null), { step: n + 1 });
  return { value: line, labels: [...others.map((axis) => labels[axis] as Label), label] };
}

/** The pair whose contraction makes the operands smallest; of equal ones the first. */
function cheapestPair(terms: readonly Term[], { output, sizes }: Contraction): [number, number] {
  let best: [number, number] = [0, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < terms.length; i++) {
    for (let j = i + 1; j < terms.length; j++) {
      const [a, b] = [terms[i] as Term, terms[j] as Term];
      const others = terms.filter((_, k) => k !== i && k !== j);
      const result = sizeOf(keptLabels(a, b, others, output).map((label) => sizes.get(label) ?? 1));
      const growth = result - a.value.size - b.value.size;
      if (growth < least) [least, best] = [growth, [i, j]];
    }
  }
  return best;
}

/** The labels of a and b that the output or another operand has, too. */
function keptLabels(a: Term, b: Term, others: readonly Term[], output: Labels): Labels {
  const needed = new Set([...output, ...others.flatMap(({ labels }) => labels)]);
  return [...new Set([...a.labels, ...b.labels])].filter((label) => needed.has(label));
}

function contracted(a: Term, b: Term, others: readonly Term[], output: Labels): Term {
  const labels = others.length === 0 ? output : keptLabels(a, b, others, output);
  return { value: apply(einsumOp, [a.value, b.value], { a: a.labels, b: b.labels, out: labels }), labels };
}

function inOrder(x: Value, labels: Labels, output: Labels): Value {
  if (labels.every((label, axis) => label === output[axis])) return x;
  return permute(
    x,
    output.map((label) => labels.indexOf(label)),
  );
}

/** The forward pass: a matrix product for each combination of the labels that both have and the result keeps. */
function contract(a: Tensor, b: Tensor, labels: EinsumAttributes): Tensor {
  const both = labels.a.filter((label) => labels.b.includes(label));
  const contractedLabels = both.filter((label) => !labels.out.includes(label));
  if (contractedLabels.length === 0)
    return aligned(a, labels.a, labels.out).mul(aligned(b, labels.b, labels.out));
  const batch = both.filter((label) => labels.out.includes(label));
  const [onlyA, onlyB] = [without(labels.a, both), without(labels.b, both)];
  const sizes = new Map([...zip(labels.a, a.shape), ...zip(labels.b, b.shape)]);
  const count = (names: Labels): number => sizeOf(names.map((label) => sizes.get(label) ?? 1));
  const lead = batch.length === 0 ? [] : [count(batch)];
  const left: Tensor = ordered(a, labels.a, [...batch, ...onlyA, ...contractedLabels]).reshape([
    ...lead,
    count(onlyA),
    count(contractedLabels),
  ] as Shape);
  const right: Tensor = ordered(b, labels.b, [...batch, ...contractedLabels, ...onlyB]).reshape([
    ...lead,
    count(contractedLabels),
    count(onlyB),
  ] as Shape);
  const result = [...batch, ...onlyA, ...onlyB];
  const product: Tensor = left.matmul(right);
  return ordered(product.reshape(result.map((label) => sizes.get(label) ?? 1) as Shape), result, labels.out);
}

function without(labels: Labels, others: Labels): Labels {
  return labels.filter((label) => !others.includes(label));
}

function zip(labels: Labels, shape: Shape): [Label, number][] {
  return labels.map((label, axis) => [label, shape[axis] ?? 1]);
}

/** x with its axes in another order of its labels. */
function ordered(x: Tensor, labels: Labels, order: Labels): Tensor {
  return x.permute(order.map((label) => labels.indexOf(label)) as Shape);
}

/** x with its axes where `out` has their labels, and axes of size 1 elsewhere. */
function aligned(x: Tensor, labels: Labels, out: Labels): Tensor {
  const own = out.filter((label) => labels.includes(label));
  const sizes = new Map(zip(labels, x.shape));
  return ordered(x, labels, own).reshape(out.map((label) => sizes.get(label) ?? 1) as Shape);
}
