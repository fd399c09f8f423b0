import { ArgumentError, checkOptions, type ShapeOf, type Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import { toReal } from "../operand.ts";
import type { Lift, Value } from "../variable.ts";
import { add } from "./add.ts";
import { erfc } from "./erfc.ts";
import { exp } from "./exp.ts";
import { mul } from "./mul.ts";
import { sigmoid } from "./sigmoid.ts";
import { square } from "./square.ts";
import { sub } from "./sub.ts";

/** Settings of `gelu`. */
export interface GeluOptions {
  /** "none" (default) is exact, "tanh" the approximation that older models were trained with. */
  readonly approximate?: "none" | "tanh";
}

const cubic = 0.044715;
/** 2 · √(2/π) */
const scale = 2 * Math.sqrt(2 / Math.PI);

/** The op behind `gelu`. */
export const geluOp: Op<[Tensor], Required<GeluOptions>> = /* @__PURE__ */ defineOp<
  [Tensor],
  Required<GeluOptions>
>({
  name: "gelu",
  forward: ([x], { approximate }) => {
    const real = toReal(x);
    // Φ by erfc, so that it is exact to the left, where 1 + erf would have lost its digits.
    const share =
      approximate === "none"
        ? real.mul(-Math.SQRT1_2).erfc().mul(0.5)
        : real.mul(real.mul(real).mul(cubic).add(1)).mul(scale).sigmoid();
    return real.mul(share);
  },
  vjp: [
    {
      formula: "x̄ = g · (Φ(x) + x · φ(x)), φ = Φ′",
      saves: [0],
      rule: (g, saved) =>
        mul(g, (saved.attributes.approximate === "none" ? slope : slopeOfTanh)(saved.input(0))),
    },
  ],
});

/**
 * y = x · Φ(x), element by element, with Φ(x) = ½ · (1 + erf(x/√2)), the normal distribution function.
 *
 * With `{ approximate: "tanh" }`, Φ(x) ≈ ½ · (1 + tanh(√(2/π) · (x + 0.044715 x³))). Finite, and with finite
 * derivatives, at any x whose cube is.
 *
 * Source: D. Hendrycks, K. Gimpel, Gaussian error linear units, 2016.
 *
 * @param x any shape `[…]`; integers and bools become float32.
 * @throws {ArgumentError} on an unknown option, or another approximation.
 * @example gelu(variable([-1, 0, 1]))   // [-0.1586553, 0, 0.8413447]
 */
export function gelu<X extends Value>(x: X, options: GeluOptions = {}): Lift<ShapeOf<X>, X> {
  checkOptions("gelu", options, ["approximate"]);
  const { approximate = "none" } = options;
  if (approximate !== "none" && approximate !== "tanh") {
    const what = `approximate is ${JSON.stringify(approximate)}.`;
    throw new ArgumentError("gelu", "approximate", what, 'Give "none" or "tanh".');
  }
  return apply(geluOp, [x], { approximate }) as Lift<ShapeOf<X>, X>;
}

function slope(x: Value): Value {
  const share = mul(erfc(mul(x, -Math.SQRT1_2)), 0.5);
  const density = mul(exp(mul(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
  return add(share, mul(x, density));
}

/** With u = scale · (x + cubic · x³), ½ · (1 + tanh(u/2)) is σ(u), and its derivative σ(u) · (1 − σ(u)) · u′. */
function slopeOfTanh(x: Value): Value {
  const s = sigmoid(mul(mul(x, add(mul(square(x), cubic), 1)), scale));
  const inner = mul(add(mul(square(x), 3 * cubic), 1), scale);
  return add(s, mul(mul(x, inner), mul(s, sub(1, s))));
}
