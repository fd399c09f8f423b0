/** Lines 1–4 and 11 of the semantics: where gradients arrive, what can have one, and what may be written. */
import {
  add,
  argmax,
  cast,
  GradientError,
  greater,
  mean,
  mul,
  noGrad,
  relu,
  sum,
  Variable,
  variable,
} from "@adjoint/autograd";
import { tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

describe("grad of leaves", () => {
  it("1. is null before the first backward pass", () => {
    expect(variable([1, 2]).grad).toBeNull();
  });

  it("1. is added to by each pass", () => {
    const x = variable([1, 2]);
    sum(mul(x, 3)).backward();
    expect(x.grad?.toArray()).toEqual([3, 3]);
    sum(mul(x, x)).backward();
    expect(x.grad?.toArray()).toEqual([5, 7]);
  });

  it("1. is added to in new memory: whoever holds the earlier gradient keeps its numbers", () => {
    const x = variable([1, 2]);
    sum(mul(x, 3)).backward();
    const earlier = x.grad;
    sum(mul(x, 3)).backward();
    expect(earlier?.toArray()).toEqual([3, 3]);
    expect(x.grad?.toArray()).toEqual([6, 6]);
  });

  it("1. is null again after zeroGrad", () => {
    const x = variable([1, 2]);
    sum(x).backward();
    x.zeroGrad();
    expect(x.grad).toBeNull();
  });

  it("1. shares memory with no other leaf's gradient, nor with the gradient that was given", () => {
    const [a, b] = [variable([1, 2]), variable([3, 4])];
    const gradient = tensor([1, 1]);
    add(a, b).backward({ gradient });
    a.grad?.value.assign(7);
    b.grad?.value.assign(8);
    expect([a.grad?.toArray(), b.grad?.toArray(), gradient.toArray()]).toEqual([
      [7, 7],
      [8, 8],
      [1, 1],
    ]);
  });

  it("1. can be written in place, also where the gradient was one number spread out", () => {
    const x = variable([1, 2, 3]);
    sum(x).backward();
    x.grad?.value.assign(tensor([4, 5, 6]));
    expect(x.grad?.toArray()).toEqual([4, 5, 6]);
  });

  it("1. can be written in place, also where a rule made one number and spread it out", () => {
    const x = variable([1, 2, 4]);
    mean(x).backward();
    x.grad?.value.assign(tensor([4, 5, 6]));
    expect(x.grad?.toArray()).toEqual([4, 5, 6]);
  });

  it("1. is 1 for a leaf that is its own root", () => {
    const x = variable(5);
    x.backward();
    expect(x.grad?.item()).toBe(1);
  });

  it("1. is not tracked without createGraph, even for a gradient that is", () => {
    const x = variable(2);
    const seed = variable(3);
    mul(x, x).backward({ gradient: seed });
    expect(x.grad?.item()).toBe(12);
    expect(x.grad?.requiresGrad).toBe(false);
    expect(messageOf(() => x.grad?.backward())).toBe(
      "[backward] a Variable of shape [] tracks nothing: it is a gradient computed without createGraph. Make the leaves with { requiresGrad: true } and compute from them outside noGrad.",
    );
  });
});

describe("which Variables get a grad", () => {
  it("2. leaves that require grad, and no others", () => {
    const x = variable([1, 2]);
    const constant = variable([3, 4], { requiresGrad: false });
    const y = mul(x, constant);
    const z = sum(y);
    z.backward();
    expect(x.grad?.toArray()).toEqual([3, 4]);
    expect([constant.grad, y.grad, z.grad]).toEqual([null, null, null]);
  });

  it("2. others after retainGrad, added up over passes", () => {
    const x = variable([1, 2]);
    const y = mul(x, x);
    y.retainGrad();
    const z = sum(mul(y, y));
    z.retainGrad();
    z.backward({ retainGraph: true });
    expect([y.grad?.toArray(), z.grad?.toArray()]).toEqual([[2, 8], 1]);
    z.backward();
    expect([y.grad?.toArray(), z.grad?.toArray()]).toEqual([[4, 16], 2]);
  });

  it("2. retainGrad on a leaf changes nothing", () => {
    const x = variable(3);
    x.retainGrad();
    mul(x, x).backward();
    expect(x.grad?.item()).toBe(6);
  });

  it("2. a retained grad has memory of its own", () => {
    const x = variable([1, 2]);
    const y = mul(x, 2);
    y.retainGrad();
    const z = mul(y, 1);
    z.retainGrad();
    sum(add(z, 1)).backward();
    y.grad?.value.assign(5);
    z.grad?.value.assign(6);
    expect([y.grad?.toArray(), z.grad?.toArray(), x.grad?.toArray()]).toEqual([
      [5, 5],
      [6, 6],
      [2, 2],
    ]);
  });

  it("2. a retained grad that is written during the pass does not change what goes on", () => {
    const x = variable(1);
    const y = add(x, 0);
    y.retainGrad();
    x.hook(() => {
      y.grad?.value.assign(100);
    });
    mul(y, 3).backward();
    expect([y.grad?.item(), x.grad?.item()]).toEqual([100, 3]);
  });

  it("2. retainGrad on what is not tracked is an error", () => {
    const y = noGrad(() => mul(variable([1, 2]), 2));
    expect(messageOf(() => y.retainGrad())).toBe(
      "[retainGrad] this Variable of shape [2] is not tracked: it was computed inside noGrad. Only a Variable that requires grad, or was computed from one, has a gradient.",
    );
  });
});

describe("requiresGrad", () => {
  it("3. of an output is set if any input's is", () => {
    const [x, constant] = [variable(1), variable(2, { requiresGrad: false })];
    expect(mul(constant, x).requiresGrad).toBe(true);
    expect(mul(x, constant).requiresGrad).toBe(true);
    expect(mul(constant, constant).requiresGrad).toBe(false);
    const number = tensor([1]);
    expect(mul(number, x).requiresGrad).toBe(true);
  });

  it("3. a Tensor beside Tensors gives a Tensor", () => {
    expect(mul(tensor([1, 2]), 2)).not.toBeInstanceOf(Variable);
  });

  it("3. marks leaves: made by no recorded op", () => {
    const x = variable(1);
    expect([x.isLeaf, mul(x, 2).isLeaf, noGrad(() => mul(x, 2)).isLeaf]).toEqual([true, false, true]);
    expect(mul(x, 2).detach().isLeaf).toBe(true);
  });

  it("3. can be changed on a leaf", () => {
    const x = variable(3, { requiresGrad: false });
    x.requiresGrad = true;
    mul(x, x).backward();
    expect(x.grad?.item()).toBe(6);
    x.requiresGrad = false;
    expect(mul(x, x).requiresGrad).toBe(false);
  });

  it("3. switched off on a leaf after its use: a pass through the earlier graph leaves its grad alone", () => {
    const [x, w] = [variable(3), variable(2)];
    const y = mul(x, w);
    x.requiresGrad = false;
    y.backward();
    expect([x.grad, w.grad?.item()]).toEqual([null, 3]);
  });

  it("3. switched off and on again, a leaf has its hooks still", () => {
    const x = variable(3);
    const seen: number[] = [];
    x.hook((g) => void seen.push(g.item()));
    x.requiresGrad = false;
    x.requiresGrad = true;
    mul(x, x).backward();
    expect([seen, x.grad?.item()]).toEqual([[6], 6]);
  });

  it("3. cannot be changed on the result of an op", () => {
    const y = mul(variable([1, 2]), 2);
    expect(() => {
      y.requiresGrad = false;
    }).toThrow(GradientError);
    expect(messageOf(() => Object.assign(y, { requiresGrad: false }))).toBe(
      '[requiresGrad] only a leaf can change it, and this Variable of shape [2] was made by "mul". Use detach() for a part of the graph that shall not be tracked.',
    );
  });

  it.each(["int32", "uint8", "bool"] as const)("4. cannot be set on %s", (dtype) => {
    const x = zeros([2], { dtype });
    const remedy = 'Cast it first, for example with cast("float32").';
    expect(messageOf(() => new Variable(x, { requiresGrad: true }))).toBe(
      `[Variable] only floating-point tensors can require grad, and this one is ${dtype}. ${remedy}`,
    );
    expect(messageOf(() => Object.assign(new Variable(x), { requiresGrad: true }))).toBe(
      `[requiresGrad] only floating-point tensors can require grad, and this one is ${dtype}. ${remedy}`,
    );
  });

  it("4. does not come out of ops whose result is no floating-point tensor", () => {
    const x = variable([1, 5, 2]);
    expect([argmax(x).requiresGrad, greater(x, 2).requiresGrad, cast(x, "int32").requiresGrad]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("writing in place", () => {
  it("11. to a leaf that requires grad is an error outside noGrad", () => {
    const x = variable([1, 2]);
    expect(() => x.assign(0)).toThrow(GradientError);
    expect(messageOf(() => x.assign(0))).toBe(
      "[assign] this leaf of shape [2] requires grad, and the tape records no writes in place. Write inside noGrad(() => …), or to a detach()ed Variable.",
    );
    expect(x.toArray()).toEqual([1, 2]);
  });

  it("11. to a tracked result is one too", () => {
    const y = relu(variable([1, 2]));
    expect(messageOf(() => y.assign(0))).toBe(
      '[assign] this result of "relu" of shape [2] requires grad, and the tape records no writes in place. Write inside noGrad(() => …), or to a detach()ed Variable.',
    );
  });

  it("11. from a tracked source is one too: its gradient would be lost in silence", () => {
    const buffer = new Variable(zeros([2]));
    const x = variable([1, 2]);
    expect(messageOf(() => buffer.assign(x))).toBe(
      "[assign] the source of shape [2] requires grad, and the tape records no writes in place: no gradient would come back from here. Write source.detach(), or write inside noGrad(() => …).",
    );
    expect(buffer.assign(x.detach()).toArray()).toEqual([1, 2]);
  });

  it("11. works inside noGrad, and on what is not tracked", () => {
    const x = variable([1, 2]);
    noGrad(() => x.assign(tensor([3, 4])));
    expect(x.toArray()).toEqual([3, 4]);
    noGrad(() => x.assign(1, { mode: "add" }));
    expect(x.toArray()).toEqual([4, 5]);
    expect(x.detach().assign(9).toArray()).toEqual([9, 9]);
    expect(x.toArray()).toEqual([9, 9]);
  });
});
