/** Lines 5–10 of the semantics: what can be differentiated, and with respect to what. */
import {
  add,
  argmax,
  backward,
  cast,
  expand,
  GradientError,
  grad,
  mul,
  noGrad,
  reshape,
  sum,
  Variable,
  variable,
} from "@adjoint/autograd";
import { ArgumentError, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

const remedy = "Make the leaves with { requiresGrad: true } and compute from them outside noGrad.";

describe("the root's gradient", () => {
  it("5. backward() without one on more than one element is an error", () => {
    const y = mul(variable([[1, 2, 3]]), 2);
    expect(() => y.backward()).toThrow(GradientError);
    expect(messageOf(() => y.backward())).toBe(
      "[backward] the root is [1, 3] and has 3 elements; only a single number has a gradient by itself. Reduce it first (sum or mean), or give a gradient of its shape.",
    );
  });

  it("5. and on none", () => {
    const y = mul(new Variable(tensor(new Float32Array(0)), { requiresGrad: true }), 2);
    expect(messageOf(() => y.backward())).toBe(
      "[backward] the root is [0] and has 0 elements; only a single number has a gradient by itself. Reduce it first (sum or mean), or give a gradient of its shape.",
    );
  });

  it("5. on one element of any shape is fine", () => {
    const x = variable([[3]]);
    mul(x, x).backward();
    expect(x.grad?.toArray()).toEqual([[6]]);
  });

  it("5. grad() asks the same of each output", () => {
    const x = variable([1, 2]);
    expect(messageOf(() => grad([sum(x), mul(x, 2)], [x]))).toBe(
      "[grad] the root is [2] and has 2 elements; only a single number has a gradient by itself. Reduce it first (sum or mean), or give a gradient of its shape.",
    );
  });

  it("6. weights the root's elements", () => {
    const x = variable([1, 2]);
    mul(x, x).backward({ gradient: tensor([10, 100]) });
    expect(x.grad?.toArray()).toEqual([20, 400]);
  });

  it("6. of the wrong shape is an error that gives both shapes", () => {
    const y = mul(variable([1, 2]), 2);
    const gradient = tensor([[1, 1]]);
    expect(messageOf(() => y.backward({ gradient }))).toBe(
      "[backward] the gradient is [1, 2], the root is [2]. Give a gradient of exactly the root's shape.",
    );
    expect(messageOf(() => grad(y, [y], { gradients: [gradient] }))).toBe(
      "[grad] the gradient is [1, 2], the root is [2]. Give a gradient of exactly the root's shape.",
    );
  });

  it("6. of another dtype is brought to the root's", () => {
    const x = variable([1, 2]);
    mul(x, x).backward({ gradient: tensor([1, 1], { dtype: "float64" }) });
    expect([x.grad?.dtype, x.grad?.toArray()]).toEqual(["float32", [2, 4]]);
  });

  it("6. grad() takes one for each output, and no other number of them", () => {
    const x = variable([1, 2]);
    const [y, z] = [mul(x, 2), mul(x, 3)];
    const [g] = grad([y, z], [x], { gradients: [tensor([1, 10]), tensor([1, 10])] });
    expect(g?.toArray()).toEqual([5, 50]);
    expect(messageOf(() => grad([y, z], [x], { gradients: [tensor([1, 1])] }))).toBe(
      "[grad] there are 2 outputs and 1 gradients. Give one gradient for each output.",
    );
  });
});

describe("a root that tracks nothing says why", () => {
  const x = variable([1, 2]);
  const cases: Record<string, [Variable, string]> = {
    "a leaf": [variable([1, 2], { requiresGrad: false }), "it is a leaf made without requiresGrad"],
    noGrad: [noGrad(() => mul(x, 2)), "it was computed inside noGrad"],
    detach: [mul(x, 2).detach(), "it was detached"],
    "inputs that require no grad": [
      mul(new Variable(tensor([1, 2])), 2),
      "nothing that it was computed from requires grad (one input is a leaf made without requiresGrad)",
    ],
    "noGrad further up": [
      mul(
        noGrad(() => mul(x, 2)),
        new Variable(tensor([1, 2])),
      ),
      "nothing that it was computed from requires grad (one input was computed inside noGrad)",
    ],
    "detach two ops further up": [
      add(mul(new Variable(tensor([1, 2])), x.detach()), 1),
      "nothing that it was computed from requires grad (one input was detached)",
    ],
    "an op without derivative": [
      argmax(x) as Variable,
      'it was made by "argmax", which is not differentiable (a position is a whole number)',
    ],
    "an integer dtype": [cast(x, "int32"), "it is int32, and only floating-point tensors have gradients"],
  };
  for (const [name, [root, reason]] of Object.entries(cases)) {
    it(`7. ${name}`, () => {
      const place = root.shape.length === 0 ? "[]" : "[2]";
      expect(messageOf(() => root.backward())).toBe(
        `[backward] a Variable of shape ${place} tracks nothing: ${reason}. ${remedy}`,
      );
      expect(messageOf(() => grad(root, [x]))).toBe(
        `[grad] a Variable of shape ${place} tracks nothing: ${reason}. ${remedy}`,
      );
    });
  }

  it("7. a leaf whose requiresGrad was switched off", () => {
    const y = variable(1);
    y.requiresGrad = false;
    expect(messageOf(() => y.backward())).toBe(
      `[backward] a Variable of shape [] tracks nothing: it had its requiresGrad set to false. ${remedy}`,
    );
  });
});

describe("a second pass", () => {
  const freed =
    "[mul] the tensors it saved for backward were freed by an earlier backward pass through this graph. Give backward { retainGraph: true } the first time, or run the forward pass again.";

  it("8. through freed saved tensors is an error that names retainGraph", () => {
    const x = variable([1, 2]);
    const y = sum(mul(x, x));
    y.backward();
    expect(() => y.backward()).toThrow(GradientError);
    expect(messageOf(() => y.backward())).toBe(freed);
    expect(x.grad?.toArray()).toEqual([2, 4]);
  });

  it("8. works with retainGraph, which defaults to createGraph", () => {
    const x = variable(3);
    const y = mul(x, x);
    y.backward({ retainGraph: true });
    y.backward({ createGraph: true });
    y.backward({ createGraph: true, retainGraph: false });
    expect(x.grad?.item()).toBe(18);
    expect(messageOf(() => y.backward())).toBe(freed);
  });

  it("8. works where nothing was saved", () => {
    const x = variable([1, 2]);
    const y = sum(add(x, 1));
    y.backward();
    y.backward();
    expect(x.grad?.toArray()).toEqual([2, 2]);
  });

  it("8. grad() frees as backward() does", () => {
    const x = variable(3);
    const y = mul(x, x);
    grad(y, [x]);
    expect(messageOf(() => grad(y, [x]))).toBe(freed);
  });

  it("8. a node whose rules did not run keeps what it saved: a sweep can be cut in two", () => {
    const x = variable(3);
    const h = mul(x, x);
    const y = mul(h, h);
    const [atH] = grad(y, [h]);
    const [atX] = grad(h, [x], { gradients: atH === undefined ? [] : [atH] });
    expect([atH?.item(), atX?.item()]).toEqual([18, 108]);
  });

  it("8. an error in the middle leaves no half-summed gradients behind", () => {
    const x = variable(3);
    const h = mul(x, x);
    let fail = true;
    h.hook(() => {
      if (fail) throw new RangeError("from the hook");
    });
    const y = add(h, add(h, h));
    expect(() => y.backward()).toThrow("from the hook");
    fail = false;
    y.backward();
    expect(x.grad?.item()).toBe(18);
  });
});

describe("grad(outputs, inputs)", () => {
  it("9. leaves every grad alone, retained ones too", () => {
    const [x, w] = [variable([1, 2]), variable([3, 4])];
    const y = mul(x, w);
    y.retainGrad();
    const [g] = grad(sum(y), [x]);
    expect(g?.toArray()).toEqual([3, 4]);
    expect([x.grad, w.grad, y.grad]).toEqual([null, null, null]);
  });

  it("9. sums over several outputs, and gives one gradient for each input in order", () => {
    const [x, w] = [variable(2), variable(5)];
    const [y, z] = [mul(x, w), mul(x, x)];
    expect(grad([y, z], [w, x, y]).map((g) => g.item())).toEqual([2, 9, 1]);
  });

  it("9. counts an output or an input as often as it is named", () => {
    const x = variable(3);
    const y = mul(x, x);
    expect(grad([y, y], [x, x]).map((g) => g.item())).toEqual([12, 12]);
    const z = mul(x, x);
    expect(grad(z, [z]).map((g) => g.item())).toEqual([1]);
  });

  it("9. the gradient at a node in the middle and at the leaf below it come from one sweep", () => {
    const x = variable(3);
    const h = mul(x, x);
    const y = mul(h, h);
    expect(grad(y, [h, x]).map((g) => g.item())).toEqual([18, 108]);
  });

  it("9. an unused input is an error unless allowUnused, and then null", () => {
    const [x, unused] = [variable([1, 2]), variable([[1]])];
    const y = sum(mul(x, x));
    expect(messageOf(() => grad(y, [x, unused], { retainGraph: true }))).toBe(
      "[grad] input 1 of shape [1, 1] is not used by the outputs. Leave it out, or give { allowUnused: true } to get null for it.",
    );
    const [g, none] = grad(y, [x, unused], { allowUnused: true });
    expect([g?.toArray(), none]).toEqual([[2, 4], null]);
  });

  it("9. an input that tracks nothing is an error that says why", () => {
    const x = variable([1, 2]);
    expect(messageOf(() => grad(sum(x), [x.detach()]))).toBe(
      `[grad] a Variable of shape [2] tracks nothing: it was detached. ${remedy}`,
    );
  });

  it("9. gradients have the inputs' shapes", () => {
    const x = variable([[1, 2, 3]]);
    const [g] = grad(sum(expand(reshape(x, [3, 1]), [3, 4])), [x]);
    expect([g?.shape, g?.toArray()]).toEqual([[1, 3], [[4, 4, 4]]]);
  });

  it("10. an empty list of inputs is an error, in backward() too", () => {
    const x = variable(1);
    expect(messageOf(() => grad(mul(x, x), []))).toBe(
      "[grad] inputs is an empty list. Name the Variables to differentiate with respect to.",
    );
    expect(messageOf(() => mul(x, x).backward({ inputs: [] }))).toBe(
      "[backward] inputs is an empty list. Leave it out to reach every leaf, or name some.",
    );
  });

  it("10. unknown options are refused", () => {
    const y = mul(variable(1), 2);
    const options = { retain: true };
    expect(() => backward(y, options as object)).toThrow(ArgumentError);
    expect(messageOf(() => backward(y, options as object))).toBe(
      '[backward] unknown option "retain". Known options: gradient, retainGraph, createGraph, inputs.',
    );
    expect(messageOf(() => grad(y, [y], options as object))).toBe(
      '[grad] unknown option "retain". Known options: gradients, retainGraph, createGraph, allowUnused.',
    );
  });
});

describe("backward({ inputs })", () => {
  it("10. writes the named leaves only; one that was not used stays as it is", () => {
    const [x, w, unused] = [variable(2), variable(5), variable(1)];
    mul(x, w).backward({ inputs: [x, unused] });
    expect([x.grad?.item(), w.grad, unused.grad]).toEqual([5, null, null]);
  });

  it("10. a named result of an op keeps its gradient, as if retainGrad had been called", () => {
    const x = variable(3);
    const h = mul(x, x);
    const y = mul(h, h);
    y.backward({ inputs: [h], retainGraph: true });
    expect([h.grad?.item(), x.grad]).toEqual([18, null]);
    y.backward();
    expect([h.grad?.item(), x.grad?.item()]).toEqual([36, 108]);
  });

  it("10. grads that were retained on the way to the inputs are written", () => {
    const x = variable(3);
    const h = mul(x, x);
    h.retainGrad();
    mul(h, h).backward({ inputs: [x] });
    expect([h.grad?.item(), x.grad?.item()]).toEqual([18, 108]);
  });
});
