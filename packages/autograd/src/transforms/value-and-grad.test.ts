import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import {
  add,
  backward,
  exp,
  grad,
  matmul,
  mul,
  noGrad,
  pow,
  sum,
  type Value,
  Variable,
  valueAndGrad,
  variable,
} from "../index.ts";

const float64 = { dtype: "float64" } as const;
const cube = (x: Value): Value => sum(pow(x, 3));

describe("valueAndGrad", () => {
  it("gives the value and the gradient, for Tensors and for Variables", () => {
    for (const x of [tensor([1, 2], float64) as Tensor, new Variable(tensor([1, 2], float64) as Tensor)]) {
      const [value, gradient] = valueAndGrad(cube)(x);
      expectClose(value.value, 9, 0);
      expectClose((gradient as Variable).value, [3, 12], 0);
    }
  });

  it("gives gradients in the structure of the argument, nested as it is", () => {
    const net = (p: { layers: { w: Variable; b: Variable }[]; name: string }, x: Tensor): Variable =>
      sum(p.layers.reduce<Value>((h, { w, b }) => add(matmul(h, w), b), x)) as Variable;
    const layers = [
      {
        w: variable([
          [1, 2],
          [3, 4],
        ]),
        b: variable([1, 1]),
      },
      { w: variable([[1], [2]]), b: variable([5]) },
    ];
    const [, gradients] = valueAndGrad(net)({ layers, name: "net" }, tensor([[1, 1]]));
    expect(gradients.name).toBe("net");
    expect(gradients.layers[0]?.w.toArray()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(gradients.layers[1]?.b.toArray()).toEqual([1]);
  });

  it("differentiates the arguments of argnums, and gives a list for a list", () => {
    const f = (a: Value, b: Value): Value => sum(mul(a, mul(b, b)));
    const [a, b] = [tensor([1, 2], float64), tensor([3, 4], float64)];
    expectClose((grad(f, { argnums: 1 })(a, b) as Variable).value, [6, 16], 0);
    const [second, first] = grad(f, { argnums: [1, 0] })(a, b) as [Variable, Variable];
    expectClose(second.value, [6, 16], 0);
    expectClose(first.value, [9, 16], 0);
  });

  it("hands on what the function returns beside the number", () => {
    const f = (x: Value): [Value, { squares: Value; note: string }] => {
      const squares = mul(x, x);
      return [sum(squares), { squares, note: "mean of 2" }];
    };
    const [value, gradient, aux] = valueAndGrad(f, { hasAux: true })(tensor([1, 2], float64) as Tensor);
    expect([value.item(), (gradient as Variable).toArray(), aux.note]).toEqual([5, [2, 4], "mean of 2"]);
    expect((aux.squares as Variable).toArray()).toEqual([1, 4]);
    expect((aux.squares as Variable).requiresGrad).toBe(false);
    const [alone, again] = grad(f, { hasAux: true })(tensor([1, 2], float64) as Tensor);
    expect([(alone as Variable).toArray(), again.note]).toEqual([[2, 4], "mean of 2"]);
  });

  it("gives zeros where the result does not depend on the argument", () => {
    const gradient = grad((_: Value) => sum(tensor([1, 2], float64)) as Value);
    expectClose((gradient(tensor([1, 2], float64)) as Variable).value, [0, 0], 0);
  });

  it("accepts a result of shape [1, 1]", () => {
    const f = (x: Value): Value => matmul(x, x) as Value;
    expectClose((grad(f)(tensor([[3]], float64)) as Variable).value, [[6]], 0);
  });

  it("leaves every grad alone, also of Variables it closes over", () => {
    const w = variable([1, 2]);
    const x = variable([3, 4]);
    grad((x: Value) => sum(mul(x, w)))(x);
    expect([w.grad, x.grad]).toEqual([null, null]);
  });

  it("nests to any order", () => {
    const derivative =
      (f: (x: Value) => Value) =>
      (x: Value): Value =>
        sum(grad(f)(x) as Variable);
    const x = tensor(2, float64) as Tensor;
    const fourth = derivative(derivative(derivative(derivative((x: Value) => sum(pow(x, 5))))));
    expectClose((fourth(x) as Variable).value, 240, 1e-12);
    expectClose(
      (derivative(derivative(exp as (x: Value) => Value))(x) as Variable).value,
      Math.E ** 2,
      1e-12,
    );
  });

  it("keeps an inner function's variable apart from the outer one's", () => {
    // d/dx [x · d/dy (x + y)] = d/dx [x] = 1: mixing x and y up would give 2.
    const f = (x: Value): Value => mul(x, grad((y: Value) => add(x, y))(tensor(1, float64)) as Variable);
    expectClose((grad(f)(tensor(5, float64)) as Variable).value, 1, 0);
  });

  it("results can be differentiated where something outside is tracked, and are plain numbers elsewhere", () => {
    const w = new Variable(tensor([2, 3], float64) as Tensor, { requiresGrad: true });
    const f = (x: Value): Value => sum(mul(w, mul(x, x)));
    const [value, gradient] = valueAndGrad(f)(tensor([1, 10], float64) as Tensor) as [Variable, Variable];
    expect([value.requiresGrad, gradient.requiresGrad]).toEqual([true, true]);
    expectClose((grad(sum(gradient) as Variable, [w])[0] as Variable).value, [2, 20], 0);
    const inside = noGrad(() => valueAndGrad(f)(tensor([1, 10], float64) as Tensor)) as [Variable, Variable];
    expect(inside.map((x) => x.requiresGrad)).toEqual([false, false]);
    expectClose(inside[1].value, [4, 60], 0);
    const free = valueAndGrad(cube)(tensor([1], float64)) as [Variable, Variable];
    expect(free.map((x) => x.requiresGrad)).toEqual([false, false]);
    expect(messageOf(() => backward(free[0]))).toBe(
      "[backward] a Variable of shape [] tracks nothing: it was made by valueAndGrad, and nothing outside of it is tracked. Make the leaves with { requiresGrad: true } and compute from them outside noGrad.",
    );
  });
});

describe("valueAndGrad: errors", () => {
  const x = tensor([1, 2], float64) as Tensor;
  const cases: Record<string, [run: () => unknown, message: string]> = {
    "more than one number": [
      () => grad((x: Value) => mul(x, x))(x),
      "[grad] f gave float64 [2], and only a function with one floating-point number has a gradient. Reduce its result (sum or mean), give { hasAux: true } if it returns [value, aux], or use jacobian or vjp.",
    ],
    "no Value": [
      () => valueAndGrad((() => 3) as never)(x as never),
      "[valueAndGrad] f gave number, and only a function with one floating-point number has a gradient. Reduce its result (sum or mean), give { hasAux: true } if it returns [value, aux], or use jacobian or vjp.",
    ],
    integers: [
      () => grad((p: { i: Value }) => sum(p.i))({ i: tensor([1, 2], { dtype: "int32" }) }),
      '[grad] argument 0.i is int32 [2], and only floating-point numbers have a gradient. Cast it, for example with cast("float32"), or leave the argument out of argnums.',
    ],
    "an argument without a Value": [
      () => grad((_: number) => sum(x))(3),
      "[grad] argument 0 holds no Tensor or Variable. Give a Value, or nested arrays and plain objects of them.",
    ],
    "an argument that is not there": [
      () => grad((x: Value) => sum(x), { argnums: 1 as 0 })(x),
      "[grad] argument 1 of 1 is asked for. Give positions of arguments, counted from 0.",
    ],
    "hasAux without a pair": [
      () => grad((x: Value) => sum(x) as never, { hasAux: true })(x),
      "[grad] hasAux is true and f gave no pair. Return [value, aux], or leave out hasAux.",
    ],
    "an unknown option": [
      () => valueAndGrad(cube, { argnum: 0 } as never),
      '[valueAndGrad] unknown option "argnum". Known options: argnums, hasAux.',
    ],
  };
  it.each(Object.entries(cases))("%s", (_, [run, message]) => {
    expect(messageOf(run)).toBe(message);
  });
});
