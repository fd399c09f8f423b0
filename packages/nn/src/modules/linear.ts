import { add, linear, type Value, type Variable } from "@adjoint/autograd";
import {
  checkOptions,
  type FloatDType,
  formatShape,
  type Generator,
  type Guard,
  type LinearOutput,
  type Resolved,
  ShapeMismatchError,
  type ShapeOf,
  zeros,
} from "@adjoint/tensor";
import { kaimingUniform, uniform } from "../init.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkWidths } from "./widths.ts";

/** Settings of a Linear layer. */
export interface LinearOptions {
  /** Add a bias. Default true. */
  readonly bias?: boolean;
  /** Default float32. */
  readonly dtype?: FloatDType;
  /** Whose numbers the weights start from. Default: the package's default generator. */
  readonly generator?: Generator;
}

/**
 * y = x·Wᵀ + b for x `[…, in]`, W `[out, in]`, b `[out]`.
 *
 * Starts as PyTorch's Linear does: W and b uniform in ±1/√in (kaiming uniform with a = √5).
 *
 * @example new Linear(3, 2).forward(ones([64, 3])).shape   // [64, 2]
 */
export class Linear<In extends number = number, Out extends number = number> extends Module {
  override readonly shapeRule: { readonly kind: "linear"; readonly in: In; readonly out: Out };
  readonly weight: Parameter<[Out, In]>;
  readonly bias: Parameter<[Out]> | null;

  /** @throws {ArgumentError} if a width is not a whole number of at least 1. */
  constructor(inFeatures: In, outFeatures: Out, options: LinearOptions = {}) {
    super();
    checkOptions("Linear", options, ["bias", "dtype", "generator"]);
    checkWidths("Linear", { inFeatures, outFeatures });
    const { dtype = "float32", bias = true, generator } = options;
    const source = generator === undefined ? {} : { generator };
    this.shapeRule = { kind: "linear", in: inFeatures, out: outFeatures };
    this.weight = new Parameter(zeros<[Out, In], FloatDType>([outFeatures, inFeatures], { dtype }));
    kaimingUniform(this.weight, { a: Math.sqrt(5), ...source });
    this.bias = bias ? new Parameter(zeros<[Out], FloatDType>([outFeatures], { dtype })) : null;
    const bound = 1 / Math.sqrt(inFeatures);
    if (this.bias !== null) uniform(this.bias, { low: -bound, high: bound, ...source });
  }

  /** @throws {ShapeMismatchError} if the last axis of `input` is not `in`. */
  override forward<X extends Value>(
    input: X & Guard<LinearOutput<ShapeOf<X>, In, Out>>,
  ): Variable<Resolved<LinearOutput<ShapeOf<X>, In, Out>>> {
    const x: Value = input;
    const { in: width } = this.shapeRule;
    if (x.shape.at(-1) !== width) {
      const axis = x.rank === 0 ? "" : ` (axis ${x.rank - 1} = ${x.shape.at(-1)})`;
      throw new ShapeMismatchError(
        "Linear",
        `expected last axis ${width}: input is ${formatShape(x.shape)}${axis}.`,
        "Flatten or reshape the input, or make the layer as wide as its input.",
        [x.shape, this.weight.shape],
      );
    }
    const weight: Variable = this.weight;
    const product = linear(x, weight);
    const y = this.bias === null ? product : add(product, this.bias as Variable);
    return y as Variable<Resolved<LinearOutput<ShapeOf<X>, In, Out>>>;
  }
}
