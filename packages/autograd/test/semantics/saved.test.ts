/** What the tape keeps: the least that the rules read, freed as the sweep comes by, and never the graph by itself. */
import {
  abs,
  add,
  apply,
  defineOp,
  div,
  exp,
  expand,
  matmul,
  mul,
  type Node,
  neg,
  type Op,
  relu,
  reshape,
  sigmoid,
  slice,
  sqrt,
  sub,
  sum,
  tanh,
  transpose,
  type Value,
  Variable,
  variable,
} from "@adjoint/autograd";
import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../describe-op.ts";

/** Which slots a node keeps: inputs by position, "y" for the output. */
function kept(x: Value): (number | "y")[] {
  const node = (x as Variable).node as Node;
  return Object.keys(node.saved ?? []).flatMap((key): (number | "y")[] => {
    const slot = Number(key);
    if (node.saved?.[slot] === undefined) return [];
    return [slot === node.edges.length ? "y" : slot];
  });
}

describe("what a node keeps", () => {
  const [x, w] = [variable([[1, 2]]), variable([[3, 4]])];
  const constant = tensor([[5, 6]]);
  const cases: Record<string, [Value, (number | "y")[]]> = {
    add: [add(x, w), []],
    sub: [sub(x, w), []],
    neg: [neg(x), []],
    sum: [sum(x), []],
    reshape: [reshape(x, [2]), []],
    transpose: [transpose(x), []],
    expand: [expand(x, [3, 2]), []],
    slice: [slice(x, 0), []],
    "mul of two": [mul(x, w), [0, 1]],
    "mul by a constant: the constant alone": [mul(x, constant), [1]],
    "mul of a constant": [mul(constant, x), [0]],
    "div by a constant": [div(x, constant), [1]],
    "matmul by a constant": [matmul(x, tensor([[1], [2]])), [1]],
    "exp: its output": [exp(x), ["y"]],
    "tanh: its output": [tanh(x), ["y"]],
    "sigmoid: its output": [sigmoid(x), ["y"]],
    "sqrt: its output": [sqrt(x), ["y"]],
    "relu: its output": [relu(x), ["y"]],
    "abs: its input": [abs(x), [0]],
  };
  for (const [name, [y, slots]] of Object.entries(cases)) {
    it(name, () => expect(kept(y)).toEqual(slots));
  }

  it("is the tensor itself, not a copy", () => {
    const y = exp(x);
    expect(y.node?.saved?.[1]).toBe(y.value);
    expect(mul(x, w).node?.saved?.[1]).toBe(w.value);
  });

  it("is nothing where nothing is recorded", () => {
    expect(mul(x.detach(), w.detach()).node).toBeNull();
  });
});

describe("freeing", () => {
  it("comes as the sweep goes by: when a node's rules have run, its tensors are gone", () => {
    const x = variable([1, 2]);
    const first = tanh(x);
    const second = exp(first);
    const seen: boolean[] = [];
    first.hook(() => void seen.push(second.node?.saved === null, first.node?.saved === null));
    sum(second).backward();
    expect([seen, first.node?.saved]).toEqual([[true, false], null]);
  });

  it("does not come with retainGraph", () => {
    const y = sum(exp(variable([1, 2])));
    y.backward({ retainGraph: true });
    expect(y.node?.edges[0]?.saved?.length).toBe(2);
  });

  it("leaves no gradients waiting in the nodes", () => {
    const h = exp(variable([1, 2]));
    sum(add(h, h)).backward();
    expect([h.node?.pending, h.node?.edges[0]?.pending]).toEqual([null, null]);
  });
});

describe("a rule", () => {
  it("may read only what it names in saves", () => {
    const forgetful: Op<[Tensor]> = defineOp<[Tensor]>({
      name: "forgetful",
      forward: ([x]) => x.mul(x),
      vjp: [{ formula: "x̄ = 2gx", rule: (g, saved) => mul(mul(g, 2), saved.input(0)) }],
    });
    const y = apply(forgetful, [variable(3)]) as Variable;
    expect(messageOf(() => y.backward())).toBe(
      "[forgetful] a rule reads its input 0, which it does not save. Name it in the rule's saves.",
    );
  });

  it("that gives the wrong shape is found, unless the op broadcasts", () => {
    const crooked = (broadcasts: boolean): Variable => {
      const op = defineOp<[Tensor]>({
        name: "crooked",
        broadcasts,
        forward: ([x]) => x.add(0),
        vjp: [{ formula: "x̄ = g, twice", rule: (g) => expand(reshape(g, [1, 2]), [3, 2]) }],
      });
      return apply(op, [x]) as Variable;
    };
    const x = variable([1, 2]);
    expect(messageOf(() => sum(crooked(false)).backward())).toBe(
      "[crooked] the VJP of input 0 gave [3, 2] for an input of shape [2]. Mend the rule, or set broadcasts: true in the op if its inputs are broadcast against each other.",
    );
    sum(crooked(true)).backward();
    expect(x.grad?.toArray()).toEqual([3, 3]);
  });

  it("may hand on its cotangent, a view of it, or new memory: no two gradients end up sharing", () => {
    const same = { shape: [2, 2] } as const;
    const rules: Record<string, (x: Variable) => Value> = {
      "the cotangent": (x) => add(x, 0),
      "a view of it": (x) => transpose(x),
      "a view of a view": (x) => reshape(slice(x, { step: -1 }), [4]),
      "new memory": (x) => mul(x, 1),
    };
    for (const [name, f] of Object.entries(rules)) {
      const [a, b] = [
        variable([
          [1, 2],
          [3, 4],
        ]),
        variable([
          [1, 2],
          [3, 4],
        ]),
      ];
      const gradient = new Variable(tensor(new Float32Array([1, 2, 3, 4]), same));
      const y = add(f(a), f(b)) as Variable;
      y.backward({ gradient: reshape(gradient, y.shape) });
      const before = b.grad?.toArray();
      a.grad?.value.assign(50);
      expect(b.grad?.toArray(), name).toEqual(before);
      b.grad?.value.assign(60);
      expect(gradient.value.toArray(), name).toEqual([
        [1, 2],
        [3, 4],
      ]);
    }
  });
});
