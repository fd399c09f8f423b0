import { readdirSync, readFileSync } from "node:fs";
import {
  add,
  apply,
  cast,
  customVjp,
  defineOp,
  exp,
  gelu,
  grad,
  maxPool2d,
  mul,
  noGrad,
  norm,
  pad,
  relu,
  slice,
  stopGradient,
  sum,
  tanh,
  type Value,
  Variable,
  variable,
  vmap,
} from "@adjoint/autograd";
import {
  decodeTrace,
  encodeTrace,
  ReplayError,
  record,
  replay,
  replayBackward,
  type Trace,
} from "@adjoint/autograd/graph";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectReplay } from "../../test/against-replay.ts";
import { anyProgram } from "../../test/random-programs.ts";
import * as table from "./op-table.ts";

const source = new URL("../", import.meta.url);

/** The ids of the nodes of that op or name. */
function idsOf({ nodes }: Trace, what: string): number[] {
  return nodes.filter(({ op, name }) => op === what || name === what).map(({ id }) => id);
}

function idOf(trace: Trace, what: string): number {
  const [id] = idsOf(trace, what);
  if (id === undefined) throw new Error(`no ${what}`);
  return id;
}

function float64(shape: readonly number[], seed: number): Variable {
  return new Variable(new Generator(seed).normal(shape, { dtype: "float64" }), { requiresGrad: true });
}

describe("the table of ops", () => {
  it("has every op that a file of the library defines, under its name, but for those of vmap and of leaves", () => {
    const defined = readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(new URL(file, source), "utf8"))
      .flatMap((text) =>
        [...text.matchAll(/defineOp<[^(]+\(\s*\{\s*name: "(\w+)"/g)].map(([, name]) => name),
      );
    expect(defined.length).toBeGreaterThan(120);
    const elsewhere = ["leaf", "toBatch", "fromBatch", "sumLevels"];
    expect(defined).toEqual(expect.arrayContaining(elsewhere));
    const named = Object.entries(table).map(([key, { name }]) => [key, name]);
    const names = named.map(([, name]) => name);
    expect([...names, ...elsewhere].sort()).toEqual(defined.sort());
    for (const [key, name] of named) expect(key).toBe(`${name}Op`);
  });
});

describe("replay", () => {
  it("gives every number of random programs again, and from a file", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const [x, w] = [float64([2, 3], 1), float64([2, 3], 2)];
      const trace = record(() => sum(run(x, w) as Variable).backward());
      expectReplay(trace);
      expectReplay(decodeTrace(encodeTrace(trace)));
    });
    fc.assert(law, { seed: 11, numRuns: 40 });
  });

  it("gives attributes of every kind again: numbers that JSON lacks, ranges, lists, words, none", () => {
    const x = float64([1, 1, 4, 4], 3);
    const trace = record(() => {
      const padded = pad(
        x,
        [
          [1, 1],
          [0, 1],
        ],
        { value: Number.NEGATIVE_INFINITY },
      );
      const pooled = maxPool2d(padded, 2, { stride: 1 });
      const part = slice(pooled, 0, null, { start: 0, stop: 2 }, -1);
      sum(gelu(norm(part, 1, { ord: Number.POSITIVE_INFINITY }), { approximate: "tanh" })).backward();
    });
    expect(JSON.stringify(trace.nodes.map(({ attributes }) => attributes))).toContain('"-Infinity"');
    expectReplay(trace);
    expectReplay(decodeTrace(encodeTrace(trace)));
  });

  it("gives gradients of gradients again, with the ops that the first pass recorded", () => {
    const x = float64([3], 4);
    const trace = record(() => {
      const [first] = grad(sum(mul(tanh(x), x)) as Variable, [x], { createGraph: true });
      sum(mul(first as Variable, x)).backward();
    });
    expect(trace.passes.map(({ createGraph }) => createGraph)).toEqual([true, false]);
    expectReplay(trace);
  });

  it("gives what was detached, recorded without grad, seeded twice or cast", () => {
    const x = float64([3], 5);
    const trace = record(() => {
      const y = mul(x, stopGradient(exp(x)));
      const quiet = noGrad(() => tanh(y));
      const single = cast(add(y, quiet), "float32");
      grad([single, single, y], [x], {
        gradients: [tensor([1, 2, 3]), tensor([4, 5, 6]), tensor(Float64Array.of(7, 8, 9))],
      });
    });
    expectReplay(trace);
  });

  it("goes through a graph that is 20,000 ops deep", () => {
    const trace = record(() => {
      let y: Value = float64([], 6);
      for (let i = 0; i < 20_000; i++) y = add(y, 1);
      (y as Variable).backward();
    });
    const last = trace.nodes.at(-1)?.id ?? 0;
    expect(
      replay(trace, { nodes: [last] })
        .get(last)
        ?.item(),
    ).toBe(trace.nodes.at(-1)?.value?.data?.[0]);
    expect(replayBackward(trace, 0).adjoints.size).toBe(20_001);
  });

  it("computes with values that are set, forward and backward", () => {
    const [x, other] = [float64([4], 7), float64([4], 8)];
    const f = (v: Variable): Variable => sum(tanh(mul(v, v))) as Variable;
    const trace = record(() => f(x).backward(), { names: [["x", x]] });
    const loss = idOf(trace, "sum");
    const set = new Map([[idOf(trace, "x"), other.value]]);
    const expected = f(other);
    const [gradient] = grad(expected, [other]);
    expect(
      replay(trace, { set, nodes: [loss] })
        .get(loss)
        ?.item(),
    ).toBe(expected.item());
    const again = replayBackward(trace, 0, { set });
    expect(again.values.get(loss)?.item()).toBe(expected.item());
    expect(again.adjoints.get(idOf(trace, "x"))?.toArray()).toEqual(gradient?.toArray());
  });

  it("takes a node that is set for a leaf: nothing behind it gets an adjoint", () => {
    const x = variable([1, 2]);
    const trace = record(() => sum(exp(mul(x, x))).backward());
    const product = idOf(trace, "mul");
    const again = replayBackward(trace, 0, { set: new Map([[product, tensor([0, 1]) as Tensor]]) });
    expect(again.adjoints.get(product)?.toArray()).toEqual([1, Math.fround(Math.E)]);
    expect([...again.adjoints.keys()]).not.toContain(idOf(trace, "leaf"));
  });

  it("puts an adjoint in place as the sweep comes by", () => {
    const x = variable([1, 2]);
    const trace = record(() => sum(mul(relu(x), x)).backward());
    const adjoints = new Map([[idOf(trace, "relu"), tensor([0, 10]) as Tensor]]);
    const again = replayBackward(trace, 0, { adjoints });
    expect(again.adjoints.get(idOf(trace, "relu"))?.toArray()).toEqual([0, 10]);
    expect(again.adjoints.get(idOf(trace, "leaf"))?.toArray()).toEqual([1, 12]);
  });

  it("computes in float64 what was recorded in float32, casts in between too", () => {
    const x = variable([0.1, 0.2]);
    const trace = record(() => sum(tanh(cast(cast(x, "float64"), "float32"))).backward());
    const loss = idOf(trace, "sum");
    const inputs = Array.from(trace.nodes[0]?.value?.data ?? []);
    const again = replayBackward(trace, 0, { dtype: "float64" });
    expect([...again.values.values()].map(({ dtype }) => dtype)).toEqual(again.steps.map(() => "float64"));
    expect(again.values.get(loss)?.item()).toBeCloseTo(
      Math.tanh(inputs[0] ?? 0) + Math.tanh(inputs[1] ?? 0),
      15,
    );
    expect(again.adjoints.get(loss)?.dtype).toBe("float64");
  });

  it("runs ops that are given, in place of the library's too", () => {
    const wrongRelu = defineOp<[Tensor]>({
      name: "relu",
      forward: ([x]) => x.relu(),
      vjp: [{ formula: "x̄ = 2g", rule: (g) => mul(g, 2) }],
    });
    const trace = record(() => (apply(wrongRelu, [variable(3)]) as Variable).backward());
    const again = replayBackward(trace, 0, { ops: [wrongRelu] });
    expect(again.adjoints.get(idOf(trace, "leaf"))?.item()).toBe(2);
    expect(() => replay(trace)).toThrow(
      '[replay] node 1, relu, says "x̄ = 2g" of input 0, and the op of that name "x̄ = 0 where y ≤ 0, else g". Give the op that was recorded in ops; a customVjp cannot be run from a trace.',
    );
  });
});

describe("replay refuses", () => {
  const refusal = (run: () => unknown): [string, number] => {
    try {
      run();
    } catch (error) {
      if (error instanceof ReplayError) return [error.obstacle, error.node];
      throw error;
    }
    throw new Error("nothing was refused");
  };

  it("an op that is not the library's", () => {
    const double = customVjp(
      (x: Tensor) => x.mul(2),
      (g) => [mul(g, 2)],
    );
    const trace = record(() => (sum(double(variable([1]))) as Variable).backward());
    expect(refusal(() => replay(trace))).toEqual(["op", 1]);
    expect(() => replayBackward(trace, 0)).toThrow(
      "[replayBackward] node 1, customVjp, is no op of the library. Give it in ops if defineOp made it; a customVjp and what runs inside vmap cannot be run from a trace.",
    );
    expect(
      replay(trace, { nodes: [0] })
        .get(0)
        ?.toArray(),
    ).toEqual([1]);
  });

  it("values that the trace does not hold", () => {
    const trace = record(() => sum(variable([1, 2])).backward(), { maxBytes: 4 });
    expect(refusal(() => replay(trace))).toEqual(["data", 0]);
    expect(() => replay(trace)).toThrow("Record it with a larger maxBytes.");
  });

  it("hidden axes of vmap", () => {
    const trace = record(() => vmap((x: Variable) => mul(x, x))(variable([1, 2])));
    expect(refusal(() => replay(trace))[0]).toBe("vmap");
  });

  it("what came from before the recording, but for what it can compute", () => {
    const x = variable([1, 2]);
    const [y, square] = [mul(x, tensor([3, 4])), mul(x, x)];
    const trace = record(() => sum(y).backward());
    expect(refusal(() => replay(trace))).toEqual(["earlier", idOf(trace, "mul")]);
    expect(replay(trace, { nodes: [idOf(trace, "leaf")] }).size).toBe(1);
    expectReplay(record(() => sum(square).backward()));
  });

  it("an adjoint that a hook changed, unless it is given", () => {
    const x = variable(2);
    const trace = record(() => {
      const y = mul(x, 3);
      y.hook((g) => mul(g, 10));
      y.backward();
    });
    const changed = idOf(trace, "mul");
    expect(refusal(() => replayBackward(trace, 0))).toEqual(["hook", changed]);
    const again = replayBackward(trace, 0, { adjoints: new Map([[changed, tensor(10) as Tensor]]) });
    expect(again.adjoints.get(idOf(trace, "leaf"))?.item()).toBe(30);
  });

  it("attributes that make no sense, which a file may hold", () => {
    const trace = record(() => sum(variable([1, 2])).backward());
    const broken = (change: object): Trace => ({
      ...trace,
      nodes: trace.nodes.map((node) => (node.op === "sum" ? { ...node, ...change } : node)),
    });
    expect(refusal(() => replay(broken({ attributes: null })))).toEqual(["op", 1]);
    expect(refusal(() => replay(broken({ attributes: ["…"] })))).toEqual(["op", 1]);
    expect(refusal(() => replay(broken({ inputs: [] })))).toEqual(["op", 1]);
    expect(refusal(() => replay(broken({ attributes: { axes: [0], keepDims: true } })))).toEqual([
      "numbers",
      1,
    ]);
    const twice = trace.nodes[1]?.inputs.flatMap((edge) => [edge, edge]);
    expect(refusal(() => replay(broken({ inputs: twice })))).toEqual(["op", 1]);
  });

  it("a shape that is not the node's, a pass and a node that are not there", () => {
    const trace = record(() => sum(variable([1, 2])).backward());
    expect(() => replay(trace, { set: new Map([[0, tensor([1]) as Tensor]]) })).toThrow(
      "[replay] set gives [1] for node 0, leaf, of shape [2]. Give a tensor of the node's own shape.",
    );
    expect(() => replayBackward(trace, 1)).toThrow(
      "[replayBackward] pass is 1, and the trace has 1 backward passes. Give the position of one of trace.passes.",
    );
    expect(() => replay(trace, { nodes: [7] })).toThrow("the trace has no node 7");
  });
});
