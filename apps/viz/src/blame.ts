/** Where to look for what made a gradient wrong: the way from a node to the root. Pure. */
import type { Trace, TraceTensor } from "@adjoint/autograd/graph";

/** A contribution of a backward pass. */
export interface PassEdge {
  readonly consumer: number;
  readonly input: number;
  readonly target: number;
}

/** All contributions that took part in the adjoint of `node`: those that went to it first, then those to their consumers. */
export function edgesDownstream(trace: Trace, pass: number, node: number): readonly PassEdge[] {
  const into = new Map<number, PassEdge[]>();
  for (const { node: consumer, contributions } of trace.passes[pass]?.steps ?? []) {
    for (const { input, target } of contributions) {
      const list = into.get(target) ?? [];
      into.set(target, list);
      list.push({ consumer, input, target });
    }
  }
  const seen = new Set([node]);
  const edges: PassEdge[] = [];
  for (const target of seen) {
    for (const edge of into.get(target) ?? []) {
      edges.push(edge);
      seen.add(edge.consumer);
    }
  }
  return edges;
}

/** The nodes on the way from `node` to the root, itself included, whose adjoint is not the sum of what arrived there. */
export function changedAdjoints(trace: Trace, pass: number, node: number): readonly number[] {
  const sums = new Map<number, TraceTensor>();
  const { seeds = [], steps = [] } = trace.passes[pass] ?? {};
  for (const { node: root, sum } of seeds) sums.set(root, sum);
  for (const { contributions } of steps) for (const { target, sum } of contributions) sums.set(target, sum);
  const way = new Set([node, ...edgesDownstream(trace, pass, node).map(({ consumer }) => consumer)]);
  return steps
    .filter(({ node: id, adjoint }) => way.has(id) && !sameNumbers(sums.get(id), adjoint))
    .map(({ node: id }) => id);
}

function sameNumbers(a: TraceTensor | undefined, b: TraceTensor): boolean {
  if (a === undefined || a === b) return true;
  const [x, y] = [a.data, b.data];
  if (x === null || y === null) return true;
  return x.length === y.length && x.every((each: number, i: number) => Object.is(each, y[i]));
}
