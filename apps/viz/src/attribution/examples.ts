/** Which axes stand for the examples of a batch, and how a gradient would be without one of them. */
import { replayBackward, type Trace, type TraceNode } from "@adjoint/autograd/graph";
import { type Tensor, tensor } from "@adjoint/tensor";
import { indexAt } from "../tensor-entries.ts";
import type { Split, Term } from "./attribution.ts";
import type { EntryPlace } from "./places.ts";

/** The examples of a program: a constant of which each position along axis 0 is one. */
export interface Examples {
  readonly node: number;
  readonly count: number;
  /** The nodes computed from it whose axis 0 still is that of the examples. */
  readonly nodes: ReadonlySet<number>;
}

const layers: ReadonlySet<string> = new Set(["linear", "matmul", "conv1d", "conv2d"]);

/**
 * The examples of `trace`: the first constant that goes into a layer (linear, matmul, a convolution) as its first input.
 * Null where there is none.
 *
 * An axis 0 of the same size, in whatever is computed from them, is taken for theirs.
 */
export function examplesOf(trace: Trace): Examples | null {
  const byId = new Map(trace.nodes.map((node) => [node.id, node]));
  const isExamples = (node: TraceNode | undefined): node is TraceNode =>
    node !== undefined && node.kind === "constant" && node.shape.length >= 2;
  const fed = trace.nodes
    .filter(({ op }) => layers.has(op))
    .map(({ inputs: [first] }) => byId.get(first?.source ?? -1))
    .find(isExamples);
  if (fed === undefined) return null;
  const [count = 0] = fed.shape;
  const nodes = new Set([fed.id]);
  for (const { id, inputs, shape } of trace.nodes) {
    if (shape[0] === count && inputs.some(({ source }) => source !== null && nodes.has(source)))
      nodes.add(id);
  }
  return { node: fed.id, count, nodes };
}

/** The terms of a split that lie at one position along one axis of the consumer's output. */
export interface TermGroup {
  readonly position: number;
  /** Σ of the terms. */
  readonly value: number;
  readonly terms: readonly Term[];
}

/** The terms of `split` by their position along `axis`, one of `split.axes`: of a convolution's weight, by image. */
export function groupTerms({ axes, terms }: Split, axis: number): TermGroup[] {
  const place = axes.indexOf(axis);
  const groups = new Map<number, Term[]>();
  for (const term of terms ?? []) {
    const position = term.at[place] ?? 0;
    const group = groups.get(position) ?? [];
    groups.set(position, group);
    group.push(term);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([position, group]) => ({
      position,
      value: group.reduce((sum, { value }) => sum + value, 0),
      terms: group,
    }));
}

/**
 * The entry of a gradient, had nothing arrived at `consumer` from one position along an axis of its output.
 *
 * For an example b of a batch (axis 0) that takes the share of b's loss out: row b of the consumer's adjoint is put to 0, and the
 * pass is run again from there with the library. The entry changes by the sum of the split's terms at b, but for rounding,
 * wherever `consumer` reaches the entry's node by that one edge alone; in a network that keeps its examples apart, as all
 * layers but batch normalisation do, putting row b to 0 at the logits changes it by as much.
 *
 * @throws {ReplayError} if the trace cannot be run again.
 */
export function entryWithout(
  trace: Trace,
  pass: number,
  entry: EntryPlace,
  consumer: number,
  axis: number,
  position: number,
): number {
  const adjoints = new Map([[consumer, withoutPosition(trace, pass, consumer, axis, position)]]);
  const again = replayBackward(trace, pass, { adjoints }).adjoints.get(entry.node);
  return again?.toTypedArray()[entry.index] ?? Number.NaN;
}

/** The recorded adjoint of `node` with 0 at one position along an axis. */
function withoutPosition(trace: Trace, pass: number, node: number, axis: number, position: number): Tensor {
  const adjoint = trace.passes[pass]?.steps.find((step) => step.node === node)?.adjoint;
  if (adjoint?.data == null)
    throw new RangeError(`[attribution] the gradient of node ${node} is not in the trace.`);
  const { shape, dtype, data } = adjoint;
  const kept = Float64Array.from(data, (x, index) => (indexAt(index, shape)[axis] === position ? 0 : x));
  return tensor(kept, { shape, dtype });
}
