import {
  add,
  checkpoint,
  customVjp,
  enableGrad,
  exp,
  grad,
  jvp,
  listen,
  log,
  matmul,
  mul,
  type Node,
  noGrad,
  profile,
  relu,
  scope,
  sum,
  tanh,
  tensorOf,
  type Value,
  Variable,
  variable,
  vmap,
} from "@adjoint/autograd";
import {
  record,
  type Trace,
  type TraceNode,
  type TracePass,
  type TraceTensor,
} from "@adjoint/autograd/graph";
import { full, ones, type Tensor, type TypedArray, tensor, zeros } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProgram } from "../../test/random-programs.ts";

/** The nodes as text: `3 mul(0, 2)`, constants and leaves with their names. */
function story({ nodes }: Trace): string[] {
  return nodes.map(({ id, op, name, inputs }) => {
    const sources = inputs.map(({ source, tracked }) => `${source ?? "?"}${tracked ? "" : "*"}`).join(", ");
    return `${id} ${op}${name === null ? "" : ` ${name}`}${inputs.length > 0 ? `(${sources})` : ""}`;
  });
}

function dataOf(tensor: TraceTensor | null | undefined): TypedArray {
  if (tensor?.data == null) throw new Error("no data");
  return tensor.data;
}

function onlyPass({ passes }: Trace): TracePass {
  const [pass] = passes;
  if (pass === undefined || passes.length > 1) throw new Error(`${passes.length} passes`);
  return pass;
}

function opNamed({ nodes }: Trace, op: string): TraceNode {
  const found = nodes.find((node) => node.op === op);
  if (found === undefined) throw new Error(`no ${op}`);
  return found;
}

/** Bit by bit: NaN equals NaN, and 0 is not −0. */
function expectSameBits(actual: TypedArray, expected: TypedArray): void {
  expect([...actual]).toEqual([...expected]);
}

const lossOf = (y: Value): Variable => sum(y) as Variable;

const start = (): [Variable, Variable] => {
  const rows = (first: number): Tensor =>
    tensor([
      [first, 0.25, -0.75],
      [-0.5, 0.125, 1.5],
    ]) as Tensor;
  return [new Variable(rows(0.5), { requiresGrad: true }), new Variable(rows(-1.25), { requiresGrad: true })];
};

describe("the backward pass of a trace", () => {
  it("adds up: each running sum is the contributions so far, and each adjoint the last sum, bit for bit", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const [x, w] = start();
      const trace = record(() => lossOf(run(x, w)).backward());
      const { seeds, steps } = onlyPass(trace);
      const sums = new Map(seeds.map(({ node, sum: seed }) => [node, Float32Array.from(dataOf(seed))]));
      for (const { node, adjoint, contributions } of steps) {
        expectSameBits(dataOf(adjoint), sums.get(node) ?? new Float32Array());
        for (const { target, value, sum: running } of contributions) {
          const before = sums.get(target);
          const after = Float32Array.from(dataOf(value), (term, i) =>
            before === undefined ? term : Math.fround((before[i] ?? Number.NaN) + term),
          );
          sums.set(target, after);
          expectSameBits(dataOf(running), after);
        }
      }
    });
    fc.assert(law, { seed: 1, numRuns: 60 });
  });

  it("has the adjoints that grad gives, for every node, bit for bit", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const [x, w] = start();
      const made: Variable[] = [];
      const keep = (node: Node | null, output: Tensor): void => {
        if (node !== null) made.push(Variable.at(output, node));
      };
      let loss: Variable | null = null;
      const trace = record(() => {
        loss = listen(
          { forward: ({ node, output }) => keep(node, output) },
          () => sum(run(x, w)) as Variable,
        );
        loss.backward({ retainGraph: true });
      });
      if (loss === null) throw new Error("nothing ran");
      const { steps } = onlyPass(trace);
      const tracked = trace.nodes.filter(({ kind, tracked: onTape }) => kind === "op" && onTape);
      expect(tracked.length).toBe(made.length);
      const leaves = trace.nodes.filter(({ kind }) => kind === "leaf");
      const variables = [
        ...tracked.map(({ id }, i) => [id, made[i]] as const),
        ...leaves.map(({ id, value }) => [id, value === null ? x : leafOf(value, x, w)] as const),
      ];
      for (const [id, at] of variables) {
        const adjoint = steps.find(({ node }) => node === id)?.adjoint ?? null;
        const [expected] = grad(loss, [at as Variable], { retainGraph: true, allowUnused: true });
        if (expected == null) expect(adjoint).toBeNull();
        else expectSameBits(dataOf(adjoint), expected.value.toTypedArray());
      }
    });
    fc.assert(law, { seed: 2, numRuns: 40 });
  });

  it("changes no number: gradients are the same with and without it", () => {
    const law = fc.property(anyProgram(), ({ run }) => {
      const [[x, w], [p, q]] = [start(), start()];
      record(() => lossOf(run(x, w)).backward());
      lossOf(run(p, q)).backward();
      expect([x.grad?.toArray(), w.grad?.toArray()]).toEqual([p.grad?.toArray(), q.grad?.toArray()]);
    });
    fc.assert(law, { seed: 3, numRuns: 20 });
  });

  it("shows a hook's replacement as the adjoint, and the sum as it was", () => {
    const x = variable(2);
    const trace = record(() => {
      const y = mul(x, 3);
      y.hook((g) => mul(g, 10));
      y.backward();
    });
    const { steps } = onlyPass(trace);
    expect(dataOf(steps[0]?.adjoint)[0]).toBe(10);
    expect(dataOf(onlyPass(trace).seeds[0]?.sum)[0]).toBe(1);
    expect(x.grad?.item()).toBe(30);
  });

  it("keeps several passes apart, one inside another too", () => {
    const [x, y] = [variable(2), variable(5)];
    const trace = record(() => {
      const z = mul(x, x);
      z.hook(() => enableGrad(() => mul(y, 7)).backward());
      z.backward({ retainGraph: true });
      z.backward({ gradient: full([], 4) });
    });
    const shown = trace.passes.map(({ seeds, steps }) => [
      seeds.map(({ sum: seed }) => dataOf(seed)[0]),
      steps.map(({ node, adjoint }) => `${trace.nodes[node]?.op} ${dataOf(adjoint)[0]}`),
    ]);
    expect(shown).toEqual([
      [[1], ["mul 1", "leaf 4"]],
      [[1], ["mul 1", "leaf 7"]],
      [[4], ["mul 4", "leaf 16"]],
      [[1], ["mul 1", "leaf 7"]],
    ]);
  });

  it("has what rules compute among the nodes where the pass itself is recorded, and second derivatives", () => {
    const x = variable(3);
    const trace = record(() => {
      const [first] = grad(mul(mul(x, x), x), [x], { createGraph: true });
      first?.backward();
    });
    expect(trace.passes.map(({ createGraph }) => createGraph)).toEqual([true, false]);
    expect(new Set(trace.nodes.filter(({ kind }) => kind === "op").map(({ pass }) => pass))).toEqual(
      new Set([null, 0]),
    );
    const leaf = trace.nodes.find(({ kind }) => kind === "leaf");
    const [, second] = trace.passes;
    expect(dataOf(second?.steps.find(({ node }) => node === leaf?.id)?.adjoint)[0]).toBe(18);
  });
});

describe("the nodes of a trace", () => {
  it("are the ops in order, leaves and constants where they come up, with names, formulas and attributes", () => {
    const [x, w] = [variable([[1, 2]]), variable([[3], [4]])];
    const images = tensor([[5, 6]]);
    const trace = record(() => sum(relu(mul(matmul(add(x, images), w), 0.5)), 0).backward(), {
      names: [
        ["w", w],
        ["images", images],
      ],
    });
    expect(story(trace)).toEqual([
      "0 leaf",
      "1 constant images",
      "2 add(0, 1*)",
      "3 leaf w",
      "4 matmul(2, 3)",
      "5 constant",
      "6 mul(4, 5*)",
      "7 relu(6)",
      "8 sum(7)",
    ]);
    const { attributes, inputs } = opNamed(trace, "sum");
    expect(attributes).toEqual({ axes: [0], keepDims: false });
    expect(opNamed(trace, "matmul").inputs[1]?.formula).toBe("b̄ = aᵀ · g");
    expect(inputs[0]?.formula).toBe("x̄ᵢ = g at the sum that xᵢ went into");
    expect([...dataOf(trace.nodes[4]?.value)]).toEqual([50]);
    expect(trace.nodes.map(({ tracked }) => tracked)).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it("show what is off the tape too, and where gradients stop", () => {
    const x = variable([1, -2]);
    const trace = record(() => {
      const y = noGrad(() => mul(x, x));
      const z = tanh(x);
      return add(z, mul(z.detach(), y));
    });
    expect(story(trace)).toEqual(["0 leaf", "1 mul(0*, 0*)", "2 tanh(0)", "3 mul(2*, 1*)", "4 add(2, 3*)"]);
  });

  it("reach back to ops that ran before, in order, with the values that come up", () => {
    const [x, y] = [variable(2), variable(3)];
    const early = exp(mul(x, y));
    const trace = record(() => mul(early, 2).backward());
    expect(story(trace)).toEqual([
      "0 leaf",
      "1 leaf",
      "2 mul(0, 1)",
      "3 exp(2)",
      "4 constant",
      "5 mul(3, 4*)",
    ]);
    expect(trace.nodes.map(({ value }) => value === null)).toEqual([false, false, true, false, false, false]);
    expect(onlyPass(trace).steps.map(({ node }) => node)).toEqual([5, 3, 2, 1, 0]);
    const late = sum(mul(x, tensor([1, 2])));
    expect(story(record(() => late.backward()))).toEqual(["0 leaf", "1 mul(0, ?*)", "2 sum(1)"]);
  });

  it("show a parameter again after it was written", () => {
    const x = variable([1]);
    const step = (): void => {
      sum(mul(x, x)).backward();
      noGrad(() => x.assign(9));
    };
    const trace = record(() => [step(), step()], { names: [["x", x]] });
    expect(story(trace).filter((line) => line.includes("leaf"))).toEqual(["0 leaf x", "3 leaf x"]);
    expect(trace.passes.map(({ steps }) => steps.at(-1)?.node)).toEqual([0, 3]);
    expect([trace.nodes[0], trace.nodes[3]].map((leaf) => dataOf(leaf?.value)[0])).toEqual([1, 9]);
  });

  it("keep NaN, infinities and −0 exactly, and count them", () => {
    const x = variable([-0, 0, -1, 3]);
    const { value } = opNamed(
      record(() => log(x)),
      "log",
    );
    expectSameBits(dataOf(value), Float32Array.of(-Infinity, -Infinity, Number.NaN, Math.log(3)));
    expect(value?.statistics).toMatchObject({ nan: 1, infinite: 2, min: Math.fround(Math.log(3)) });
    const leaf = record(() => mul(x, 1)).nodes[0];
    expectSameBits(dataOf(leaf?.value), Float32Array.of(-0, 0, -1, 3));
    expect(leaf?.value?.statistics).toMatchObject({
      min: -1,
      max: 3,
      mean: 0.5,
      norm: Math.sqrt(10),
      zeros: 2,
    });
  });

  it("know their scopes, which nest and close with an exception too", () => {
    const x = variable(1);
    const trace = record(() => {
      const y = scope("a", "Block", () => scope("a.0", "Tanh", () => tanh(x)));
      expect(() => scope("b", "", () => matmul(x as Variable, x as Variable))).toThrow("[matmul]");
      scope("a", "Block", () => mul(y, y));
      tanh(y);
    });
    expect(trace.scopes).toEqual([
      { id: 0, parent: null, name: "a", kind: "Block" },
      { id: 1, parent: 0, name: "a.0", kind: "Tanh" },
      { id: 2, parent: null, name: "b", kind: "" },
      { id: 3, parent: null, name: "a", kind: "Block" },
    ]);
    const ops = trace.nodes.filter(({ kind }) => kind === "op");
    expect(ops.map(({ op, scope: within }) => [op, within])).toEqual([
      ["tanh", 1],
      ["mul", 3],
      ["tanh", null],
    ]);
  });

  it("lead to the line of the program", () => {
    const trace = record(() => tanh(variable(1)), { places: true });
    expect(opNamed(trace, "tanh").place).toMatch(/record\.test\.ts:\d+:\d+$/);
    expect(
      opNamed(
        record(() => tanh(variable(1))),
        "tanh",
      ).place,
    ).toBeNull();
  });

  it("tell times by the clock that is given, forward and backward", () => {
    let clock = 0;
    const tick = (): number => clock++;
    const trace = record(() => mul(variable(2), 3).backward(), { now: tick });
    expect(opNamed(trace, "mul").nanoseconds).toBe(1e6);
    const [contribution] = onlyPass(trace).steps[0]?.contributions ?? [];
    // A rule's own op looks at the clock twice.
    expect(contribution).toMatchObject({ ruleNanoseconds: 3e6, sumNanoseconds: 1e6 });
  });

  it("tell the bytes that the library counts, and those of values without views", () => {
    const run = (): void => {
      const x = variable([
        [1, 2],
        [3, 4],
      ]);
      sum(mul(exp(x), exp(x))).backward();
    };
    const { nodes } = record(run);
    const saved = nodes.map(({ savedBytes }) => savedBytes).reduce((a, b) => a + b);
    expect(saved).toBe(profile(run).nodes.reduce((total, { savedBytes }) => total + savedBytes, 0));
    expect(nodes.map(({ op, valueBytes }) => [op, valueBytes])).toEqual([
      ["leaf", 16],
      ["exp", 16],
      ["exp", 16],
      ["mul", 16],
      ["sum", 4],
    ]);
  });
});

describe("the bound on memory", () => {
  it("leaves statistics where there is no room for the elements, and keeps what fits", () => {
    const x = variable([1, 2, 3]);
    const trace = record(() => sum(tanh(x)).backward(), { maxBytes: 16 });
    expect(trace.nodes.map(({ value }) => value?.data !== null)).toEqual([true, false, true]);
    expect(trace.nodes[1]?.value?.statistics?.max).toBeCloseTo(Math.tanh(3), 6);
    const none = record(() => sum(tanh(x)).backward(), { maxBytes: 0 });
    const tensors = onlyPass(none).steps.flatMap(({ adjoint, contributions }) => [
      adjoint,
      ...contributions.flatMap(({ value, sum: running }) => [value, running]),
    ]);
    expect(tensors.every(({ data, statistics }) => data === null && statistics !== null)).toBe(true);
  });
});

describe("under transforms", () => {
  it("a value inside vmap shows all examples, the hidden axis in front", () => {
    const x = variable([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const trace = record(() => sum(vmap((row: Variable) => mul(row, row))(x) as Variable).backward());
    const { shape, value } = opNamed(trace, "mul");
    expect([shape, value?.shape, [...dataOf(value)]]).toEqual([[2], [3, 2], [1, 4, 9, 16, 25, 36]]);
    expect(opNamed(trace, "toBatch").attributes).toEqual({ axis: 0, level: "vmap over 3" });
    expect(x.grad?.toArray()).toEqual([
      [2, 4],
      [6, 8],
      [10, 12],
    ]);
  });

  it("a checkpoint shows its ops once, a custom rule as one op, jvp as passes that are recorded", () => {
    const x = variable(0.5);
    expect(story(record(() => checkpoint((a: Variable) => tanh(mul(a, a)))(x).backward()))).toEqual([
      "0 leaf",
      "1 mul(0, 0)",
      "2 tanh(1)",
    ]);
    const through = customVjp(
      function round(a: Tensor): Tensor {
        return tensorOf(mul(a, 2));
      },
      (g) => [g],
    );
    expect(story(record(() => (through(x) as Variable).backward()))).toEqual(["0 leaf", "1 round(0)"]);
    const trace = record(() => jvp((a: Value) => tanh(a), [x], [full([], 1)]));
    expect(trace.passes[0]?.createGraph).toBe(true);
  });
});

describe("record refuses", () => {
  it("a body that goes on after it", () => {
    expect(() => record(async () => tanh(variable(1)))).toThrow(
      "[record] body returned a promise, and what runs after an await is not heard. Await what it needs before, and record one step.",
    );
  });

  it("unknown options and impossible bounds; an exception comes through", () => {
    expect(() => record(() => {}, { maxBytes: Number.NaN })).toThrow(
      "[record] maxBytes is NaN. Give a number of bytes of at least 0; 0 keeps statistics alone.",
    );
    expect(() => record(() => {}, { bytes: 1 } as object)).toThrow('[record] unknown option "bytes".');
    expect(() => record(() => matmul(zeros([2, 3]) as Tensor, ones([2, 3]) as Tensor))).toThrow("[matmul]");
  });
});

/** Which of two leaves has this value: they differ in their first element. */
function leafOf(value: TraceTensor, x: Variable, w: Variable): Variable {
  return dataOf(value)[0] === x.value.toTypedArray()[0] ? x : w;
}
