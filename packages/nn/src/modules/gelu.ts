import { asVariable, type GeluOptions, gelu, type Value, type Variable } from "@adjoint/autograd";
import { ArgumentError, checkOptions, type ShapeOf } from "@adjoint/tensor";
import { Module } from "../module.ts";

/**
 * y = x · Φ(x), element by element, Φ the normal distribution function; `{ approximate: "tanh" }` as older models had it.
 * Any shape.
 *
 * @example new GELU().forward(variable([-1, 0, 1]))   // [-0.1586553, 0, 0.8413447]
 */
export class GELU extends Module {
  override readonly shapeRule: { readonly kind: "same" } = { kind: "same" };
  readonly approximate: "none" | "tanh";

  /** @throws {ArgumentError} on an unknown option, or another approximation. */
  constructor(options: GeluOptions = {}) {
    super();
    checkOptions("GELU", options, ["approximate"]);
    this.approximate = options.approximate ?? "none";
    if (this.approximate === "none" || this.approximate === "tanh") return;
    const what = `approximate is ${JSON.stringify(this.approximate)}.`;
    throw new ArgumentError("GELU", "approximate", what, 'Give "none" or "tanh".');
  }

  override forward<X extends Value>(input: X): Variable<ShapeOf<X>> {
    const { approximate } = this;
    return asVariable(gelu(input as Value, { approximate })) as Variable<ShapeOf<X>>;
  }
}
