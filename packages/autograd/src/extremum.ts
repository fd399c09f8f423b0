/** What `max` and `min` have in common: who gets the gradient. */
import type { Tensor } from "@adjoint/tensor";
import { tensorOf } from "./apply.ts";
import { div } from "./ops/div.ts";
import { gather } from "./ops/gather.ts";
import { squeeze } from "./ops/squeeze.ts";
import { type ReduceAttributes, restoreAxes } from "./ops/sum.ts";
import { where } from "./ops/where.ts";
import type { Saved } from "./saved.ts";
import type { Value } from "./variable.ts";

/**
 * The VJP of an extremum over all elements or a list of axes: g in equal shares to all elements that attain it. Where
 * a NaN went through, the NaNs share it, as in torch.max(x); torch.amax gives NaN to the whole row instead.
 *
 * Which elements attain it is constant around x (but for a set of measure zero), so it is worked out on plain tensors.
 *
 * Source: pytorch/pytorch, torch/csrc/autograd/FunctionsManual.cpp, evenly_distribute_backward.
 */
export function shareAmongTies(g: Value, saved: Saved<ReduceAttributes>): Value {
  const x = tensorOf(saved.input(0));
  const { axes } = saved.attributes;
  const y = tensorOf(restoreAxes(tensorOf(saved.output()), x.shape, axes));
  const ties = x.equal(y).or(x.isnan());
  const count: Tensor = ties.sum(axes, { keepDims: true });
  return where(ties, div(restoreAxes(g, x.shape, axes), count), 0);
}

/** x at `index` along `axis`, which index has as size 1; gather's VJP gives all of g to that element. */
export function elementAt(x: Value, index: Value, axis: number, keepDims: boolean): Value {
  const y = gather(x, index, axis);
  return keepDims ? y : squeeze(y, axis);
}
