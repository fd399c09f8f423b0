/** Lines 22–26 of the semantics: derivatives where there is none, chosen as PyTorch chooses. */
import {
  abs,
  argmax,
  argmin,
  ceil,
  clamp,
  embedding,
  floor,
  gather,
  grad,
  greater,
  index,
  indexSelect,
  max,
  maximum,
  min,
  minimum,
  mul,
  norm,
  pow,
  prod,
  relu,
  reshape,
  round,
  sign,
  sqrt,
  sum,
  takeAlongAxis,
  type Value,
  type Variable,
  variable,
  where,
} from "@adjoint/autograd";
import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const twice = tensor([2, 0, 2], { dtype: "int32" });

/** The gradient of Σ f(x) at x. */
function gradientAt(f: (x: Variable) => Value, x: readonly number[]): unknown {
  const leaf = variable([...x], { dtype: "float64" }) as Variable;
  return grad(sum(f(leaf)) as Variable, [leaf])[0]?.toArray();
}

describe("kinks", () => {
  it("22. relu'(0) = 0, for −0 too", () => {
    expect(gradientAt(relu, [-1, -0, 0, 1])).toEqual([0, 0, 0, 1]);
  });

  it("22. abs'(0) = 0", () => {
    expect(gradientAt(abs, [-2, 0, 2])).toEqual([-1, 0, 1]);
  });

  it.each([
    ["sign", sign],
    ["round", round],
    ["floor", floor],
    ["ceil", ceil],
  ] as const)("22. %s' = 0 everywhere, and the graph goes on through it", (_name, f) => {
    expect(gradientAt((x) => f(x) as Value, [-1.5, 0, 0.5, 2])).toEqual([0, 0, 0, 0]);
  });

  it("22. clamp' at its bounds = 1", () => {
    expect(gradientAt((x) => clamp(x, { min: -1, max: 1 }), [-2, -1, 0, 1, 2])).toEqual([0, 1, 1, 1, 0]);
  });

  it("22. sqrt'(0) = ∞", () => {
    expect(gradientAt(sqrt, [0, 4])).toEqual([Number.POSITIVE_INFINITY, 0.25]);
  });

  it("22. norm'(0) = 0", () => {
    expect(gradientAt((x) => norm(x), [0, 0])).toEqual([0, 0]);
    expect(gradientAt((x) => norm(x, 0 as number, { ord: 1 }), [0, 0])).toEqual([0, 0]);
  });

  it("23. maximum and minimum of two give ½ each at a tie", () => {
    const [a, b] = [variable([1, 2, 3]), variable([3, 2, 1])];
    expect(grad(sum(maximum(a, b)), [a, b]).map((g) => g.toArray())).toEqual([
      [0, 0.5, 1],
      [1, 0.5, 0],
    ]);
    expect(grad(sum(minimum(a, b)), [a, b]).map((g) => g.toArray())).toEqual([
      [1, 0.5, 0],
      [0, 0.5, 1],
    ]);
  });

  it("23. max and min over all elements split ties evenly", () => {
    expect(gradientAt((x) => max(x), [1, 4, 4, 4, 0, 4])).toEqual([0, 0.25, 0.25, 0.25, 0, 0.25]);
    expect(gradientAt((x) => min(x), [1, 0, 0, 4])).toEqual([0, 0.5, 0.5, 0]);
  });

  it("23. max and min along one axis give all to the returned index, the first of ties", () => {
    expect(gradientAt((x) => max(x, 0), [1, 4, 4])).toEqual([0, 1, 0]);
    expect(gradientAt((x) => min(x, 0), [1, 0, 0])).toEqual([0, 1, 0]);
    expect([argmax(tensor([1, 4, 4]), 0).item(), argmin(tensor([1, 0, 0]), 0).item()]).toEqual([1, 1]);
  });

  it("24. prod' of [0, 2, 3] is [6, 0, 0], and of two zeros all 0", () => {
    expect(gradientAt((x) => prod(x), [0, 2, 3])).toEqual([6, 0, 0]);
    expect(gradientAt((x) => prod(x), [0, 2, 0, 3])).toEqual([0, 0, 0, 0]);
  });

  it("24. d/dx x⁰ = 0 at 0, d/dx x² = 0 at 0", () => {
    expect(gradientAt((x) => pow(x, 0), [0, 2])).toEqual([0, 0]);
    expect(gradientAt((x) => pow(x, 2), [0, 3])).toEqual([0, 6]);
  });

  it("24. d/dexponent = 0 at base 0 and exponent ≥ 0", () => {
    expect(gradientAt((x) => pow(tensor([0, 0], { dtype: "float64" }), x), [0, 2])).toEqual([0, 0]);
  });

  it.each([
    ["gather", (x: Variable) => gather(x, twice, 0)],
    ["indexSelect", (x: Variable) => indexSelect(x, twice)],
    ["index", (x: Variable) => index(x, twice)],
    ["takeAlongAxis", (x: Variable) => takeAlongAxis(x, twice, 0)],
    ["embedding", (x: Variable) => embedding(twice, reshape(x, [3, 1]))],
  ] as const)("25. duplicate indices in %s add up", (_name, f) => {
    expect(gradientAt((x) => f(x) as Value, [5, 6, 7])).toEqual([1, 0, 2]);
  });

  it("26. where gives the unselected branch 0, whatever its value", () => {
    const [a, b] = [variable([Number.NaN, 2]), variable([3, Number.POSITIVE_INFINITY])];
    const y = where(tensor([false, true]), a, b);
    expect(grad(sum(mul(y, 2)), [a, b]).map((g) => g.toArray())).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });

  it("26. an infinite slope behind the unselected branch still makes NaN of its 0", () => {
    expect(gradientAt((x) => where(greater(x, 0), sqrt(x), 0), [0, 4])).toEqual([Number.NaN, 0.25]);
  });
});
