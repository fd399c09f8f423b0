/** How one entry of an op's input moves every entry of its output. */
import { ArgumentError, checkOptions, ones, tensor } from "@adjoint/tensor";
import { grad } from "../backward.ts";
import { enableGrad } from "../mode.ts";
import type { AnyOp } from "../op.ts";
import { Variable } from "../variable.ts";
import { ReplayOps } from "./replay-ops.ts";
import type { Trace } from "./trace.ts";

/** Settings of `edgeDerivatives`. */
export interface EdgeDerivativesOptions {
  /** Ops that are not the library's own, or that shall stand in place of the library's of the same name. */
  readonly ops?: readonly AnyOp[];
}

/**
 * ∂yₖ/∂xᵢ for every entry k of what `node` gave, x being its input `input`, in float64: the factors in x̄ᵢ = Σₖ gₖ · ∂yₖ/∂xᵢ.
 *
 * A VJP is linear in g, so that these factors are the gradient of x̄ᵢ with respect to g: the rule is run once and
 * differentiated once, whatever the op.
 *
 * @param index i, in row-major order.
 * @returns as many numbers as the output has entries, in row-major order.
 * @throws {ReplayError} if the op cannot be run again.
 * @throws {ArgumentError} if no gradient flows to that input, or it has no such entry.
 */
export function edgeDerivatives(
  trace: Trace,
  node: number,
  input: number,
  index: number,
  options: EdgeDerivativesOptions = {},
): Float64Array {
  checkOptions("edgeDerivatives", options, ["ops"]);
  const run = new ReplayOps(trace, { caller: "edgeDerivatives", dtype: "float64", ops: options.ops });
  const applied = run.node(node);
  if (applied.inputs[input]?.tracked !== true) {
    const what = `input is ${input}, and no gradient flows to it from node ${node}, ${applied.op}.`;
    throw new ArgumentError("edgeDerivatives", "input", what, "Give an input whose edge is tracked.");
  }
  const x = new Variable(run.recorded(run.source(applied, input).id), { requiresGrad: true });
  if (!(Number.isInteger(index) && index >= 0 && index < x.size)) {
    const what = `index is ${index}, and the input has ${x.size} entries.`;
    throw new ArgumentError("edgeDerivatives", "index", what, "Count from 0 in row-major order.");
  }
  return enableGrad(() => {
    const inputs = applied.inputs.map((_, i) => (i === input ? x : run.recorded(run.source(applied, i).id)));
    const y = run.apply(applied, inputs) as Variable;
    const g = new Variable(ones(y.shape, { dtype: "float64" }), { requiresGrad: true });
    const [cotangent] = grad([y], [x], { gradients: [g], createGraph: true }) as [Variable];
    if (!cotangent.requiresGrad) return new Float64Array(y.size);
    const entry = new Float64Array(x.size);
    entry[index] = 1;
    const gradients = [tensor(entry, { shape: x.shape })];
    const [factors] = grad([cotangent], [g], { gradients, allowUnused: true });
    // The entries that do not depend on x are 0, never −0.
    return Float64Array.from(
      factors?.value.toTypedArray() ?? new Float64Array(y.size),
      (factor) => factor + 0,
    );
  });
}
