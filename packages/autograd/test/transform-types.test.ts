/** What the transforms do to types: stated here, checked by tsc with everything else. */
import {
  grad,
  hessian,
  hvp,
  jacobian,
  jvp,
  matmul,
  mul,
  sum,
  type Value,
  type Variable,
  valueAndGrad,
  variable,
  vjp,
  vmap,
} from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, expectTypeOf, it } from "vitest";

type Weights = { readonly w: Variable<[3, 2]>; readonly b: Variable<[2]> };

const weights = {
  w: variable([
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
  b: variable([1, 2]),
};
const loss = ({ w, b }: Weights, x: Tensor<[3]>): Variable<[]> => sum(mul(matmul(x, w), b));

describe("the types of", () => {
  it("gradients have the structure and shapes of the argument", () => {
    const gradient = grad(loss)(weights, tensor([1, 2, 3]));
    expectTypeOf(gradient.w).toEqualTypeOf<Variable<[3, 2]>>();
    const [value, both, first] = [
      ...valueAndGrad(loss)(weights, tensor([1, 2, 3])),
      grad((a: Variable<[2]>, b: Variable<[3]>) => mul(sum(a), sum(b)), { argnums: [1, 0] })(
        zeros([2]),
        zeros([3]),
      ),
    ] as const;
    expectTypeOf(value).toEqualTypeOf<Variable<[]>>();
    expectTypeOf(both.b).toEqualTypeOf<Variable<[2]>>();
    expectTypeOf(first).toEqualTypeOf<[Variable<[3]>, Variable<[2]>]>();
    expect(gradient.w.shape).toEqual([3, 2]);
  });

  it("a function takes Tensors where it had Variables, of the same shapes", () => {
    const gradient = grad((x: Variable<[2]>) => sum(mul(x, x)));
    gradient(tensor([1, 2]));
    const three = tensor([1, 2, 3]);
    // @ts-expect-error three numbers are not two
    expect(gradient(three).shape).toEqual([3]);
  });

  it("grad of Variables is what it was", () => {
    const x = variable([1, 2]);
    expectTypeOf(grad(sum(x), [x])).toEqualTypeOf<Variable[]>();
    expectTypeOf(grad(sum(x), [x], { allowUnused: true })).toEqualTypeOf<(Variable | null)[]>();
  });

  it("what hasAux adds", () => {
    const f = (x: Variable<[2]>): readonly [Variable<[]>, { count: number }] => [sum(x), { count: 2 }];
    const [gradient, aux] = grad(f, { hasAux: true })(variable([1, 2]));
    expectTypeOf(gradient).toEqualTypeOf<Variable<[2]>>();
    expectTypeOf(aux).toEqualTypeOf<{ count: number }>();
    expect(aux.count).toBe(2);
  });

  it("vmap puts a batch axis in front of every known shape", () => {
    const rows = vmap((x: Tensor<[3]>, y: { a: Variable<[]> }) => [x, y.a] as const);
    const [x, a] = rows(zeros([4, 3]), { a: variable([1, 2, 3, 4]) });
    expectTypeOf(x).toEqualTypeOf<Tensor<[number, 3]>>();
    expectTypeOf(a).toEqualTypeOf<Variable<[number]>>();
    // @ts-expect-error a row has three numbers
    expect(() => vmap((x: Tensor<[3]>) => x.matmul(zeros([3, 1])))(zeros([4, 2]))).toThrow(
      "inner axes differ",
    );
  });

  it("vmap with axes leaves shapes open, and composes with grad", () => {
    const each = vmap(grad(loss), { inAxes: [null, 0] })(weights, zeros([5, 3]));
    expectTypeOf(each.w).toEqualTypeOf<Variable>();
    expect(each.w.shape).toEqual([5, 3, 2]);
  });

  it("vjp, jvp and hvp: trees of the result's and of the arguments' shapes", () => {
    const f = (a: Variable<[2]>, b: Variable<[2]>) => ({ y: mul(a, b) });
    const [result, pullback] = vjp(f, zeros([2]), zeros([2]));
    expectTypeOf(result).toEqualTypeOf<{ y: Variable<[2]> }>();
    expectTypeOf(pullback({ y: zeros([2]) })).toEqualTypeOf<[Variable<[2]>, Variable<[2]>]>();
    expectTypeOf(jvp(f, [zeros([2]), zeros([2])], [zeros([2]), zeros([2])])[1]).toEqualTypeOf<{
      y: Variable<[2]>;
    }>();
    const product = hvp((a: Variable<[2]>) => sum(mul(a, a)), [zeros([2])], [zeros([2])]);
    expectTypeOf(product).toEqualTypeOf<[Variable<[2]>]>();
  });

  it("jacobian and hessian: Variables in the structure of result and argument", () => {
    const f = (x: Variable<[2]>): Value => mul(x, x);
    expectTypeOf(jacobian(f)(zeros([2]))).toEqualTypeOf<Variable>();
    const second = hessian(({ a }: { a: Variable<[2]> }) => sum(mul(a, a)))({ a: zeros([2]) });
    expectTypeOf(second.a.a).toEqualTypeOf<Variable>();
    expect(second.a.a.shape).toEqual([2, 2]);
  });
});
