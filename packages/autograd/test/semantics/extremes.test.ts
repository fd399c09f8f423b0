/** Lines 27 and 29 of the semantics: finite where the answer is finite, NaN where PyTorch has NaN, and what nothing gives. */
import {
  clamp,
  grad,
  logSigmoid,
  logSoftmax,
  logSumExp,
  max,
  maximum,
  mean,
  min,
  minimum,
  prod,
  relu,
  sigmoid,
  softmax,
  softplus,
  sum,
  tanh,
  type Value,
  type Variable,
  variable,
} from "@adjoint/autograd";
import { zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

/** f(x) and the gradient of Σ f(x), −0 as 0. */
function at(f: (x: Variable) => Value, x: readonly number[], dtype: "float32" | "float64" = "float64") {
  const leaf = variable([...x], { dtype }) as Variable;
  const y = f(leaf);
  const [g] = grad(sum(y) as Variable, [leaf]);
  const plain = (value: Value | undefined): unknown =>
    JSON.parse(JSON.stringify(value?.toArray(), (_, v) => (typeof v === "number" ? String(v + 0) : v)));
  return { value: plain(y), gradient: plain(g) };
}

describe("at ±10,000", () => {
  it.each([
    ["sigmoid", sigmoid, ["0", "1"], ["0", "0"]],
    ["tanh", tanh, ["-1", "1"], ["0", "0"]],
    ["softplus", softplus, ["0", "10000"], ["0", "1"]],
    ["logSigmoid", logSigmoid, ["-10000", "0"], ["1", "0"]],
    ["logSumExp", (x: Value) => logSumExp(x), "10000", ["0", "1"]],
    ["softmax", (x: Value) => softmax(x), ["0", "1"], ["0", "0"]],
    ["logSoftmax", (x: Value) => logSoftmax(x), ["-20000", "0"], ["1", "-1"]],
  ] as const)("27. %s and its gradient are finite and right, in both dtypes", (_name, f, value, gradient) => {
    const expected = { value, gradient };
    expect(at(f as (x: Variable) => Value, [-1e4, 1e4])).toEqual(expected);
    expect(at(f as (x: Variable) => Value, [-1e4, 1e4], "float32")).toEqual(expected);
  });
});

describe("rows of logits", () => {
  it("27. that are all equal give equal shares, however large they are", () => {
    for (const x of [0, 1e4, -1e4]) {
      expect(at((z) => softmax(z), [x, x])).toEqual({ value: ["0.5", "0.5"], gradient: ["0", "0"] });
      // e^(x − y) has y's rounding, a few 1e-13 at 10,000, as in PyTorch.
      for (const share of at((z) => logSumExp(z), [x, x]).gradient as string[])
        expect(Number(share)).toBeCloseTo(0.5, 12);
    }
  });

  it("27. that hold −∞ give it probability 0 and gradient 0", () => {
    expect(at((z) => softmax(z), [-inf, 0])).toEqual({ value: ["0", "1"], gradient: ["0", "0"] });
    expect(at((z) => logSumExp(z), [-inf, 0])).toEqual({ value: "0", gradient: ["0", "1"] });
    expect(at((z) => logSoftmax(z), [-inf, 0]).value).toEqual(["-Infinity", "0"]);
  });

  it("27. that are all −∞ give NaN, as in PyTorch, and logSumExp −∞", () => {
    expect(at((z) => softmax(z), [-inf, -inf]).value).toEqual(["NaN", "NaN"]);
    expect(at((z) => logSoftmax(z), [-inf, -inf]).value).toEqual(["NaN", "NaN"]);
    expect(at((z) => logSumExp(z), [-inf, -inf]).value).toBe("-Infinity");
  });
});

describe("NaN", () => {
  it("29. goes through max and min, over all elements and along an axis", () => {
    for (const f of [max, min]) {
      expect(at((x) => f(x), [1, nan, 2])).toEqual({ value: "NaN", gradient: ["0", "1", "0"] });
      expect(at((x) => f(x, 0 as number), [1, nan, 2])).toEqual({ value: "NaN", gradient: ["0", "1", "0"] });
    }
  });

  it("29. goes through relu, clamp, maximum and minimum, on either side", () => {
    expect(at(relu, [nan, -1, 1])).toEqual({ value: ["NaN", "0", "1"], gradient: ["1", "0", "1"] });
    expect(at((x) => clamp(x, { min: 0, max: 1 }), [nan, 2]).value).toEqual(["NaN", "1"]);
    for (const f of [maximum, minimum]) {
      expect(at((x) => f(x, 0) as Value, [nan]).value).toEqual(["NaN"]);
      expect(at((x) => f(0, x) as Value, [nan]).value).toEqual(["NaN"]);
    }
  });
});

describe("of nothing", () => {
  const nothing = zeros([0], { dtype: "float64" });

  it("29. the sum is 0, the product 1, the mean NaN", () => {
    expect([sum(nothing), prod(nothing), mean(nothing)].map((x) => x.item())).toEqual([0, 1, nan]);
  });

  it("29. there is no maximum and no minimum", () => {
    for (const f of [max, min]) expect(() => f(nothing)).toThrow(`axis 0 is empty and has no ${f.name}`);
    expect(max(zeros([2, 0]), 0).shape).toEqual([0]);
  });
});
