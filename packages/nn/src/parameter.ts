/** Parameters: the Variables that a module trains. */
import { Variable } from "@adjoint/autograd";
import type { Shape, Tensor } from "@adjoint/tensor";

/** A leaf that requires grad. A module finds its parameters among its properties by this class. */
export class Parameter<S extends Shape = Shape> extends Variable<S> {
  /** A parameter over `value` (shared, not copied), which must be floating-point. */
  constructor(value: Tensor<S>) {
    super(value, { requiresGrad: true });
  }
}
