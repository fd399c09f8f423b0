import type { ShapeOf } from "@adjoint/tensor";
import type { Lift, Value } from "../variable.ts";
import { elu } from "./elu.ts";
import { mul } from "./mul.ts";

// The fixed point of mean 0 and variance 1; to all digits in the authors' code and in PyTorch.
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * y = 1.0507… · elu(x, alpha = 1.6732…), element by element: keeps mean 0 and variance 1 from layer to layer.
 *
 * Source: G. Klambauer et al., Self-normalizing neural networks, NeurIPS 2017.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @example selu(variable([-1, 0, 2]))   // [-1.111331, 0, 2.101402]
 */
export function selu<X extends Value>(x: X): Lift<ShapeOf<X>, X> {
  return mul(elu(x as Value, { alpha }), scale) as Lift<ShapeOf<X>, X>;
}
