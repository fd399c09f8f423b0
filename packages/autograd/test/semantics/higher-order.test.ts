/** Line 16 of the semantics: createGraph makes gradients differentiable, to any order. */
import {
  add,
  exp,
  grad,
  matmul,
  mul,
  sub,
  sum,
  tanh,
  transpose,
  Variable,
  variable,
} from "@adjoint/autograd";
import { ones, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

/** The derivatives of f at x, from the zeroth to `order`. */
function derivatives(f: (x: Variable) => Variable, x: Variable, order: number): number[] {
  const values: number[] = [];
  let y = f(x);
  for (let k = 0; ; k++) {
    values.push(y.item());
    if (k === order) return values;
    y = grad(y, [x], { createGraph: true })[0] as Variable;
  }
}

describe("createGraph", () => {
  it("16. x⁴ → 4x³ → 12x² → 24x → 24", () => {
    const x = variable(3, { dtype: "float64" });
    const fourth = (v: Variable): Variable => mul(mul(v, v), mul(v, v));
    expect(derivatives(fourth, x, 4)).toEqual([81, 108, 108, 72, 24]);
  });

  it("16. eˣ is its own derivative, up to the tenth", () => {
    const x = variable(1, { dtype: "float64" });
    expect(derivatives(exp, x, 10)).toEqual(new Array(11).fill(Math.E));
  });

  it("16. tanh, to the third order against the closed form", () => {
    const t = Math.tanh(0.5);
    const s = 1 - t * t;
    const expected = [t, s, -2 * t * s, -2 * s * (s - 2 * t * t)];
    for (const [k, value] of derivatives(tanh, variable(0.5, { dtype: "float64" }), 3).entries())
      expect(value).toBeCloseTo(expected[k] as number, 14);
  });

  it("16. a Hessian-vector product: for ½xᵀAx it is ½(A + Aᵀ)v", () => {
    const a = tensor(
      [
        [2, 1],
        [0, 3],
      ],
      { dtype: "float64" },
    );
    const x = variable([1, 2], { dtype: "float64" });
    const y = mul(sum(mul(x, matmul(a, x))), 0.5);
    const [g] = grad(y, [x], { createGraph: true });
    const [hv] = grad(g as Variable, [x], { gradients: [tensor([1, 10], { dtype: "float64" })] });
    expect(hv?.toArray()).toEqual([7, 30.5]);
  });

  it("16. backward({ createGraph }) makes grad itself a point on the tape", () => {
    const x = variable(3);
    mul(mul(x, x), x).backward({ createGraph: true });
    const first = x.grad as Variable;
    expect([first.item(), first.requiresGrad]).toEqual([27, true]);
    x.zeroGrad();
    first.backward();
    expect(x.grad?.item()).toBe(18);
  });

  it("16. a penalty on the gradient's norm is trained through", () => {
    const [x, w] = [variable([1, 2], { dtype: "float64" }), variable([3, 4], { dtype: "float64" })];
    const y = sum(mul(mul(x, x), w));
    const [g] = grad(y, [x], { createGraph: true });
    const penalty = sum(mul(g as Variable, g as Variable));
    penalty.backward();
    // g = 2xw, penalty = Σ 4x²w²: by w 8x²w, by x 8xw².
    expect([w.grad?.toArray(), x.grad?.toArray()]).toEqual([
      [24, 128],
      [72, 256],
    ]);
  });

  it("16. adds to a grad that is there, and the sum is differentiable", () => {
    const x = variable(2);
    const y = mul(mul(x, x), x);
    y.backward({ createGraph: true });
    y.backward({ createGraph: true });
    const twice = x.grad as Variable;
    expect(twice.item()).toBe(24);
    expect(grad(twice, [x])[0]?.item()).toBe(24);
  });

  it("16. a later plain pass gives a plain grad", () => {
    const x = variable(2);
    const y = mul(x, x);
    y.backward({ createGraph: true });
    y.backward();
    expect([x.grad?.item(), x.grad?.requiresGrad]).toEqual([8, false]);
    expect(x.grad?.untrackedReason).toBe("it is a gradient computed without createGraph");
  });

  it("16. gradients can be differentiated by the gradient that was given", () => {
    const x = variable([1, 2]);
    const u = new Variable(ones([2]), { requiresGrad: true });
    const [g] = grad(mul(x, x), [x], { gradients: [u], createGraph: true });
    const [byU] = grad(g as Variable, [u], { gradients: [tensor([1, 10])] });
    expect(byU?.toArray()).toEqual([2, 40]);
  });

  it("16. the gradient of a linear function is a constant, and says so", () => {
    const x = variable([1, 2]);
    const [g] = grad(sum(mul(x, 3)), [x], { createGraph: true });
    expect(g?.requiresGrad).toBe(false);
  });

  it("16. through views and products: d²/dx² of Σ(x·xᵀ)² against the numbers by hand", () => {
    const x = variable([[1, 2]], { dtype: "float64" });
    const product = matmul(x, transpose(x));
    const [g] = grad(sum(mul(product, product)), [x], { createGraph: true });
    // (x·x)² has the gradient 4(x·x)x and the Hessian 4(x·x)I + 8xxᵀ.
    expect(g?.toArray()).toEqual([[20, 40]]);
    const [row] = grad(g as Variable, [x], { gradients: [tensor([[1, 0]], { dtype: "float64" })] });
    expect(row?.toArray()).toEqual([[28, 16]]);
  });

  it("16. a difference of orders: f − x·f' of a cubic has no quadratic term left in its third derivative", () => {
    const x = variable(2, { dtype: "float64" });
    const cubic = (v: Variable): Variable => mul(mul(v, v), v);
    const y = cubic(x);
    const [g] = grad(y, [x], { createGraph: true });
    const z = sub(y, mul(x, g as Variable));
    expect(z.item()).toBe(-16);
    expect(grad(add(z, 0), [x])[0]?.item()).toBe(-24);
  });
});
