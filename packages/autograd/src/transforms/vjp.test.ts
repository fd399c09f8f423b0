import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import { argmax, exp, grad, hvp, jvp, mul, sum, type Value, Variable, vjp, vmap } from "../index.ts";

const float64 = { dtype: "float64" } as const;
const x = tensor([1, 2], float64) as Tensor;
const y = tensor([3, 4], float64) as Tensor;
const f = (a: Value, b: Value): { product: Value; parts: [Value, Value] } => ({
  product: mul(a, b),
  parts: [sum(a), exp(b)],
});

describe("vjp", () => {
  it("gives the result and a pullback, trees in and out", () => {
    const [result, pullback] = vjp(f, x, y);
    expectClose((result.product as Variable).value, [3, 8], 0);
    const zero = tensor([0, 0], float64);
    const [a, b] = pullback({ product: tensor([1, 10], float64), parts: [tensor(100, float64), zero] });
    expectClose((a as Variable).value, [103, 140], 0);
    expectClose((b as Variable).value, [1, 20], 0);
  });

  it("the pullback can be called again, and under vmap", () => {
    const [, pullback] = vjp((a: Value) => mul(a, a), x);
    expectClose(pullback(tensor([1, 0], float64))[0].value, [2, 0], 0);
    expectClose(pullback(tensor([0, 1], float64))[0].value, [0, 4], 0);
    const rows = vmap((u: Tensor) => pullback(u)[0])(
      tensor(
        [
          [1, 0],
          [0, 1],
          [1, 1],
        ],
        float64,
      ) as Tensor,
    );
    expectClose(
      rows.value,
      [
        [2, 0],
        [0, 4],
        [2, 4],
      ],
      0,
    );
  });

  it("what it gives can be differentiated, with respect to cotangents too", () => {
    const [, pullback] = vjp((a: Value) => mul(a, a), x);
    const u = new Variable(y, { requiresGrad: true });
    expectClose((grad(sum(pullback(u)[0]) as Variable, [u])[0] as Variable).value, [2, 4], 0);
  });

  it("refuses cotangents that do not fit", () => {
    const [, pullback] = vjp(f, x, y);
    const u = tensor([1, 1], float64);
    expect(messageOf(() => pullback({ product: u, parts: [u, u] }))).toBe(
      "[vjp] cotangents.parts[0] is [2], its counterpart is []. Give cotangents of the structure and shapes of their counterparts.",
    );
    expect(messageOf(() => pullback({ product: u } as never))).toBe(
      "[vjp] cotangents.parts[0] is nothing, its counterpart is []. Give cotangents of the structure and shapes of their counterparts.",
    );
    expect(messageOf(() => vjp((a: Value) => a, x)[1]([u, u] as never))).toBe(
      "[vjp] cotangents is nothing, its counterpart is [2]. Give cotangents of the structure and shapes of their counterparts.",
    );
  });
});

describe("jvp", () => {
  it("gives the result and its tangents, trees in and out", () => {
    const [result, tangents] = jvp(f, [x, y], [tensor([1, 10], float64), tensor([0, 1], float64)]);
    expectClose((result.product as Variable).value, [3, 8], 0);
    expectClose((tangents.product as Variable).value, [3, 42], 0);
    expectClose((tangents.parts[0] as Variable).value, 11, 0);
    expectClose((tangents.parts[1] as Variable).value, [0, Math.exp(4)], 1e-12);
  });

  it("gives zeros for results that do not depend on the primals, whole numbers among them", () => {
    const [, tangents] = jvp((a: Value) => [argmax(a), y] as const, [x], [y]);
    expect(tangents[0].dtype).toBe("int32");
    expectClose(tangents[1].value, [0, 0], 0);
  });

  it("nests: the second derivative along two directions", () => {
    const slope = (a: Value): Value => jvp((b: Value) => mul(b, mul(b, b)), [a], [x])[1];
    expectClose(jvp(slope, [x], [y])[1].value, [18, 96], 1e-12);
  });

  it("refuses tangents that do not fit", () => {
    expect(messageOf(() => jvp((a: Value) => a, [x], [tensor([1])]))).toBe(
      "[jvp] tangents[0] is [1], its counterpart is [2]. Give tangents of the structure and shapes of their counterparts.",
    );
    expect(messageOf(() => jvp((a: Value) => a, [x], [y, y] as never))).toBe(
      "[jvp] tangents[1] has no counterpart. Give tangents of the structure and shapes of their counterparts.",
    );
  });
});

describe("hvp", () => {
  it("is the Hessian of all primals together, times the tangents", () => {
    // f = Σ a²b: the Hessian's blocks are 2b, 2a and 0.
    const [a, b] = hvp(
      (a: Value, b: Value) => sum(mul(mul(a, a), b)),
      [x, y],
      [tensor([1, 0], float64), tensor([0, 1], float64)],
    );
    expectClose((a as Variable).value, [6, 4], 0);
    expectClose((b as Variable).value, [2, 0], 0);
  });

  it("is zero for a linear function", () => {
    expectClose((hvp((a: Value) => sum(a), [x], [y])[0] as Variable).value, [0, 0], 0);
  });
});
