import { add, type Value, type Variable } from "@adjoint/autograd";
import { formatShape, type RuleOf, ShapeMismatchError, type ShapeOf, sameShape } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x + f(x), f a module that keeps its input's shape. Its parameters are named `body.…`.
 *
 * Source: K. He et al., Deep residual learning for image recognition, CVPR 2016.
 *
 * @example new Residual(new ReLU()).forward(variable([-1, 2]))   // [-1, 4]
 */
export class Residual<const Body extends Module = Module> extends Module {
  override readonly shapeRule: RuleOf<Body>;
  /** f */
  readonly body: Body;

  constructor(body: Body) {
    super();
    this.shapeRule = body.shapeRule as RuleOf<Body>;
    this.body = body;
  }

  /** @throws {ShapeMismatchError} if f changes the shape: nothing is broadcast here. */
  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const x: Value = input;
    const y = this.body.forward(x);
    if (!sameShape(x.shape, y.shape)) {
      throw new ShapeMismatchError(
        "Residual",
        `the input is ${formatShape(x.shape)}, and its body makes ${formatShape(y.shape)} of it.`,
        "Give a body that keeps the shape; a convolution does with padding.",
        [x.shape, y.shape],
      );
    }
    return add(x, y) as Variable<ShapeOf<X>>;
  }
}
