import { grad, sum, Variable } from "@adjoint/autograd";
import { defaultGenerator, Generator, manualSeed, ones, type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { Dropout } from "./dropout.ts";

const x = new Variable(ones([100, 100], { dtype: "float64" }) as Tensor, { requiresGrad: true });
const seeded = (p: number): Dropout => new Dropout(p, { generator: new Generator(3) });

describe("Dropout in training", () => {
  it("drops a share of p and scales the rest by 1 / (1 − p)", () => {
    const values = [...seeded(0.2).forward(x).value.toTypedArray()];
    expect(new Set(values)).toEqual(new Set([0, 1 / (1 - 0.2)]));
    // 10,000 coins of probability 0.2: the share strays by 0.004; 0.016 is 4 times that.
    const share = values.filter((value) => value === 0).length / values.length;
    expect(Math.abs(share - 0.2)).toBeLessThan(0.016);
  });

  it("gives the gradient of what it kept", () => {
    const y = seeded(0.5).forward(x);
    const [gradient] = grad([sum(y) as Variable], [x]);
    expect(gradient?.toArray()).toEqual(y.toArray());
  });

  it("drops others each time, and the same from the same seed", () => {
    const dropout = seeded(0.5);
    const [first, second] = [dropout.forward(x).toArray(), dropout.forward(x).toArray()];
    expect(first).not.toEqual(second);
    expect(seeded(0.5).forward(x).toArray()).toEqual(first);
  });

  it("draws from the default generator where none is given", () => {
    const dropout = new Dropout();
    expect(dropout.generator).toBe(defaultGenerator());
    expect(dropout.p).toBe(0.5);
    manualSeed(1);
    const first = dropout.forward(x).toArray();
    manualSeed(1);
    expect(dropout.forward(x).toArray()).toEqual(first);
  });

  it("with p = 0 drops nothing and draws nothing, with p = 1 drops all", () => {
    const none = seeded(0);
    const state = none.generator.state.toArray();
    expect(none.forward(x)).toBe(x);
    expect(none.generator.state.toArray()).toEqual(state);
    const all = seeded(1).forward(x);
    expect(all.value.equal(0).sum().item()).toBe(x.size);
    const [gradient] = grad([sum(all) as Variable], [x]);
    expect(gradient?.value.equal(0).sum().item()).toBe(x.size);
  });

  it("keeps dtype and shape, also of nothing", () => {
    const y = seeded(0.5).forward(zeros([0, 3]));
    expect([y.dtype, y.shape]).toEqual(["float32", [0, 3]]);
  });
});

describe("Dropout in evaluation", () => {
  it("is the identity", () => {
    expect(seeded(0.9).eval().forward(x)).toBe(x);
    expect(seeded(1).eval().forward(x)).toBe(x);
  });
});

describe("Dropout refuses", () => {
  it("a p that is no probability, and whole numbers", () => {
    for (const p of [-0.1, 1.5, Number.NaN]) {
      expect(errorOf(() => new Dropout(p)).message).toBe(
        `[Dropout] p is ${p}. Give a probability from 0 to 1.`,
      );
    }
    const whole = ones([2], { dtype: "int32" }) as Tensor;
    expect(errorOf(() => new Dropout().forward(whole)).message).toBe(
      '[Dropout] input is int32. Dropout scales by 1 / (1 - p); use cast("float32").',
    );
  });
});
