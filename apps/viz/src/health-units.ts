/** Which ReLU units are dead, judged by one batch. Pure. */
import type { TraceNode, TraceTensor } from "@adjoint/autograd/graph";
import { elementwiseOps } from "./elementwise-ops.ts";
import { sizeOfShape } from "./tensor-entries.ts";

/** The units of a ReLU. */
export interface DeadUnits {
  /** Positions on the axis of units. */
  readonly dead: readonly number[];
  /** How many units there are, and how many numbers each gave: examples, times places for a convolution. */
  readonly units: number;
  readonly examples: number;
  /** The largest of the dead units' bounds on the share of examples that wake it. */
  readonly bound: number;
}

/**
 * The units of a ReLU that gave 0 for the whole batch and that at most the share `limit` of examples can be expected to wake.
 *
 * Of m examples none woke the unit. Two bounds on the share that would:
 * - 3 / m, the rule of three (95% sure);
 * - 1 / (1 + k²), where the inputs' mean lies k of their standard deviations below 0 (Cantelli's inequality), mean and
 *   deviation being estimated from the batch, which takes at least four examples.
 * The smaller one counts. Eight examples alone cannot tell a unit that is dead from one that is rarely needed: the second
 * bound is 1% at k = 10, where a healthy unit has k below 4.
 *
 * @returns null if `node` is no ReLU or its elements were not kept.
 */
export function deadUnits(
  node: TraceNode,
  nodes: ReadonlyMap<number, TraceNode>,
  limit: number,
): DeadUnits | null {
  const source = node.inputs[0]?.source;
  const before = source == null ? undefined : nodes.get(source);
  if (node.op !== "relu" || node.value?.data == null || node.shape.length < 2) return null;
  // In vmap hidden axes stand in front.
  const axis = unitAxis(node, nodes) + node.value.shape.length - node.shape.length;
  const { shape } = node.value;
  const units = shape[axis] ?? 0;
  const examples = sizeOfShape(shape) / Math.max(1, units);
  if (examples < 1) return null;
  const none = { dead: [], units, examples, bound: 0 };
  // Too few zeros for any unit to be 0 throughout: most layers are done here.
  if ((node.value.statistics?.zeros ?? examples) < examples) return none;
  const awake = columns(node.value, axis).map(({ largest }) => !(largest <= 0));
  if (awake.every(Boolean)) return none;
  const inputs = before?.value?.data == null ? null : columns(before.value, axis);
  const bounds = awake.map((wake, unit) => (wake ? 1 : boundOf(examples, inputs?.[unit])));
  const dead = [...bounds.keys()].filter((unit) => (bounds[unit] ?? 1) <= limit);
  return { dead, units, examples, bound: Math.max(0, ...dead.map((unit) => bounds[unit] ?? 0)) };
}

/** Between a convolution and its ReLU: a bias, and the steps of a normalisation. */
const longestTail = 8;

/** The channels of a convolution, the last axis of everything else. */
function unitAxis(node: TraceNode, nodes: ReadonlyMap<number, TraceNode>): number {
  let from: TraceNode | undefined = node;
  for (let step = 0; step < longestTail && elementwiseOps.has(from?.op ?? ""); step++) {
    from = nodes.get(from?.inputs[0]?.source ?? -1);
  }
  return from?.op.startsWith("conv") === true && node.shape.length >= 3 ? 1 : node.shape.length - 1;
}

interface Column {
  readonly largest: number;
  readonly mean: number;
  /** With n − 1 in the denominator. */
  readonly deviation: number;
}

/** Each unit's numbers in three; mean and deviation in one pass by Welford's method. */
function columns({ data, shape }: TraceTensor, axis: number): Column[] {
  const units = shape[axis] ?? 0;
  const inner = sizeOfShape(shape.slice(axis + 1));
  const largest = new Float64Array(units).fill(Number.NEGATIVE_INFINITY);
  const mean = new Float64Array(units);
  const squares = new Float64Array(units);
  const seen = new Float64Array(units);
  for (let i = 0; data !== null && i < data.length; i++) {
    const unit = Math.floor(i / inner) % units;
    const x = Number(data[i]);
    const count = (seen[unit] ?? 0) + 1;
    const before = mean[unit] ?? 0;
    const after = before + (x - before) / count;
    seen[unit] = count;
    mean[unit] = after;
    squares[unit] = (squares[unit] ?? 0) + (x - before) * (x - after);
    largest[unit] = Math.max(largest[unit] ?? x, x);
  }
  return Array.from(largest, (most, unit): Column => {
    const deviation = Math.sqrt((squares[unit] ?? 0) / Math.max(1, (seen[unit] ?? 0) - 1));
    return { largest: most, mean: mean[unit] ?? 0, deviation };
  });
}

const examplesForSpread = 4;

function boundOf(examples: number, input: Column | undefined): number {
  const unseen = Math.min(1, 3 / examples);
  if (input === undefined || examples < examplesForSpread || !(input.mean < 0)) return unseen;
  // 1 / (1 + k²) with k = −mean / deviation; 0 where all inputs are alike.
  const [square, spread] = [input.mean ** 2, input.deviation ** 2];
  return Math.min(unseen, spread / (spread + square));
}
