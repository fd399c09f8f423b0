/** What a backward pass differentiated, as a function of the value of one node. */
import { isFloat, type Tensor, type TypedArray } from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import { ReplayError } from "../errors.ts";
import type { Question } from "./check-gradient.ts";
import type { ReplayOps } from "./replay-ops.ts";
import type { TraceNode, TracePass, TraceTensor } from "./trace.ts";
import { seedsOf } from "./trace-passes.ts";

/** What `checkEntries` asks of a function. */
export type Change = Pick<Question, "point" | "change" | "rounding" | "singlePrecision">;

/** L as a function of the value of node `start`. */
export function downstreamOf(run: ReplayOps, pass: TracePass, start: number): Change {
  const seeds = seedsOf(pass);
  const reached = new Set([start]);
  const isLive = (node: TraceNode, input: number): boolean => {
    const { source, tracked } = node.inputs[input] ?? { source: null, tracked: false };
    if (source === null || !reached.has(source)) return false;
    return tracked || !isFloat(run.node(source).dtype) || !run.opOf(node).differentiable(input);
  };
  const after = run.trace.nodes.filter((node) => {
    const live = node.inputs.some((_, input) => isLive(node, input));
    if (live) reached.add(node.id);
    return live;
  });
  // Of what is reached, that from which a root is computed.
  const wanted = new Set(seeds.keys());
  const path = after.reverse().filter((node) => {
    if (!wanted.has(node.id)) return false;
    for (const [input, { source }] of node.inputs.entries())
      if (source !== null && isLive(node, input)) wanted.add(source);
    return true;
  });
  const adjoints = new Map(pass.steps.map(({ node, adjoint }) => [node, adjoint]));
  return changeOf(run, run.node(start), path.reverse(), seeds, adjoints, isLive);
}

/**
 * Σ ⟨seed, value⟩ as a function of the value of `start`, computed by the ops of `path`, whose live inputs are those on the way.
 *
 * Rounding an entry v of a node moves L by its adjoint times v·2⁻⁵³; the sum of these over the path is what one value of L is
 * off by, more or less.
 */
export function changeOf(
  run: ReplayOps,
  start: TraceNode,
  path: readonly TraceNode[],
  seeds: ReadonlyMap<number, TraceTensor>,
  adjoints: ReadonlyMap<number, TraceTensor>,
  isLive: (node: TraceNode, input: number) => boolean,
): Change {
  const point = run.recorded(start.id);
  const valuesAt = (value: Tensor): ReadonlyMap<number, Tensor> => {
    const values = new Map([[start.id, value]]);
    for (const node of path) {
      const inputs = node.inputs.map((_, input) => {
        const source = run.source(node, input).id;
        return (isLive(node, input) ? values.get(source) : undefined) ?? run.recorded(source);
      });
      values.set(node.id, tensorOf(run.apply(node, inputs)));
    }
    return values;
  };
  const base = valuesAt(point);
  const singlePrecision = [start, ...path].some(({ dtype }) => dtype === "float32");
  for (const node of path) checkSame(node, base.get(node.id), singlePrecision);
  const roots = [...seeds].flatMap(([id, seed]) => {
    const y = base.get(id);
    return y === undefined ? [] : [{ id, seed: dataOf(seed, run.node(id), "check"), y: y.toTypedArray() }];
  });
  const change = (value: Tensor): number => {
    const values = valuesAt(value);
    let total = 0;
    for (const { id, seed, y } of roots) {
      const moved = values.get(id)?.toTypedArray();
      // What is not finite hides what is added to it.
      moved?.forEach((z, i) => {
        if (seed[i] !== 0) total += (seed[i] ?? 0) * (z - (y[i] ?? 0));
      });
    }
    return total;
  };
  let rounding = Number.MIN_VALUE;
  for (const [id, value] of base) rounding += weighted(adjoints.get(id)?.data ?? null, value) * 2 ** -52;
  return { point, change, rounding, singlePrecision };
}

/** √Σ (adjoint · value)², of what is finite. */
function weighted(adjoint: TypedArray | null, value: Tensor): number {
  let total = 0;
  value.toTypedArray().forEach((v, i) => {
    const term = (v * (adjoint?.[i] ?? 0)) ** 2;
    if (Number.isFinite(term)) total += term;
  });
  return Math.sqrt(total);
}

/** @throws {ReplayError} if the numbers are not those of the trace, as they are not after a write in place. */
function checkSame(node: TraceNode, value: Tensor | undefined, singlePrecision: boolean): void {
  const [now, then] = [value?.toTypedArray() ?? [], node.value?.data ?? null];
  if (then === null) return;
  const size = node.value?.statistics?.norm ?? 0;
  // Another engine may round otherwise.
  const gap = (singlePrecision ? 1e-3 : 1e-9) * Math.max(size, Number.MIN_VALUE);
  const other = then.findIndex((x, i) => {
    const y = now[i] ?? Number.NaN;
    return !(Object.is(x, y) || x === y || Math.abs(x - y) <= gap);
  });
  if (other < 0) return;
  const what = `node ${node.id}, ${node.op}, gave ${now[other]} at ${other}, and the trace says ${then[other]}.`;
  const remedy = "A value that was written in place since cannot be run again; record without the write.";
  throw new ReplayError("check", what, remedy, "numbers", node.id);
}

/** The elements of a gradient at `node`. @throws {ReplayError} if the trace has its statistics alone. */
export function dataOf({ data }: TraceTensor, { id, op }: TraceNode, caller: string): TypedArray {
  if (data !== null) return data;
  const what = `the gradient of node ${id}, ${op}, is in the trace by its statistics alone.`;
  throw new ReplayError(caller, what, "Record it with a larger maxBytes.", "data", id);
}
