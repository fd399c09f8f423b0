/** Line 20 of the semantics, and dtypes: a gradient comes back in its input's own shape and dtype. */
import {
  add,
  cast,
  div,
  grad,
  maximum,
  mul,
  pow,
  sub,
  sum,
  sumTo,
  type Value,
  Variable,
  variable,
  where,
} from "@adjoint/autograd";
import { full, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

/** A leaf of `shape` that holds 1.5 everywhere. */
function leaf(shape: readonly number[], dtype: "float32" | "float64" = "float64"): Variable {
  return new Variable(full(shape, 1.5, { dtype }), { requiresGrad: true });
}

describe("broadcasting", () => {
  const ops: Record<string, (a: Variable, b: Variable) => Value> = {
    add: (a, b) => add(a, b),
    sub: (a, b) => sub(a, b),
    mul: (a, b) => mul(a, b),
    div: (a, b) => div(a, b),
    pow: (a, b) => pow(a, b),
    maximum: (a, b) => maximum(a, b),
    where: (a, b) => where(tensor([true, false]), a, b),
  };
  const shapes = [
    [[2], []],
    [[3, 2], [2]],
    [
      [3, 1],
      [1, 2],
    ],
    [
      [4, 1, 2],
      [3, 1],
    ],
    [
      [1, 1],
      [5, 3, 2],
    ],
    [
      [0, 2],
      [1, 2],
    ],
  ] as const;
  for (const [name, f] of Object.entries(ops)) {
    it(`20. ${name}: gradients are summed back to the inputs' shapes`, () => {
      for (const [first, second] of shapes) {
        const [a, b] = [leaf(first), leaf(second)];
        const y = sum(f(a, b) as Variable);
        const [ga, gb] = grad(y, [a, b]);
        expect([ga?.shape, gb?.shape]).toEqual([first, second]);
      }
    });
  }

  it("20. the sum counts every repetition", () => {
    const [row, column, scalar] = [variable([1, 2, 3]), variable([[10], [20]]), variable(5)];
    sum(add(mul(row, column), scalar)).backward();
    expect([row.grad?.toArray(), column.grad?.toArray(), scalar.grad?.toArray()]).toEqual([
      [30, 30, 30],
      [[6], [6]],
      6,
    ]);
  });

  it("20. an axis of size 1 that met no other stays", () => {
    const x = leaf([1, 2]);
    sum(mul(x, x)).backward();
    expect(x.grad?.toArray()).toEqual([[3, 3]]);
  });

  it("20. repetition no times at all gives zeros", () => {
    const x = leaf([1, 2]);
    sum(add(x, leaf([0, 2]))).backward();
    expect(x.grad?.toArray()).toEqual([[0, 0]]);
  });

  it("20. sumTo is the transpose of broadcasting, and a value of the same shape is left as it is", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(sumTo(x, [2])).toMatchObject({ shape: [2] });
    expect([sumTo(x, [2, 1]), sumTo(x, [1, 1]), sumTo(x, [])].map((y) => y.toArray())).toEqual([
      [[3], [7]],
      [[10]],
      10,
    ]);
    expect(sumTo(x, [2, 2])).toBe(x);
  });
});

describe("dtypes", () => {
  it("30. float32 with float64 computes in float64; each gradient comes back in its input's dtype", () => {
    const [x, w] = [leaf([2], "float32"), leaf([2], "float64")];
    const y = mul(x, w);
    sum(y).backward();
    expect([y.dtype, x.grad?.dtype, w.grad?.dtype]).toEqual(["float64", "float32", "float64"]);
  });

  it("30. the gradient is rounded once, at its input", () => {
    const x = leaf([], "float32");
    const third = tensor(1 / 3, { dtype: "float64" });
    mul(mul(x, third), 3).backward();
    expect(x.grad?.item()).toBe(1);
  });

  it("30. uses in two dtypes add up", () => {
    const x = leaf([2], "float32");
    sum(add(mul(x, 2), mul(cast(x, "float64"), 3))).backward();
    expect([x.grad?.dtype, x.grad?.toArray()]).toEqual(["float32", [5, 5]]);
  });

  it("30. an integer operand is a constant", () => {
    const x = variable([1, 2]);
    sum(mul(x, tensor([3, 4], { dtype: "int32" }))).backward();
    expect(x.grad?.toArray()).toEqual([3, 4]);
  });

  it("30. a number beside a tensor does not raise its dtype, in the gradient either", () => {
    const x = leaf([2], "float32");
    const y = mul(x, Math.PI);
    sum(y).backward();
    expect([y.dtype, x.grad?.dtype, x.grad?.toArray()[0 as never]]).toEqual([
      "float32",
      "float32",
      Math.fround(Math.PI),
    ]);
  });
});
