/** Reading the backward passes of a trace. */
import type { TracePass, TraceTensor } from "./trace.ts";

/** What went in at each root: of a root that is given twice, both together. */
export function seedsOf(pass: TracePass): ReadonlyMap<number, TraceTensor> {
  return new Map(pass.seeds.map(({ node, sum }) => [node, sum]));
}

/** The last running sum at each node: its adjoint, but where a hook put another in its place. */
export function lastSums(pass: TracePass): ReadonlyMap<number, TraceTensor> {
  const sums = new Map(seedsOf(pass));
  for (const { contributions } of pass.steps) {
    for (const { target, sum } of contributions) sums.set(target, sum);
  }
  return sums;
}

/** True if two tensors hold the same numbers to the last bit, as far as they hold any. */
export function sameNumbers(a: TraceTensor, b: TraceTensor): boolean {
  if (a === b || a.data === null || b.data === null) return true;
  return a.data.length === b.data.length && a.data.every((x, i) => Object.is(x, b.data?.[i]));
}
