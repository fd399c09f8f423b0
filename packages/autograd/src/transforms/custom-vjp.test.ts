import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import {
  add,
  customVjp,
  grad,
  mul,
  stopGradient,
  sum,
  type Value,
  Variable,
  variable,
  vmap,
} from "../index.ts";
import { gradcheck, gradgradcheck } from "../testing.ts";

const float64 = { dtype: "float64" } as const;
const x = tensor([1.4, 2.6], float64) as Tensor;
const product = customVjp(
  (a: Tensor, b: Tensor) => a.mul(b) as Tensor,
  (g, { inputs: [a, b] }) => [mul(g, b), mul(g, a)],
);

describe("customVjp", () => {
  it("computes forward, and its rule instead of the chain rule", () => {
    const roundThrough = customVjp(
      (a: Tensor) => a.round(),
      (g) => [g],
    );
    const y = new Variable(x, { requiresGrad: true });
    expectClose((roundThrough(y) as Variable).value, [1, 3], 0);
    expectClose(
      (grad(sum(mul(roundThrough(y), y)) as Variable, [y])[0] as Variable).value,
      [2.4, 5.6],
      1e-15,
    );
    expect(roundThrough(x)).not.toBeInstanceOf(Variable);
  });

  it("can be differentiated twice where its rule is written with ops", () => {
    const y = tensor([0.5, -1.5], float64) as Tensor;
    gradcheck(product, [x, y]);
    gradgradcheck(product, [x, y]);
  });

  it("reads inputs and output, and may give null for zeros", () => {
    const expMinus1 = customVjp(
      (a: Tensor, _: Tensor) => a.expm1(),
      (g, { output }) => [mul(g, add(output, 1)), null],
    );
    const [a, b] = [new Variable(x, { requiresGrad: true }), new Variable(x, { requiresGrad: true })];
    const [first, second] = grad(sum(expMinus1(a, b)) as Variable, [a, b]) as [Variable, Variable];
    expectClose(first.value, [Math.exp(1.4), Math.exp(2.6)], 1e-15);
    expectClose(second.value, [0, 0], 0);
  });

  it("runs the rule once for all inputs of a node, and anew for every pass", () => {
    let runs = 0;
    const counted = customVjp(
      (a: Tensor, b: Tensor) => a.add(b) as Tensor,
      (g) => {
        runs++;
        return [g, g];
      },
    );
    const [a, b] = [variable([1, 2]), variable([3, 4])];
    const y = sum(counted(a, b)) as Variable;
    grad(y, [a, b], { retainGraph: true });
    expect(runs).toBe(1);
    const [first] = grad(y, [a, b], { createGraph: true });
    expect([runs, first?.toArray()]).toEqual([2, [1, 1]]);
  });

  it("the same cotangent for two inputs, or an input itself, shares no memory with a grad", () => {
    const same = customVjp(
      (a: Tensor, b: Tensor) => a.add(b) as Tensor,
      (_, { inputs: [a] }) => [a, a],
    );
    const [a, b] = [variable([1, 2]), variable([3, 4])];
    (sum(same(a, b)) as Variable).backward();
    (a.grad as Variable).value.assign(0);
    expect([(b.grad as Variable).toArray(), a.toArray()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it("works under vmap", () => {
    const rows = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      float64,
    ) as Tensor;
    expectClose(
      (vmap(grad((a: Value) => sum(product(a, a))))(rows) as Variable).value,
      [
        [2, 4],
        [6, 8],
      ],
      0,
    );
  });

  it("refuses a rule that gives no list, or another shape", () => {
    const none = customVjp((a: Tensor) => a.neg(), (() => 1) as never);
    expect(messageOf(() => (sum(none(variable([1, 2]))) as Variable).backward())).toBe(
      "[customVjp] the rule of customVjp gave number for 1 inputs. Return a list with one Tensor, Variable or null for each input.",
    );
    const long = customVjp(
      (a: Tensor) => a.neg(),
      (g) => [g, g],
    );
    expect(messageOf(() => (sum(long(variable([1, 2]))) as Variable).backward())).toBe(
      "[customVjp] the rule of customVjp gave a list of 2 for 1 inputs. Return a list with one Tensor, Variable or null for each input.",
    );
    const wide = customVjp(
      function negated(a: Tensor) {
        return a.neg();
      },
      (g) => [sum(g)],
    );
    expect(messageOf(() => (sum(wide(variable([1, 2]))) as Variable).backward())).toContain(
      "[negated] the VJP of input 0 gave [] for an input of shape [2].",
    );
  });
});

describe("stopGradient", () => {
  it("is the identity with no gradient, through trees", () => {
    const f = (a: Value): Value => sum(mul(stopGradient(a), a));
    expectClose((grad(f)(x) as Variable).value, [1.4, 2.6], 0);
    const tree = stopGradient({ a: variable([1]), b: [x, 3] as const });
    expect([tree.a.requiresGrad, tree.b[0], tree.b[1]]).toEqual([false, x, 3]);
  });
});
