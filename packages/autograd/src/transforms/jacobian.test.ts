import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import {
  argmax,
  grad,
  hessian,
  jacobian,
  linear,
  matmul,
  mul,
  noGrad,
  sum,
  tanh,
  type Value,
  Variable,
  vmap,
} from "../index.ts";

const float64 = { dtype: "float64" } as const;
const x = tensor([1, 2], float64) as Tensor;
const matrix = tensor(
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  float64,
) as Tensor;

describe.each(["reverse", "forward"] as const)("jacobian, %s", (mode) => {
  it("has the axes of the result and then those of the argument", () => {
    const f = (a: Value): Value => matmul(matrix, a) as Value;
    expectClose(
      (jacobian(f, { mode })(x) as Variable).value,
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      0,
    );
    const g = (a: Value): Value => mul(a, sum(a));
    const j = jacobian(g, { mode })(matrix) as Variable;
    expect(j.shape).toEqual([3, 2, 3, 2]);
    expect([j.value.slice(0, 0, 0, 0).item(), j.value.slice(0, 0, 2, 1).item()]).toEqual([22, 1]);
  });

  it("gives a tree of the argument's structure for every Value of the result's", () => {
    const f = ({ a, b }: { a: Value; b: Value }): { sum: Value; twice: Value[] } => ({
      sum: sum(mul(a, b)),
      twice: [mul(a, 2)],
    });
    const j = jacobian(f, { mode })({ a: x, b: tensor([5, 7], float64) as Tensor });
    expectClose((j.sum as { a: Variable }).a.value, [5, 7], 0);
    expectClose(
      (j.twice[0] as { a: Variable }).a.value,
      [
        [2, 0],
        [0, 2],
      ],
      0,
    );
    expectClose(
      (j.twice[0] as { b: Variable }).b.value,
      [
        [0, 0],
        [0, 0],
      ],
      0,
    );
  });

  it("is zero for whole numbers, and takes results and arguments of no axes", () => {
    const [j, k] = jacobian((a: Value) => [argmax(a), sum(a)] as const, { mode })(x);
    expectClose((j as Variable).value, [0, 0], 0);
    expectClose((k as Variable).value, [1, 1], 0);
    expectClose((jacobian((a: Value) => mul(a, a), { mode })(tensor(3, float64)) as Variable).value, 6, 0);
  });

  it("of a function that uses vmap", () => {
    const f = (a: Value): Value => vmap((row: Value) => sum(mul(row, a)))(matrix);
    expectClose(
      (jacobian(f, { mode })(x) as Variable).value,
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      0,
    );
  });

  it("can be differentiated, and is plain numbers inside noGrad", () => {
    const f = (a: Value): Value => sum(jacobian((b: Value) => mul(b, mul(b, b)), { mode })(a) as Variable);
    expectClose((grad(f)(x) as Variable).value, [6, 12], 0);
    const tracked = new Variable(x, { requiresGrad: true });
    const inside = noGrad(() => jacobian((b: Value) => mul(b, b), { mode })(tracked)) as Variable;
    expect(inside.requiresGrad).toBe(false);
  });
});

it("jacobian refuses other modes", () => {
  expect(messageOf(() => jacobian((a: Value) => a, { mode: "both" as "reverse" }))).toBe(
    '[jacobian] mode is "both". Give "reverse" or "forward".',
  );
});

describe("hessian", () => {
  it("has the axes of the argument twice, and blocks for a tree", () => {
    const f = ({ a, b }: { a: Value; b: Value }): Value => sum(mul(mul(a, a), b));
    const h = hessian(f)({ a: x, b: tensor([5, 7], float64) as Tensor });
    const blocks = h as { a: { a: Variable; b: Variable }; b: { a: Variable; b: Variable } };
    expectClose(
      blocks.a.a.value,
      [
        [10, 0],
        [0, 14],
      ],
      0,
    );
    expectClose(
      blocks.a.b.value,
      [
        [2, 0],
        [0, 4],
      ],
      0,
    );
    expectClose(
      blocks.b.a.value,
      [
        [2, 0],
        [0, 4],
      ],
      0,
    );
    expectClose(
      blocks.b.b.value,
      [
        [0, 0],
        [0, 0],
      ],
      0,
    );
  });

  it("of a small net, for every example, meets differences of its gradients", () => {
    const w = tensor(
      [
        [0.3, -0.2],
        [0.5, 0.4],
        [-0.6, 0.1],
      ],
      float64,
    ) as Tensor;
    const loss = (w: Value, x: Value): Value => sum(mul(tanh(linear(x, w)), tanh(linear(x, w))));
    const each = vmap(hessian(loss) as (w: Value, x: Value) => Variable, { inAxes: [null, 0] })(w, matrix);
    expect(each.shape).toEqual([3, 3, 2, 3, 2]);
    const gradient = grad(loss) as (w: Value, x: Value) => Variable;
    const step = w.mul(0).copy() as Tensor;
    step.slice(1, 0).assign(1e-6);
    const at = (sign: number): Tensor => gradient(w.add(step.mul(sign)) as Tensor, matrix.slice(2)).value;
    const difference = at(1).sub(at(-1)).div(2e-6) as Tensor;
    expectClose(each.value.slice(2, 1, 0), difference.toArray() as number[], 1e-8);
  });
});
