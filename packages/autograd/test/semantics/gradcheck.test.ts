/** Line 19 of the semantics: gradcheck finds what is wrong, and says where. Each fault here is there on purpose. */
import {
  abs,
  add,
  apply,
  defineOp,
  mul,
  type Op,
  type Saved,
  sum,
  type Value,
  where,
} from "@adjoint/autograd";
import { GradcheckError, gradcheck, gradgradcheck } from "@adjoint/autograd/testing";
import { ArgumentError, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

/** A float64 tensor. */
function point(values: readonly number[]): Tensor {
  return tensor(Float64Array.from(values));
}

/** x² with a rule of the test's own. */
function squareWith(rule: (g: Value, x: Value) => Value): Op<[Tensor]> {
  return defineOp<[Tensor]>({
    name: "square",
    forward: ([x]) => x.mul(x),
    vjp: [{ formula: "x̄ = 2gx", saves: [0], rule: (g, saved) => rule(g, saved.input(0)) }],
  });
}

describe("gradcheck", () => {
  it("19. finds a wrong VJP, and names input, index, actual, expected and gap", () => {
    const wrong = squareWith((g, x) => mul(mul(g, x), where(tensor([[true, true, false]]), 2, 3)));
    const x = tensor(Float64Array.of(1, 2, 4), { shape: [1, 3] });
    const f = (_unused: Value, v: Value): Value => apply(wrong, [v]);
    expect(() => gradcheck(f, [point([1]), x])).toThrow(GradcheckError);
    const message = messageOf(() => gradcheck(f, [point([1]), x]));
    const found =
      /^\[gradcheck\] the gradient disagrees with finite differences: input 1 of shape \[1, 3\] at \[0, 2\]: backward gave (\S+), expected (\S+), gap (\S+)\. Look at the VJP of the ops in between; at a kink finite differences mean nothing\.$/.exec(
        message,
      );
    const [actual, expected, gap] = (found?.slice(1) ?? []).map(Number) as [number, number, number];
    expect(actual / expected).toBeCloseTo(1.5, 6);
    expect(gap).toBe(Math.abs(actual - expected));
  });

  it("19. passes the right one, at first and second order", () => {
    const right = squareWith((g, x) => mul(mul(g, x), 2));
    gradcheck((x) => apply(right, [x]), [point([1, -2, 4])]);
    gradgradcheck((x) => apply(right, [x]), [point([1, -2, 4])]);
  });

  it("19. a fault of one part in a thousand is found, one of a part in a million passes for rounding", () => {
    const scaled = (factor: number): Op<[Tensor]> => squareWith((g, x) => mul(mul(g, x), 2 * factor));
    expect(() => gradcheck((x) => apply(scaled(1.002), [x]), [point([100])])).toThrow(GradcheckError);
    gradcheck((x) => apply(scaled(1 + 1e-6), [x]), [point([100])]);
  });

  it("19. tolerances and step can be set, and unknown options are refused", () => {
    const scaled = squareWith((g, x) => mul(mul(g, x), 2.002));
    const f = (x: Value): Value => apply(scaled, [x]);
    expect(() => gradcheck(f, [point([1])], { rtol: 1e-6, atol: 0 })).toThrow(GradcheckError);
    gradcheck(f, [point([1])], { rtol: 1e-2, eps: 1e-4 });
    expect(messageOf(() => gradcheck(f, [point([1])], { tolerance: 1 } as object))).toBe(
      '[gradcheck] unknown option "tolerance". Known options: eps, atol, rtol, seed.',
    );
  });

  it("19. finds a function that gives other numbers each time", () => {
    let runs = 0;
    const drifting = squareWith((g, x) => mul(mul(g, x), 2 + 1e-9 * runs++));
    expect(messageOf(() => gradcheck((x) => apply(drifting, [x]), [point([1, 3])]))).toMatch(
      /^\[gradcheck\] two runs give different gradients: input 0 of shape \[2\] at \[0\]: first \S+, then \S+, gap \S+\. Look for randomness, or for state that f or a rule changes\.$/,
    );
  });

  it("19. finds a rule that reads what it does not save, which only shows when its owner is not tracked", () => {
    const product = defineOp<[Tensor, Tensor]>({
      name: "product",
      forward: ([a, b]) => a.mul(b),
      vjp: [
        { formula: "ā = g · b", rule: (g, saved) => mul(g, saved.input(1)) },
        { formula: "b̄ = g · a", saves: [0, 1], rule: (g, saved) => mul(g, saved.input(0)) },
      ],
    });
    expect(
      messageOf(() =>
        gradcheck((a, b) => apply(product, [a as Value, b as Value]), [point([1]), point([2])]),
      ),
    ).toBe("[product] a rule reads its input 1, which it does not save. Name it in the rule's saves.");
  });

  it("19. finds a rule that depends on which inputs are tracked", () => {
    const nosy = defineOp<[Tensor, Tensor]>({
      name: "nosy",
      forward: ([a, b]) => a.mul(b),
      vjp: [
        {
          formula: "ā = g · b",
          saves: [1],
          rule: (g, saved) => mul(mul(g, saved.input(1)), tracksBoth(saved) ? 1 : 2),
        },
        { formula: "b̄ = g · a", saves: [0], rule: (g, saved) => mul(g, saved.input(0)) },
      ],
    });
    expect(
      messageOf(() => gradcheck((a, b) => apply(nosy, [a as Value, b as Value]), [point([1]), point([2])])),
    ).toMatch(
      /^\[gradcheck\] the gradient is another where no other input requires grad: input 0 of shape \[1\] at \[0\]: together \S+, alone \S+, gap \S+\. Look for a rule that depends on which inputs are tracked\.$/,
    );
  });

  it("19. at a kink it fails, and says that it may be one", () => {
    const message = messageOf(() => gradcheck(abs, [point([1, 1e-7, -1])]));
    expect(message).toMatch(
      /input 0 of shape \[3\] at \[1\]: .* at a kink finite differences mean nothing\.$/,
    );
    gradcheck(abs, [point([1, 1e-3, -1])]);
  });

  it("19. refuses all but float64", () => {
    expect(() => gradcheck(abs, [tensor([1, 2])])).toThrow(ArgumentError);
    expect(
      messageOf(() => gradcheck((x, y) => add(x as Value, y as Value), [point([1]), tensor([1, 2])])),
    ).toBe('[gradcheck] input 1 is float32. Finite differences need float64; use cast("float64").');
    expect(messageOf(() => gradgradcheck(abs, [tensor([1, 2])]))).toBe(
      '[gradgradcheck] input 0 is float32. Finite differences need float64; use cast("float64").',
    );
  });

  it("19. takes functions of several inputs and outputs, and inputs that f does not use", () => {
    gradcheck(
      (a, b, _unused) => [mul(a as Value, b as Value), sum(a as Value)],
      [point([1, 2]), point([3, 4]), point([5])],
    );
  });

  it("19. a gradient that is missing is found: an op that says it has none", () => {
    const cut = defineOp<[Tensor]>({
      name: "cut",
      forward: ([x]) => x.mul(2),
      vjp: { notDifferentiable: "on purpose" },
    });
    expect(messageOf(() => gradcheck((x) => apply(cut, [x]), [point([1])]))).toContain(
      "backward gave 0, expected",
    );
  });
});

describe("gradgradcheck", () => {
  it("19. finds a rule that is right, and whose own derivative is wrong", () => {
    // The rule computes 2gx with an op whose VJP forgets the 2: first order right, second order wrong.
    const forgetfulDouble = defineOp<[Tensor]>({
      name: "double",
      forward: ([x]) => x.mul(2),
      vjp: [{ formula: "x̄ = g", rule: (g) => g }],
    });
    const square = squareWith((g, x) => mul(g, apply(forgetfulDouble, [x])));
    const f = (x: Value): Value => apply(square, [x]);
    gradcheck(f, [point([1, 2])]);
    expect(() => gradgradcheck(f, [point([1, 2])])).toThrow(GradcheckError);
  });

  it("19. finds a rule that leaves the tape", () => {
    const square = squareWith((g, x) => mul(g, mul(2, numbersOf(x))));
    const f = (x: Value): Value => apply(square, [x]);
    gradcheck(f, [point([1, 2])]);
    expect(messageOf(() => gradgradcheck(f, [point([1, 2])]))).toMatch(
      /^\[gradcheck\] the gradient disagrees with finite differences: input 0 of shape \[2\] at \[0\]: backward gave 0, expected/,
    );
  });
});

/** True if both inputs of the node that is read are tracked: a thing that no rule should ask. */
function tracksBoth(saved: Saved<undefined>): boolean {
  try {
    saved.inputShape(0);
    saved.inputShape(1);
    return true;
  } catch {
    return false;
  }
}

/** x as bare numbers, off the tape. */
function numbersOf(x: Value): Value {
  return "value" in x ? x.value : x;
}
