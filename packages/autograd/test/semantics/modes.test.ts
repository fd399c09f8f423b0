/** Line 21 of the semantics: when operations are recorded. */
import { enableGrad, grad, isGradEnabled, mul, noGrad, sum, variable } from "@adjoint/autograd";
import { describe, expect, it } from "vitest";

describe("noGrad", () => {
  it("21. records nothing, and gives back what its body gives", () => {
    const x = variable([1, 2]);
    const y = noGrad(() => mul(x, 2));
    expect([y.requiresGrad, y.isLeaf, y.node, y.toArray()]).toEqual([false, true, null, [2, 4]]);
  });

  it("21. its results can be used in a later graph, as constants", () => {
    const x = variable(3);
    const factor = noGrad(() => mul(x, x));
    mul(x, factor).backward();
    expect(x.grad?.item()).toBe(9);
  });

  it("21. nests", () => {
    noGrad(() => {
      noGrad(() => expect(isGradEnabled()).toBe(false));
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  it("21. ends with an exception", () => {
    expect(() =>
      noGrad(() => {
        throw new RangeError("from the body");
      }),
    ).toThrow("from the body");
    expect(isGradEnabled()).toBe(true);
  });

  it("21. stays over every await of its body, and ends with the promise", async () => {
    const x = variable(3);
    const tracked: boolean[] = [];
    const result = noGrad(async () => {
      tracked.push(mul(x, x).requiresGrad);
      await Promise.resolve();
      tracked.push(mul(x, x).requiresGrad);
      await Promise.resolve();
      tracked.push(mul(x, x).requiresGrad);
      return "done";
    });
    expect(isGradEnabled()).toBe(false);
    expect(await result).toBe("done");
    expect([tracked, isGradEnabled()]).toEqual([[false, false, false], true]);
  });

  it("21. ends with a promise that is rejected, whose reason reaches the caller", async () => {
    const result = noGrad(async () => {
      await Promise.resolve();
      throw new RangeError("from the promise");
    });
    await expect(result).rejects.toThrow("from the promise");
    expect(isGradEnabled()).toBe(true);
  });

  it("21. two that overlap in time end when both have", async () => {
    const gates: (() => void)[] = [];
    const wait = (): Promise<void> => new Promise((open) => gates.push(open));
    const first = noGrad(wait);
    const second = noGrad(wait);
    gates[0]?.();
    await first;
    expect(isGradEnabled()).toBe(false);
    gates[1]?.();
    await second;
    expect(isGradEnabled()).toBe(true);
  });

  it("21. inside it, a backward pass over an earlier graph works", () => {
    const x = variable([1, 2]);
    const y = sum(mul(x, x));
    noGrad(() => y.backward());
    expect(x.grad?.toArray()).toEqual([2, 4]);
  });

  it("21. inside it, createGraph still makes differentiable gradients, as in PyTorch", () => {
    const x = variable(3);
    const y = mul(x, x);
    const [g] = noGrad(() => grad(y, [x], { createGraph: true }));
    expect(g?.requiresGrad).toBe(true);
    expect(isGradEnabled()).toBe(true);
  });
});

describe("enableGrad", () => {
  it("21. records inside noGrad, and noGrad goes on after it", () => {
    const x = variable(3);
    noGrad(() => {
      expect(enableGrad(() => mul(x, x)).requiresGrad).toBe(true);
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  it("21. ends with an exception, and noGrad can be inside it", () => {
    noGrad(() => {
      expect(() =>
        enableGrad(() => {
          expect(noGrad(isGradEnabled)).toBe(false);
          expect(isGradEnabled()).toBe(true);
          throw new RangeError("from the body");
        }),
      ).toThrow("from the body");
      expect(isGradEnabled()).toBe(false);
    });
    expect(isGradEnabled()).toBe(true);
  });

  it("21. a promise's noGrad that began inside it is still open after it", async () => {
    const waiting = enableGrad(() => noGrad(() => Promise.resolve()));
    expect(isGradEnabled()).toBe(false);
    await waiting;
    expect(isGradEnabled()).toBe(true);
  });
});
