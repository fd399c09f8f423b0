/** Line 15 of the semantics: functions that see gradients on their way. */
import {
  add,
  enableGrad,
  GradientError,
  grad,
  mul,
  sum,
  type Value,
  type Variable,
  variable,
} from "@adjoint/autograd";
import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

describe("hooks on a gradient", () => {
  it("15. see the complete gradient, once", () => {
    const x = variable(3);
    const h = mul(x, x);
    const seen: number[] = [];
    h.hook((g) => void seen.push(g.item()));
    add(mul(h, 2), mul(h, 5)).backward();
    expect(seen).toEqual([7]);
  });

  it("15. may replace it by a Variable or a Tensor", () => {
    const [x, y] = [variable([1, 2]), variable([1, 2])];
    x.hook((g) => mul(g, 10));
    y.hook(() => tensor([7, 8]));
    sum(mul(x, y)).backward();
    expect([x.grad?.toArray(), y.grad?.toArray()]).toEqual([
      [10, 20],
      [7, 8],
    ]);
  });

  it("15. run in the order of their registration, each on what the one before gave", () => {
    const x = variable(1);
    const seen: number[] = [];
    const note = (g: Variable): void => void seen.push(g.item());
    x.hook((g) => add(g, 1));
    x.hook(note);
    x.hook((g) => mul(g, 10));
    x.hook(note);
    mul(x, 4).backward();
    expect([seen, x.grad?.item()]).toEqual([[5, 50], 50]);
  });

  it("15. run before a retained grad is written, and before the gradient goes on", () => {
    const x = variable(3);
    const h = mul(x, x);
    h.retainGrad();
    h.hook((g) => mul(g, 10));
    mul(h, 2).backward();
    expect([h.grad?.item(), x.grad?.item()]).toEqual([20, 120]);
  });

  it("15. run for grad() too, before a gradient is given back", () => {
    const x = variable(3);
    const h = mul(x, x);
    h.hook((g) => mul(g, 10));
    expect(grad(h, [h, x]).map((g) => g.item())).toEqual([10, 60]);
  });

  it("15. are removed by what hook() gave back; the others stay", () => {
    const x = variable(1);
    const seen: string[] = [];
    const removeFirst = x.hook(() => void seen.push("first"));
    const removeSecond = x.hook(() => void seen.push("second"));
    removeFirst();
    mul(x, 1).backward();
    removeSecond();
    removeSecond();
    mul(x, 1).backward();
    expect(seen).toEqual(["second"]);
  });

  it("15. registered twice runs twice, and is removed once", () => {
    const x = variable(1);
    const double = (g: Variable): Value => mul(g, 2);
    const remove = x.hook(double);
    x.hook(double);
    expect(grad(mul(x, 1), [x])[0]?.item()).toBe(4);
    remove();
    expect(grad(mul(x, 1), [x])[0]?.item()).toBe(2);
  });

  it("15. may remove itself while it runs", () => {
    const x = variable(1);
    const seen: string[] = [];
    const remove = x.hook(() => {
      seen.push("once");
      remove();
    });
    x.hook(() => void seen.push("always"));
    for (let i = 0; i < 2; i++) mul(x, 1).backward();
    expect(seen).toEqual(["once", "always", "always"]);
  });

  it("15. on what is not tracked are an error", () => {
    const x = variable([1, 2], { requiresGrad: false });
    expect(() => x.hook(() => undefined)).toThrow(GradientError);
    expect(messageOf(() => x.hook(() => undefined))).toBe(
      "[hook] this Variable of shape [2] is not tracked: it is a leaf made without requiresGrad. Only a Variable that requires grad, or was computed from one, has a gradient.",
    );
  });

  it("15. that give another shape or dtype are an error", () => {
    const gradientOf = (replacement: Value): string => {
      const x = variable([1, 2]);
      x.hook(() => replacement);
      return messageOf(() => sum(x).backward());
    };
    const remedy =
      "Return a gradient of the Variable's own shape and dtype, or nothing to leave it as it is.";
    expect(gradientOf(zeros([2, 1]))).toBe(
      `[hook] a hook gave a gradient of [2, 1] float32 for a Variable of [2] float32. ${remedy}`,
    );
    expect(gradientOf(zeros([2], { dtype: "float64" }))).toBe(
      `[hook] a hook gave a gradient of [2] float64 for a Variable of [2] float32. ${remedy}`,
    );
  });

  it("15. what they compute is recorded with createGraph, and not otherwise", () => {
    const [x, w] = [variable(3), variable(5)];
    const tracked: boolean[] = [];
    x.hook((g) => {
      const replacement = mul(g, w);
      tracked.push(replacement.requiresGrad);
      return replacement;
    });
    mul(x, x).backward();
    expect([x.grad?.item(), x.grad?.requiresGrad]).toEqual([30, false]);
    const [g] = grad(mul(x, x), [x], { createGraph: true });
    expect(grad(g as Variable, [w])[0]?.item()).toBe(6);
    expect(tracked).toEqual([false, true]);
  });

  it("15. may give a tracked Variable: without createGraph only its numbers count", () => {
    const [x, w] = [variable(3), variable(5)];
    x.hook(() => w);
    mul(x, x).backward();
    expect([x.grad?.item(), x.grad?.requiresGrad]).toEqual([5, false]);
    x.grad?.value.assign(7);
    expect(w.item()).toBe(5);
  });

  it("15. may keep the gradient that they saw: nothing writes to it later", () => {
    const x = variable([1, 2]);
    const h = mul(x, 1);
    const kept: Variable[] = [];
    h.hook((g) => void kept.push(g));
    x.hook((g) => void kept.push(g));
    sum(add(add(h, h), add(x, mul(x, 3)))).backward();
    x.grad?.value.assign(100);
    expect(kept.map((g) => g.toArray())).toEqual([
      [2, 2],
      [6, 6],
    ]);
  });
});

describe("hooks after a leaf's grad was written", () => {
  it("15. run after the sum of all uses, at each pass, with the leaf", () => {
    const x = variable(2);
    const seen: (number | undefined)[] = [];
    x.postAccumulateHook((leaf) => void seen.push(leaf === x ? leaf.grad?.item() : undefined));
    add(mul(x, x), x).backward();
    mul(x, 1).backward();
    expect(seen).toEqual([5, 6]);
  });

  it("15. may use the gradient and forget it: an optimizer inside the backward pass", () => {
    const x = variable(2);
    x.postAccumulateHook((leaf) => {
      leaf.assign(mul(leaf.grad as Variable, -0.5), { mode: "add" });
      leaf.zeroGrad();
    });
    mul(x, 3).backward();
    expect([x.item(), x.grad]).toEqual([0.5, null]);
  });

  it("15. run in order of registration, and are removed by what was given back", () => {
    const x = variable(2);
    const seen: string[] = [];
    const remove = x.postAccumulateHook(() => void seen.push("first"));
    x.postAccumulateHook(() => void seen.push("second"));
    x.backward();
    remove();
    x.backward();
    expect(seen).toEqual(["first", "second", "second"]);
  });

  it("15. do not run for grad(), which writes nothing", () => {
    const x = variable(2);
    mul(x, x).backward();
    let ran = 0;
    x.postAccumulateHook(() => void ran++);
    grad(mul(x, x), [x]);
    expect(ran).toBe(0);
  });

  it("15. exist for leaves only", () => {
    expect(messageOf(() => mul(variable([1]), 2).postAccumulateHook(() => undefined))).toBe(
      '[postAccumulateHook] this Variable was made by "mul", and only leaves accumulate. Use hook() to see a gradient that passes through.',
    );
    expect(messageOf(() => variable([1], { requiresGrad: false }).postAccumulateHook(() => undefined))).toBe(
      "[postAccumulateHook] this Variable of shape [1] is not tracked: it is a leaf made without requiresGrad. Only a Variable that requires grad, or was computed from one, has a gradient.",
    );
  });
});

describe("a sweep inside a hook", () => {
  it("17. over the same graph leaves the outer one as it was", () => {
    const x = variable(3);
    const h = mul(x, x);
    const inner: number[] = [];
    const remove = h.hook(() => {
      remove();
      // x waits for its other uses while this sweep runs over x and h as well.
      inner.push(...grad(h, [x], { retainGraph: true }).map((g) => g.item()));
    });
    add(mul(h, 2), mul(x, 100)).backward();
    expect([inner, x.grad?.item()]).toEqual([[6], 112]);
  });

  it("17. may accumulate into the same leaf", () => {
    const x = variable(3);
    const h = mul(x, x);
    const remove = h.hook(() => {
      remove();
      h.backward({ retainGraph: true });
    });
    add(mul(h, 2), mul(x, 100)).backward();
    expect(x.grad?.item()).toBe(6 + 112);
  });

  it("17. may stand on a graph of its own, recorded with enableGrad", () => {
    const x = variable(3);
    x.hook((g) => {
      const twice = enableGrad(() => {
        const local = variable(g.item());
        return grad(mul(local, local), [local]);
      });
      return twice[0];
    });
    mul(x, 5).backward();
    expect(x.grad?.item()).toBe(10);
  });

  it("17. that fails does not disturb the outer one", () => {
    const x = variable(3);
    const h = mul(x, x);
    h.hook(() => {
      expect(() => grad(h, [])).toThrow(GradientError);
      expect(() => h.backward({ gradient: tensor([1, 1]) })).toThrow(GradientError);
    });
    add(mul(h, 2), mul(x, 100)).backward();
    expect(x.grad?.item()).toBe(112);
  });
});
