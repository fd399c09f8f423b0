/** What differs between two traces: two steps of a run, or two runs. Pure. */
import type { Json, Trace, TraceNode, TracePass, TraceTensor } from "@adjoint/autograd/graph";
import type { TypedArray } from "@adjoint/tensor";
import { matchSteps } from "./node-matching.ts";
import { indexAt } from "./tensor-entries.ts";

/** In what a matched node differs; `shape` is shape or dtype, `inputs` what it computes from. */
export type Facet = "shape" | "attributes" | "inputs" | "value" | "adjoint";

/** How far two tensors of one shape are apart, as the library's subtraction says. */
export interface NumberDifference {
  /** How many entries differ; NaN equals NaN here, and 0 equals −0. */
  readonly entries: number;
  readonly size: number;
  /** The largest |second − first|; NaN where one side alone is NaN, or infinities subtract to it. */
  readonly largest: number;
  /** Where it is, the first of equals. */
  readonly index: readonly number[];
  /** `largest` divided by the largest finite magnitude on either side; 0 where no entry differs. */
  readonly relative: number;
}

/** One node of either trace. */
export interface NodeDifference {
  readonly status: "same" | "changed" | "added" | "removed";
  /** Its ids in the first and in the second trace; null where it is not. */
  readonly first: number | null;
  readonly second: number | null;
  /** What changed, in the order of `Facet`. */
  readonly facets: readonly Facet[];
  /** Null where there is nothing to subtract: added, removed, of other shapes, or without numbers on a side. */
  readonly value: NumberDifference | null;
  readonly adjoint: NumberDifference | null;
}

/** The difference of two traces. */
export interface TraceDifference {
  /** In the second trace's order; what was removed stands behind the node that it followed. */
  readonly nodes: readonly NodeDifference[];
  readonly byFirst: ReadonlyMap<number, NodeDifference>;
  readonly bySecond: ReadonlyMap<number, NodeDifference>;
  /** How many nodes have each status. */
  readonly counts: Readonly<Record<NodeDifference["status"], number>>;
}

/** A trace, and the pass whose adjoints are compared. */
export interface Side {
  readonly trace: Trace;
  readonly pass: TracePass | null;
}

/**
 * Compares two traces node by node.
 *
 * Times and bytes are not compared. Tensors whose elements were not kept count as equal where their statistics are.
 */
export function differenceOf(first: Side, second: Side): TraceDifference {
  const steps = differenceSteps(first, second);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * As `differenceOf`, in steps between which the caller may do something else: each is one node, or some of its entries.
 *
 * @returns the difference, when the steps have come to their end.
 */
export function* differenceSteps(first: Side, second: Side): Generator<undefined, TraceDifference> {
  const matching = yield* matchSteps(first.trace, second.trace);
  const compare = comparison(first, second, matching);
  const partners = new Map([...matching].map(([a, b]) => [b, a]));
  const byFirst = new Map<number, NodeDifference>();
  const bySecond = new Map<number, NodeDifference>();
  for (const node of second.trace.nodes) {
    yield;
    const partner = partners.get(node.id);
    const found = partner === undefined ? lone("added", null, node.id) : yield* compare(partner, node);
    bySecond.set(node.id, found);
    if (partner !== undefined) byFirst.set(partner, found);
  }
  for (const { id } of first.trace.nodes) if (!byFirst.has(id)) byFirst.set(id, lone("removed", id, null));
  return differenceFrom(merge(first.trace, second.trace, byFirst, bySecond));
}

function differenceFrom(nodes: readonly NodeDifference[]): TraceDifference {
  const byFirst = new Map<number, NodeDifference>();
  const bySecond = new Map<number, NodeDifference>();
  const counts = { same: 0, changed: 0, added: 0, removed: 0 };
  for (const node of nodes) {
    counts[node.status]++;
    if (node.first !== null) byFirst.set(node.first, node);
    if (node.second !== null) bySecond.set(node.second, node);
  }
  return { nodes, byFirst, bySecond, counts };
}

function lone(status: "added" | "removed", first: number | null, second: number | null): NodeDifference {
  return { status, first, second, facets: [], value: null, adjoint: null };
}

/** The second trace's nodes, each with the removed ones behind it that followed it in the first. */
function merge(
  first: Trace,
  second: Trace,
  byFirst: ReadonlyMap<number, NodeDifference>,
  bySecond: ReadonlyMap<number, NodeDifference>,
): NodeDifference[] {
  const followers = new Map<number | null, NodeDifference[]>();
  let last: number | null = null;
  for (const { id } of first.nodes) {
    const found = byFirst.get(id);
    if (found === undefined) continue;
    if (found.second !== null) last = found.second;
    else followers.set(last, [...(followers.get(last) ?? []), found]);
  }
  const nodes = [...(followers.get(null) ?? [])];
  for (const { id } of second.nodes) {
    const found = bySecond.get(id);
    if (found !== undefined) nodes.push(found, ...(followers.get(id) ?? []));
  }
  return nodes;
}

function comparison(
  first: Side,
  second: Side,
  matching: ReadonlyMap<number, number>,
): (partner: number, node: TraceNode) => Generator<undefined, NodeDifference> {
  const nodes = new Map(first.trace.nodes.map((node) => [node.id, node]));
  const [before, after] = [adjointsOf(first.pass), adjointsOf(second.pass)];
  return function* (partner, node) {
    const other = nodes.get(partner);
    if (other === undefined) return lone("added", null, node.id);
    const value = yield* compareTensors(other.value, node.value);
    const adjoint = yield* compareTensors(before.get(partner) ?? null, after.get(node.id) ?? null);
    const differs: Readonly<Record<Facet, boolean>> = {
      shape: node.dtype !== other.dtype || !sameList(node.shape, other.shape),
      attributes: !sameJson(node.attributes, other.attributes),
      inputs: !sameInputs(other, node, matching),
      value: value.differ,
      adjoint: adjoint.differ,
    };
    const facets = facetOrder.filter((facet) => differs[facet]);
    const status = facets.length === 0 ? "same" : "changed";
    return {
      status,
      first: partner,
      second: node.id,
      facets,
      value: value.numbers,
      adjoint: adjoint.numbers,
    };
  };
}

const facetOrder: readonly Facet[] = ["shape", "attributes", "inputs", "value", "adjoint"];

function adjointsOf(pass: TracePass | null): ReadonlyMap<number, TraceTensor> {
  return new Map(pass?.steps.map(({ node, adjoint }) => [node, adjoint]));
}

function sameInputs(a: TraceNode, b: TraceNode, matching: ReadonlyMap<number, number>): boolean {
  if (a.inputs.length !== b.inputs.length) return false;
  return a.inputs.every(({ source }, i) => {
    const other = b.inputs[i]?.source ?? null;
    return source === null ? other === null : matching.get(source) === other;
  });
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => Object.is(each, b[i]));
}

/** Whether two JSON values say the same; the order of properties does not count. */
function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, i) => sameJson(each, b[i] ?? null));
  }
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    left.size === right.size &&
    [...left].every(([key, each]) => right.has(key) && sameJson(each, right.get(key) ?? null))
  );
}

interface Compared {
  readonly differ: boolean;
  readonly numbers: NumberDifference | null;
}

function* compareTensors(a: TraceTensor | null, b: TraceTensor | null): Generator<undefined, Compared> {
  if (a === null || b === null) return { differ: a !== b, numbers: null };
  if (a.dtype !== b.dtype || !sameList(a.shape, b.shape)) return { differ: true, numbers: null };
  if (a.data === null || b.data === null) {
    const [left, right] = [Object.values(a.statistics ?? {}), Object.values(b.statistics ?? {})];
    return { differ: !sameList(left, right), numbers: null };
  }
  const numbers = yield* numberDifference(a.data, b.data, a);
  return { differ: numbers.entries > 0, numbers };
}

/** So many entries are one step. */
const entriesAtOnce = 2 ** 16;

function* numberDifference(
  a: TypedArray,
  b: TypedArray,
  { dtype, shape }: TraceTensor,
): Generator<undefined, NumberDifference> {
  const round = dtype === "float32" ? Math.fround : (x: number): number => x;
  let [entries, largest, at, scale] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (i % entriesAtOnce === entriesAtOnce - 1) yield;
    const [x, y] = [Number(a[i]), Number(b[i])];
    scale = Math.max(scale, Number.isFinite(x) ? Math.abs(x) : 0, Number.isFinite(y) ? Math.abs(y) : 0);
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    entries++;
    const gap = Math.abs(round(y - x));
    // A NaN stays: it is the largest of all.
    if (gap > largest || (Number.isNaN(gap) && !Number.isNaN(largest))) [largest, at] = [gap, i];
  }
  const relative = largest === 0 ? 0 : largest / scale;
  return { entries, size: a.length, largest, index: entries === 0 ? [] : indexAt(at, shape), relative };
}
