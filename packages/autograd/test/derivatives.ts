/** Higher derivatives of a function of one number, for the suites of ops that have kinks. */
import { zeros } from "@adjoint/tensor";
import { tensorOf } from "../src/apply.ts";
import { grad, sum, type Value, Variable } from "../src/index.ts";
import { toTensor } from "./describe-op.ts";

/**
 * f, f′, f″, … up to `order` of the elementwise function `f` at each of `points`, in float64; a derivative that nothing
 * depends on is 0. Each is the gradient of the one before, with the graph of the backward pass recorded. −0 counts as 0.
 */
export function derivatives(f: (x: Value) => Value, points: readonly number[], order: number): number[][] {
  const x = new Variable(toTensor(points), { requiresGrad: true });
  const zero = zeros([points.length], { dtype: "float64" });
  let y = f(x);
  const found = [numbersOf(y)];
  while (found.length <= order) {
    const tracked = y instanceof Variable && y.requiresGrad;
    const total = tracked ? (sum(y) as Variable) : null;
    y = (total && grad(total, [x], { createGraph: true, allowUnused: true })[0]) ?? zero;
    found.push(numbersOf(y));
  }
  return found;
}

function numbersOf(x: Value): number[] {
  return Array.from(tensorOf(x).toTypedArray(), (value) => value + 0);
}
