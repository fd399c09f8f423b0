import { asVariable, type EluOptions, elu, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions, type ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x where x > 0, else alpha · (eˣ − 1), element by element; the derivative at 0 is alpha. Any shape.
 *
 * @example new ELU().forward(variable([-1, 0, 2]))   // [-0.6321205, 0, 2]
 */
export class ELU extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  readonly alpha: number;

  /** @throws {ArgumentError} if alpha is not finite. */
  constructor(options: EluOptions = {}) {
    super();
    checkOptions("ELU", options, ["alpha"]);
    this.alpha = options.alpha ?? 1;
    if (Number.isFinite(this.alpha)) return;
    throw new ArgumentError("ELU", "alpha", `alpha is ${this.alpha}.`, "Give a finite number; 1 is usual.");
  }

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    return asVariable(elu(input as Value, { alpha: this.alpha })) as Variable<ShapeOf<X>>;
  }
}
