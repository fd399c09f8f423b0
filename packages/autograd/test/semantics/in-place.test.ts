/** Lines 12 and 13 of the semantics: a saved tensor that was written since is found out, through whatever view. */
import {
  exp,
  matmul,
  mul,
  noGrad,
  SavedTensorError,
  sub,
  sum,
  tanh,
  transpose,
  Variable,
  variable,
} from "@adjoint/autograd";
import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

const remedy = "Write to a copy(), or write after the backward pass.";

describe("a saved tensor that was written since the forward pass", () => {
  it("12. is an error that names the op, the input, both versions and who wrote", () => {
    const [x, w] = [variable([1, 2]), variable([3, 4])];
    const y = sum(mul(x, w));
    noGrad(() => {
      w.assign(0);
      w.assign(tensor([1, 1]), { mode: "add", writer: "sgd" });
    });
    expect(messageOf(() => y.backward())).toBe(
      `[mul] its input 1, saved for backward at version 0, is at version 2: "sgd" wrote to its storage since. ${remedy}`,
    );
  });

  it("12. the error has both versions as fields", () => {
    const x = variable([1, 2]);
    const y = sum(mul(x, x));
    x.value.assign(1);
    try {
      y.backward();
      expect.fail("the pass went through");
    } catch (error) {
      expect(error).toBeInstanceOf(SavedTensorError);
      expect(error).toMatchObject({ op: "mul", savedVersion: 0, currentVersion: 1 });
    }
  });

  it("12. counts from the version at the forward pass: earlier writes are none of its business", () => {
    const x = variable([1, 2]);
    noGrad(() => x.assign(5));
    const y = sum(mul(x, x));
    y.backward();
    expect(x.grad?.toArray()).toEqual([10, 10]);
  });

  it("12. an output that was saved is watched too", () => {
    const x = variable([0, 1]);
    const y = exp(x);
    y.value.assign(1, { writer: "test" });
    expect(messageOf(() => y.backward({ gradient: tensor([1, 1]) }))).toBe(
      `[exp] its output, saved for backward at version 0, is at version 1: "test" wrote to its storage since. ${remedy}`,
    );
  });

  it("12. is found only at the moment it is needed: what no rule reads may be written", () => {
    const [x, w] = [variable([1, 2]), new Variable(tensor([3, 4]))];
    const y = sum(sub(mul(x, w), x));
    // Only w̄ = g · x would read x, and w has no gradient.
    x.value.assign(100);
    y.backward();
    expect(x.grad?.toArray()).toEqual([2, 3]);
  });

  it("12. exp reads its output, so its input may be written", () => {
    const x = variable([0, 0]);
    const y = sum(exp(x));
    x.value.assign(100);
    y.backward();
    expect(x.grad?.toArray()).toEqual([1, 1]);
  });

  it("12. is found in a second-order pass", () => {
    const x = variable(2);
    const y = mul(mul(x, x), x);
    y.backward({ createGraph: true });
    const g = x.grad as Variable;
    x.value.assign(3);
    expect(messageOf(() => g.backward())).toMatch(
      /^\[mul\] its input [01], .* is at version 1: "assign" wrote/,
    );
  });

  it("12. a write after the pass is free", () => {
    const x = variable([1, 2]);
    sum(mul(x, x)).backward();
    x.value.assign(0);
    expect(x.grad?.toArray()).toEqual([2, 4]);
  });

  it("12. a write through a view counts, whichever of the two was saved", () => {
    const x = variable([
      [1, 2],
      [3, 4],
    ]);
    const y = sum(matmul(x, transpose(x)));
    x.value.slice(0, { start: 1 }).assign(9, { writer: "a view" });
    expect(messageOf(() => y.backward())).toMatch(
      /^\[matmul\] its input [01], saved for backward at version 0, is at version 1: "a view" wrote/,
    );
  });

  it("12. after the write the forward pass can be run again", () => {
    const x = variable([1, 2]);
    const f = (): Variable => sum(mul(x, x));
    f();
    noGrad(() => x.assign(tensor([5, 6])));
    f().backward();
    expect(x.grad?.toArray()).toEqual([10, 12]);
  });
});

describe("detach", () => {
  it("13. shares storage and requires no grad", () => {
    const x = variable([1, 2]);
    const d = x.detach();
    expect([d.requiresGrad, d.value.storage === x.value.storage, d.isLeaf]).toEqual([false, true, true]);
    expect(mul(x, 2).detach().requiresGrad).toBe(false);
  });

  it("13. stops gradients", () => {
    const x = variable(3);
    mul(x, x.detach()).backward();
    expect(x.grad?.item()).toBe(3);
  });

  it("13. a write through it is seen in the original, and trips a saved tensor", () => {
    const x = variable([1, 2]);
    const h = tanh(x);
    const y = sum(h);
    h.detach().assign(0);
    expect(h.toArray()).toEqual([0, 0]);
    expect(messageOf(() => y.backward())).toBe(
      `[tanh] its output, saved for backward at version 0, is at version 1: "assign" wrote to its storage since. ${remedy}`,
    );
  });
});
