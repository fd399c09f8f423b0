import { add, mul, relu, sum, tanh, type Variable, variable } from "@adjoint/autograd";
import { record, type Trace, type TraceNode, type TraceTensor } from "@adjoint/autograd/graph";
import { fromTypedArray, type TypedArray } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differenceOf, type Side } from "./difference.ts";
import { differenceTensor } from "./difference-tensor.ts";
import { differenceMarks, differenceWords } from "./difference-words.ts";
import { matchNodes } from "./node-matching.ts";
import { deepProgram } from "./programs/deep.ts";
import { digitsProgram } from "./programs/digits.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";

const sideOf = (trace: Trace): Side => ({ trace, pass: trace.passes[0] ?? null });

/** A node of a made-up trace: `key` is its op, or its name if it is a leaf. */
interface Spec {
  readonly key: string;
  readonly scope: number;
  readonly inputs: readonly string[];
  readonly value: number;
  readonly attribute: number;
}

const scopes = [
  { id: 0, parent: null, name: "", kind: "Sequential" },
  { id: 1, parent: 0, name: "0", kind: "Linear" },
  { id: 2, parent: 0, name: "1", kind: "Linear" },
];

function numbers(data: TypedArray, shape: readonly number[] = [data.length]): TraceTensor {
  const dtype = data instanceof Float32Array ? "float32" : data instanceof Float64Array ? "float64" : "int32";
  return { dtype, shape, statistics: null, data };
}

/** A trace of `specs`; ids are shifted, so that they cannot be taken for positions. */
function traceOf(specs: readonly Spec[], shift: number): Trace {
  const ids = new Map(specs.map(({ key }, i) => [key, i + shift]));
  const nodes = specs.map(
    ({ key, scope, inputs, value, attribute }, i): TraceNode => ({
      id: i + shift,
      kind: "op",
      op: key,
      name: null,
      scope,
      pass: null,
      attributes: { size: attribute },
      inputs: inputs.map((input) => ({ source: ids.get(input) ?? null, formula: "", tracked: true })),
      shape: [],
      dtype: "float64",
      tracked: true,
      value: numbers(Float64Array.of(value), []),
      place: null,
      nanoseconds: 0,
      savedBytes: 0,
      valueBytes: 8,
    }),
  );
  return { version: 1, metadata: new Map(), scopes, nodes, passes: [] };
}

/** A random graph of nodes that all differ in their op. */
const graphs = fc
  .array(fc.record({ scope: fc.nat(2), links: fc.array(fc.nat(100), { maxLength: 3 }) }), { maxLength: 24 })
  .map((list) =>
    list.map(({ scope, links }, i): Spec => {
      const inputs = i === 0 ? [] : links.map((link) => `op${link % i}`);
      return { key: `op${i}`, scope, inputs, value: i, attribute: 0 };
    }),
  );

const edits = fc.record({
  removed: fc.array(fc.nat(30), { maxLength: 5 }),
  added: fc.array(fc.tuple(fc.nat(30), fc.nat(2)), { maxLength: 5 }),
  values: fc.array(fc.nat(30), { maxLength: 5 }),
  attributes: fc.array(fc.nat(30), { maxLength: 5 }),
});

describe("differenceOf against a set oracle", () => {
  it("finds what was added, removed and changed in random graphs", () => {
    fc.assert(
      fc.property(graphs, edits, (base, edit) => {
        const gone = new Set(edit.removed.map((i) => `op${i}`));
        const next = base
          .filter(({ key }) => !gone.has(key))
          .map((spec): Spec => {
            const i = Number(spec.key.slice(2));
            const value = spec.value + (edit.values.includes(i) ? 0.5 : 0);
            const attribute = edit.attributes.includes(i) ? 1 : 0;
            return { ...spec, value, attribute, inputs: spec.inputs.filter((input) => !gone.has(input)) };
          });
        for (const [n, [at, scope]] of edit.added.entries()) {
          const place = Math.min(at, next.length);
          const inputs = place === 0 ? [] : [next[place - 1]?.key ?? ""];
          next.splice(place, 0, { key: `new${n}`, scope, inputs, value: -1, attribute: 0 });
        }
        const [a, b] = [traceOf(base, 100), traceOf(next, 500)];
        const found = differenceOf(sideOf(a), sideOf(b));
        const [before, after] = [new Map(base.map((s) => [s.key, s])), new Map(next.map((s) => [s.key, s]))];
        const named = (status: string): string[] =>
          found.nodes
            .filter((each) => each.status === status)
            .map(
              ({ first, second }) =>
                (second === null ? base[(first ?? 0) - 100] : next[second - 500])?.key ?? "?",
            )
            .sort();
        const differ = (x: Spec, y: Spec): boolean =>
          x.value !== y.value || x.attribute !== y.attribute || x.inputs.join() !== y.inputs.join();
        const common = [...before].filter(([key]) => after.has(key));
        expect(named("added")).toEqual([...after.keys()].filter((key) => !before.has(key)).sort());
        expect(named("removed")).toEqual([...before.keys()].filter((key) => !after.has(key)).sort());
        expect(named("changed")).toEqual(
          common.flatMap(([key, x]) => (differ(x, after.get(key) ?? x) ? [key] : [])).sort(),
        );
        expect(found.nodes).toHaveLength(base.length + next.length - common.length);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("matches as many nodes as there can be where ops repeat, in order and alike", () => {
    const chains = fc.array(fc.constantFrom("add", "mul", "relu"), { maxLength: 14 });
    fc.assert(
      fc.property(chains, chains, (a, b) => {
        const chain = (ops: readonly string[]): Trace => {
          const trace = traceOf(
            ops.map((_, i) => ({
              key: `k${i}`,
              scope: 0,
              inputs: i === 0 ? [] : [`k${i - 1}`],
              value: 0,
              attribute: 0,
            })),
            0,
          );
          return { ...trace, nodes: trace.nodes.map((node, i) => ({ ...node, op: ops[i] ?? "" })) };
        };
        const pairs = [...matchNodes(chain(a), chain(b))].sort(([x], [y]) => x - y);
        expect(pairs.every(([x, y]) => a[x] === b[y])).toBe(true);
        expect(pairs.every(([, y], i) => i === 0 || y > (pairs[i - 1]?.[1] ?? 0))).toBe(true);
        expect(pairs).toHaveLength(longestCommon(a, b));
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

/** The length of the longest common subsequence, by its definition. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const [x, ...left] = a;
  if (x === undefined) return 0;
  const at = b.indexOf(x);
  const without = longestCommon(left, b);
  return at < 0 ? without : Math.max(without, 1 + longestCommon(left, b.slice(at + 1)));
}

describe("differenceOf", () => {
  const f = (middle: boolean): Trace => {
    const x = variable([1, -2, 3], { dtype: "float64" });
    return record(() => {
      const y: Variable = mul(add(x, 1), 2);
      sum(mul(relu(middle ? tanh(y) : y), 3)).backward();
    });
  };

  it("marks one op that was added in the middle as that", () => {
    const [a, b] = [f(false), f(true)];
    const { nodes, counts } = differenceOf(sideOf(a), sideOf(b));
    expect([counts.added, counts.removed]).toEqual([1, 0]);
    const op = (id: number | null): string => b.nodes.find((node) => node.id === id)?.op ?? "";
    expect(nodes.filter(({ status }) => status === "added").map(({ second }) => op(second))).toEqual([
      "tanh",
    ]);
    // Whatever comes before it has the same value; the first reader says that its input changed.
    const facets = new Map(nodes.map(({ second, facets: each }) => [op(second), each]));
    expect(facets.get("add")).toEqual(["adjoint"]);
    expect(facets.get("relu")).toEqual(["inputs", "value"]);
    const back = differenceOf(sideOf(b), sideOf(a));
    expect([back.counts.added, back.counts.removed]).toEqual([0, 1]);
    expect(differenceMarks(back, "first").nodes.get(idOf(b, "tanh"))).toEqual([
      { kind: "removed", label: "removed" },
    ]);
  });

  it("finds nothing between a step and itself run again", () => {
    const step = (): Trace => recordStep(digitsProgram(8, 0), 1, {});
    const { counts } = differenceOf(sideOf(step()), sideOf(step()));
    expect(counts).toMatchObject({ changed: 0, added: 0, removed: 0 });
  });

  it("gives the library's numbers between two steps of a run", () => {
    const [a, b] = [0, 3].map((steps) => recordStep(xorProgram(0), steps, {}));
    if (a === undefined || b === undefined) throw new Error("no traces");
    const { nodes, counts } = differenceOf(sideOf(a), sideOf(b));
    expect(counts).toMatchObject({ added: 0, removed: 0 });
    expect(counts.changed).toBeGreaterThan(5);
    const [left, right] = [a, b].map(
      (trace) => new Map(trace.passes[0]?.steps.map((each) => [each.node, each.adjoint])),
    );
    for (const { first, second, value, adjoint } of nodes) {
      const [x, y] = [a.nodes.find(({ id }) => id === first), b.nodes.find(({ id }) => id === second)];
      for (const [told, p, q] of [
        [value, x?.value, y?.value],
        [adjoint, left?.get(first ?? -1), right?.get(second ?? -1)],
      ] as const) {
        if (told == null || p?.data == null || q?.data == null) continue;
        const expected = fromTypedArray(q.data, [...q.shape]).sub(fromTypedArray(p.data, [...p.shape]));
        const flat = expected.toTypedArray();
        expect(differenceTensor(p, q)?.toTypedArray()).toEqual(flat);
        expect(told.largest).toBe(Math.max(0, ...Array.from(flat, (each) => Math.abs(Number(each)))));
        expect(told.entries).toBe(Array.from(flat).filter((each) => Number(each) !== 0).length);
      }
    }
  });

  it("rounds float32 as the library does, and takes integers for float64", () => {
    const [p, q] = [numbers(Float32Array.of(0.1, 5)), numbers(Float32Array.of(1e-9, 5))];
    expect(differenceTensor(p, q)?.toTypedArray()).toEqual(
      Float32Array.of(Math.fround(1e-9) - Math.fround(0.1), 0),
    );
    const [i, j] = [numbers(Int32Array.of(-(2 ** 31))), numbers(Int32Array.of(2 ** 31 - 1))];
    expect(differenceTensor(i, j)?.toTypedArray()).toEqual(Float64Array.of(2 ** 32 - 1));
  });

  it("takes NaN for the largest difference, unless both are NaN", () => {
    const trace = (...values: number[]): Trace => {
      const base = traceOf([{ key: "op", scope: 0, inputs: [], value: 0, attribute: 0 }], 0);
      const value = numbers(Float64Array.from(values));
      return { ...base, nodes: base.nodes.map((node) => ({ ...node, value })) };
    };
    const gap = (a: Trace, b: Trace) => differenceOf(sideOf(a), sideOf(b)).nodes[0]?.value;
    expect(gap(trace(1, Number.NaN, 4), trace(1, Number.NaN, 3))).toEqual({
      entries: 1,
      size: 3,
      largest: 1,
      index: [2],
      relative: 0.25,
    });
    expect(gap(trace(1, 2, 9), trace(5, Number.NaN, 9))).toMatchObject({
      entries: 2,
      largest: Number.NaN,
      index: [1],
    });
    expect(gap(trace(0, Number.POSITIVE_INFINITY), trace(-0, Number.POSITIVE_INFINITY))).toMatchObject({
      entries: 0,
    });
  });

  it("says which facets changed, in words", () => {
    const [a, b] = [xorProgram(0), xorProgram(1)].map((program) => recordStep(program, 0, {}));
    if (a === undefined || b === undefined) throw new Error("no traces");
    const { bySecond } = differenceOf(sideOf(a), sideOf(b));
    const weight = bySecond.get(b.nodes.find(({ name }) => name === "0.weight")?.id ?? -1);
    expect(weight && differenceWords(weight)).toMatch(
      /^value by at most [\d.]+ at \[\d, \d\], adjoint by at most [\d.]+ at/,
    );
    const [c, d] = [4, 8].map((width) => {
      return recordStep(deepProgram({ depth: 2, width, activation: "relu", gain: 1, seed: 0 }), 0, {});
    });
    if (c === undefined || d === undefined) throw new Error("no traces");
    const wider = differenceOf(sideOf(c), sideOf(d));
    expect(wider.counts).toMatchObject({ added: 0, removed: 0 });
    expect(wider.nodes.find(({ facets }) => facets.includes("shape"))?.value).toBeNull();
  });

  it("keeps the layers apart when one more is put between", () => {
    const [a, b] = [2, 3].map((depth) => {
      return recordStep(deepProgram({ depth, width: 4, activation: "tanh", gain: 1, seed: 0 }), 0, {});
    });
    if (a === undefined || b === undefined) throw new Error("no traces");
    const { counts, nodes } = differenceOf(sideOf(a), sideOf(b));
    // Modules are known by name: 4, the last Linear before, is a hidden one now, and 5 and 6 are new.
    expect(counts.removed).toBe(0);
    expect(nodes.filter(({ status }) => status === "added").length).toBe(b.nodes.length - a.nodes.length);
  });

  it("compares statistics where the elements were not kept", () => {
    const step = (x: number): Trace => {
      return record(() => mul(variable(x), 2).backward(), { maxBytes: 0 });
    };
    expect(differenceOf(sideOf(step(1)), sideOf(step(1))).counts.changed).toBe(0);
    expect(differenceOf(sideOf(step(1)), sideOf(step(2))).counts.changed).toBe(2);
  });

  it("compares expressions with one term more", () => {
    const [a, b] = ["a = 2; b = 3; tanh(a*b)", "a = 2; b = 3; tanh(a*b + a)"].map((text) => {
      return recordStep(expressionProgram(text), 0, {});
    });
    if (a === undefined || b === undefined) throw new Error("no traces");
    expect(differenceOf(sideOf(a), sideOf(b)).counts).toMatchObject({ added: 1, removed: 0 });
  });

  it("matches long traces in parts", () => {
    const specs = Array.from({ length: 3000 }, (_, i): Spec => {
      return { key: `op${i}`, scope: 0, inputs: i === 0 ? [] : [`op${i - 1}`], value: 0, attribute: 0 };
    });
    const longer = specs.toSpliced(2900, 0, { key: "y", scope: 0, inputs: ["op0"], value: 0, attribute: 0 });
    longer.splice(100, 0, { key: "x", scope: 0, inputs: ["op0"], value: 0, attribute: 0 });
    const rewired = longer.map((spec) => (spec.key === "op200" ? { ...spec, inputs: ["x"] } : spec));
    const { counts } = differenceOf(sideOf(traceOf(specs, 0)), sideOf(traceOf(rewired, 0)));
    expect(counts).toEqual({ same: 2999, changed: 1, added: 2, removed: 0 });
  });
});

function idOf(trace: Trace, op: string): number {
  return trace.nodes.find((node) => node.op === op)?.id ?? -1;
}
