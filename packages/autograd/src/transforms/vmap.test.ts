import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose, messageOf } from "../../test/describe-op.ts";
import {
  add,
  gather,
  grad,
  indexSelect,
  linear,
  matmul,
  mul,
  relu,
  scatterAdd,
  sum,
  tanh,
  type Value,
  Variable,
  variable,
  vmap,
} from "../index.ts";

const float64 = { dtype: "float64" } as const;
const int32 = { dtype: "int32" } as const;
const table = tensor(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  float64,
) as Tensor;

describe("vmap: axes", () => {
  it("maps the first axis of every argument, and puts it first in the result", () => {
    const f = (a: Tensor, b: Tensor): Tensor => a.mul(b).sum() as Tensor;
    expectClose(vmap(f)(table, table), [14, 77], 0);
  });

  it("takes the batch axis of each argument from inAxes, negative ones from the end, null for none", () => {
    const f = (a: Tensor, b: Tensor, c: Tensor): Tensor => a.mul(b).add(c) as Tensor;
    const b = tensor(
      [
        [1, 10],
        [2, 20],
        [3, 30],
      ],
      float64,
    ) as Tensor;
    const c = tensor([100, 200, 300], float64) as Tensor;
    expectClose(
      vmap(f, { inAxes: [0, -1, null] })(table, b, c),
      [
        [101, 204, 309],
        [140, 300, 480],
      ],
      0,
    );
  });

  it("takes one axis for all arguments, and null for none of one", () => {
    expectClose(vmap((a: Tensor) => a.sum() as Tensor, { inAxes: 1 })(table), [5, 7, 9], 0);
    expectClose(vmap((a: Tensor) => a.sum() as Tensor, { inAxes: -1 })(table), [5, 7, 9], 0);
  });

  it("puts the batch axis of the results where outAxes says", () => {
    const twice = (a: Tensor): Tensor => a.mul(2) as Tensor;
    expectClose(
      vmap(twice, { outAxes: 1 })(table),
      [
        [2, 8],
        [4, 10],
        [6, 12],
      ],
      0,
    );
    expectClose(
      vmap(twice, { outAxes: -1 })(table),
      [
        [2, 8],
        [4, 10],
        [6, 12],
      ],
      0,
    );
  });

  it("repeats a result that is the same for all examples, or gives it once for null", () => {
    const f = (a: Tensor): { a: Tensor; b: Tensor } => ({ a, b: tensor([7]) as Tensor });
    expectClose(vmap(f)(table).b, [[7], [7]], 0);
    expectClose(vmap(f, { outAxes: { a: 0, b: null } })(table).b, [7], 0);
  });

  it("walks nested arrays and plain objects, in arguments and results, and hands on what is no Value", () => {
    const f = ({ w, b }: { w: Tensor; b: [Tensor, string] }, x: Tensor) => ({
      out: [w.mul(x).add(b[0])],
      name: b[1],
    });
    const params = { w: table, b: [tensor([1, 2], float64), "bias"] as [Tensor, string] };
    const result = vmap(f, { inAxes: [{ w: 0, b: 0 }, null] })(params, tensor(10, float64) as Tensor);
    expect(result.name).toBe("bias");
    expectClose(
      result.out[0] as Tensor,
      [
        [11, 21, 31],
        [42, 52, 62],
      ],
      0,
    );
  });

  it("shows the function the shape of one example, and Variables as Variables", () => {
    const shapes: unknown[] = [];
    const f = (a: Value, b: Value): Value => {
      shapes.push(a.shape, a.size, b.rank, a instanceof Variable, b instanceof Variable);
      return sum(add(a, b));
    };
    vmap(f)(table, new Variable(table, { requiresGrad: true }));
    expect(shapes).toEqual([[3], 3, 1, false, true]);
  });

  it("takes an empty batch", () => {
    expect(vmap((a: Tensor) => a.sum() as Tensor)(zeros([0, 3]) as Tensor).shape).toEqual([0]);
    expect(vmap((a: Tensor) => matmulOf(a))(zeros([0, 3]) as Tensor).shape).toEqual([0, 2]);
  });

  it("nests, each level with axes of its own", () => {
    const outer = vmap((a: Tensor) => vmap((b: Tensor) => a.mul(b).sum() as Tensor)(table));
    expectClose(
      outer(table),
      [
        [14, 32],
        [32, 77],
      ],
      0,
    );
    const columns = vmap((a: Tensor) => vmap((b: Tensor) => b.mul(10) as Tensor, { outAxes: 0 })(a), {
      inAxes: 1,
    });
    expectClose(
      columns(table),
      [
        [10, 40],
        [20, 50],
        [30, 60],
      ],
      0,
    );
  });
});

const weight = tensor([
  [1, 0],
  [0, 1],
  [1, 1],
]) as Tensor;
function matmulOf(a: Tensor): Tensor {
  return a.matmul(weight) as Tensor;
}

describe("vmap: indices, writes and views inside", () => {
  const index = tensor(
    [
      [2, 0],
      [1, 1],
    ],
    int32,
  ) as Tensor;

  it("each example reads at its own indices, from what is shared or its own", () => {
    const one = tensor([5, 6, 7], float64) as Tensor;
    expectClose(
      vmap((i: Tensor) => gather(one, i, 0) as Tensor)(index),
      [
        [7, 5],
        [6, 6],
      ],
      0,
    );
    expectClose(
      vmap((x: Tensor, i: Tensor) => indexSelect(x, i) as Tensor)(table, index),
      [
        [3, 1],
        [5, 5],
      ],
      0,
    );
  });

  it("each example adds at its own indices", () => {
    const f = (i: Tensor, s: Tensor): Tensor => scatterAdd(zeros([3], float64) as Tensor, i, s, 0) as Tensor;
    expectClose(
      vmap(f)(index, table.slice(null, { stop: 2 })),
      [
        [2, 0, 1],
        [0, 9, 0],
      ],
      0,
    );
  });

  it("a copy of an argument can be written, and the argument stays what it was", () => {
    const f = (a: Tensor): Tensor => {
      a.slice(0).assign(a.slice(2), { mode: "add" });
      return a;
    };
    expectClose(
      vmap(f)(table),
      [
        [4, 2, 3],
        [10, 5, 6],
      ],
      0,
    );
    expectClose(
      table,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      0,
    );
  });

  it("a write to a result spoils what the backward pass needs of it, and the pass says so", () => {
    const x = new Variable(table, { requiresGrad: true });
    const y = vmap((a: Variable) => tanh(a))(x);
    y.value.assign(0);
    expect(messageOf(() => (sum(y) as Variable).backward())).toContain(
      '[tanh] its output, saved for backward at version 0, is at version 1: "assign" wrote to its storage since.',
    );
  });

  it("a batched value prints as such", () => {
    const texts: string[] = [];
    vmap((a: Variable) => {
      texts.push(String(a), String(a.value.mul(2)));
      return vmap((b: Variable) => {
        texts.push(String(b));
        return b;
      })(a);
    })(new Variable(table, { requiresGrad: true }));
    expect(texts).toEqual([
      "variable(<batched over [2]>, shape=[3], dtype=float64, op=toBatch)",
      "tensor(<batched over [2]>, shape=[3], dtype=float64)",
      "variable(<batched over [2, 3]>, shape=[], dtype=float64, op=toBatch)",
    ]);
  });
});

describe("vmap: random numbers", () => {
  const draw = (randomness: "different" | "same", generator = new Generator(1)): Tensor =>
    vmap((x: Tensor) => x.add(generator.uniform([3], float64)) as Tensor, { randomness })(
      table.mul(0) as Tensor,
    );

  it("are each example's own, the same for all, or refused", () => {
    const [different, same] = [draw("different"), draw("same")];
    expect(different.slice(0).toArray()).not.toEqual(different.slice(1).toArray());
    expect(same.slice(0).toArray()).toEqual(same.slice(1).toArray());
    expectClose(same.slice(0), new Generator(1).uniform([3], float64).toArray() as number[], 0);
  });

  it("advance the generator", () => {
    const generator = new Generator(1);
    const [first, second] = [draw("different", generator), draw("different", generator)];
    expect(first.toArray()).not.toEqual(second.toArray());
  });

  it("of nested levels follow each level's setting", () => {
    const generator = new Generator(1);
    const inner = vmap((x: Tensor) => x.add(generator.uniform([], float64)) as Tensor, {
      randomness: "different",
    });
    const drawn = vmap(inner, { randomness: "same" })(table.mul(0) as Tensor);
    expect(drawn.slice(0).toArray()).toEqual(drawn.slice(1).toArray());
    expect(new Set(drawn.toTypedArray()).size).toBe(3);
  });
});

describe("vmap: gradients", () => {
  const net = (w: { readonly first: Value; readonly second: Value }, x: Value): Value =>
    sum(linear(relu(linear(x, w.first)), w.second));
  const generator = new Generator(4);
  const weights = {
    first: generator.normal([4, 3], float64) as Tensor,
    second: generator.normal([1, 4], float64) as Tensor,
  };

  it("of each example of a small net, against a loop", () => {
    const gradient = grad(net) as (w: typeof weights, x: Tensor) => { first: Variable; second: Variable };
    const each = vmap(gradient, { inAxes: [null, 0] })(weights, table);
    for (const i of [0, 1]) {
      const alone = gradient(weights, table.slice(i));
      expectClose(each.first.value.slice(i), alone.first.toArray() as number[], 1e-12);
      expectClose(each.second.value.slice(i), alone.second.toArray() as number[], 1e-12);
    }
  });

  it("of Variables that the function closes over: each example's inside, their sum outside", () => {
    const w = new Variable(weights.first, { requiresGrad: true });
    const each = vmap((x: Tensor) => grad(sum(linear(x, w)) as Variable, [w])[0] as Variable)(table);
    expect(each.shape).toEqual([2, 4, 3]);
    expectClose(each.value.slice(1, 0), [4, 5, 6], 0);
    const total = sum(vmap((x: Tensor) => linear(x, w) as Variable)(table)) as Variable;
    total.backward();
    expectClose((w.grad as Variable).value.slice(0), [5, 7, 9], 0);
  });

  it("flow into a batched argument by any axis, and through a broadcast result", () => {
    const x = new Variable(table, { requiresGrad: true });
    const y = vmap((a: Variable) => mul(a, a) as Variable, { inAxes: 1, outAxes: 1 })(x);
    expectClose(
      grad(sum(y) as Variable, [x])[0]?.value as Tensor,
      [
        [2, 4, 6],
        [8, 10, 12],
      ],
      0,
    );
    const z = variable([2, 3]);
    const same = vmap((_: Tensor) => mul(z, z) as Variable)(table);
    expectClose(grad(sum(same) as Variable, [z])[0]?.value as Tensor, [8, 12], 0);
  });

  it("backward() inside reaches leaves that were made inside", () => {
    const f = (x: Tensor): Tensor => {
      const leaf = new Variable(x, { requiresGrad: true });
      (sum(mul(leaf, leaf)) as Variable).backward();
      return (leaf.grad as Variable).value;
    };
    expectClose(
      vmap(f)(table),
      [
        [2, 4, 6],
        [8, 10, 12],
      ],
      0,
    );
  });

  it("sums what an ended inner vmap shared, and keeps apart what a running outer one does", () => {
    const w = new Variable(tensor([1, 1, 1], float64) as Tensor, { requiresGrad: true });
    const loss = (x: Tensor): Variable => sum(vmap((s: Tensor) => mul(w, s) as Variable)(x)) as Variable;
    const each = vmap((x: Tensor) => grad(loss(x), [w])[0] as Variable)(table);
    expectClose(
      each.value,
      [
        [6, 6, 6],
        [15, 15, 15],
      ],
      0,
    );
  });
});

describe("vmap: errors", () => {
  const f = (a: Value): Value => a;
  const cases: Record<string, [run: () => unknown, message: string]> = {
    "no batch axis at all": [
      () => vmap(f, { inAxes: null })(table),
      "[vmap] no argument has a batch axis. Give at least one Tensor or Variable whose entry in inAxes is a number.",
    ],
    "sizes that differ": [
      () => vmap(add as (a: Value, b: Value) => Value)(table, zeros([3, 2]) as Tensor),
      "[vmap] batch axes differ: argument 0 is [2, 3] (axis 0 = 2), argument 1 is [3, 2] (axis 0 = 3). All must have one size; give null in inAxes for what is the same for every example.",
    ],
    "an axis that is not there": [
      () => vmap(f, { inAxes: 2 })(table),
      "[vmap] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.",
    ],
    "as many inAxes as arguments": [
      () => vmap(f, { inAxes: [0, 0] })(table),
      "[vmap] inAxes is a list of 2 for 1 argument. Give one entry for each argument, or one axis for all.",
    ],
    "inAxes of another structure": [
      () => vmap((a: { x: Tensor }) => a.x, { inAxes: [{ y: 0 }] })({ x: table }),
      '[vmap] inAxes[0] is {"y":0}, and what it is for has another structure. Give an axis or null, or a tree with the same keys.',
    ],
    "outAxes null for what differs": [
      () => vmap(f, { outAxes: null })(table),
      "[vmap] outAxes is null, and the result differs from example to example. Give the axis where the batch shall be.",
    ],
    "an unknown option": [
      () => vmap(f, { axis: 0 } as never)(table),
      '[vmap] unknown option "axis". Known options: inAxes, outAxes, randomness.',
    ],
    "an unknown randomness": [
      () => vmap(f, { randomness: "none" as never })(table),
      '[vmap] randomness is "none". Give "error", "different" or "same".',
    ],
    "a promise": [
      () => vmap(async (a: Tensor) => a)(table),
      "[vmap] f gave a promise. Give a synchronous function.",
    ],
    "reading a value": [
      () => vmap((a: Tensor) => a.mul(a.sum().item()) as Tensor)(table),
      "[read] a value of [] is read inside vmap, where it stands for 2 of them. Return it and read it outside; in place of a branch on a value, compute both sides and choose with where.",
    ],
    "a value kept after its vmap": [
      () => {
        let kept = table;
        vmap((a: Tensor) => {
          kept = a;
          return a;
        })(table);
        return kept.mul(2);
      },
      "[cpu] a tensor holds no numbers: it belongs to a vmap that is over. Return it from the function under vmap instead of keeping it.",
    ],
    "a write to what is shared": [
      () => vmap((a: Tensor) => (zeros([3]) as Tensor).assign(a))(table),
      "[assign] the source has a value for each of 2 examples of a vmap, and the target of [3] has one for all. Return the value from the function under vmap and write it outside, or write to a tensor that was computed from the batched arguments.",
    ],
    "random numbers without randomness": [
      () => vmap((a: Tensor) => a.add(new Generator(1).uniform([3])) as Tensor)(table),
      '[vmap] the function under vmap draws random numbers, and randomness is not given. Give { randomness: "different" } for numbers of each example\'s own, or "same" for the same in all.',
    ],
    "backward() to a shared leaf": [
      () => {
        const w = variable([1, 2, 3]);
        vmap((a: Tensor) => {
          (sum(mul(w, a)) as Variable).backward();
          return a;
        })(table);
      },
      "[backward] inside vmap a Variable of shape [3] that is the same for every example has a gradient for each. Use grad, which gives them back, or call backward outside vmap, where they are summed.",
    ],
    "a gradient with respect to the batch, inside": [
      () => {
        const x = new Variable(table, { requiresGrad: true });
        vmap((a: Variable) => grad(sum(a) as Variable, [x])[0] as Variable)(x);
      },
      "[vmap] a gradient is taken inside vmap with respect to what the whole batch was computed from. Take it with respect to the function's own arguments, as vmap(grad(f)) does, or outside vmap.",
    ],
  };
  it.each(Object.entries(cases))("%s", (_, [run, message]) => {
    expect(messageOf(run)).toBe(message);
  });

  it("an exception inside leaves no level behind", () => {
    expect(() => vmap((a: Tensor) => a.matmul(zeros([4, 2])) as Tensor)(table)).toThrow("inner axes differ");
    expectClose(
      table.add(1) as Tensor,
      [
        [2, 3, 4],
        [5, 6, 7],
      ],
      0,
    );
    expectClose(
      vmap((a: Tensor) => matmul(a, zeros([3, 1], float64) as Tensor) as Tensor)(table),
      [[0], [0]],
      0,
    );
  });
});
