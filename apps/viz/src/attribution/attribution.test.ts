import {
  add,
  conv2d,
  customVjp,
  einsum,
  linear,
  logSoftmax,
  matmul,
  mul,
  relu,
  softmax,
  sqrt,
  sum,
  tanh,
  type Value,
  Variable,
  vmap,
} from "@adjoint/autograd";
import { edgeDerivatives, record, type Trace } from "@adjoint/autograd/graph";
import { Generator, type Tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digitsProgram } from "../programs/digits.ts";
import { recordStep } from "../programs/program.ts";
import { xorProgram } from "../programs/xor.ts";
import { indexAt } from "../tensor-entries.ts";
import { type Attribution, attribute, type Split, split, type Term } from "./attribution.ts";
import { entryWithout, examplesOf, groupTerms } from "./examples.ts";
import { indexOf } from "./places.ts";

const fixture = recordStep(digitsProgram(32, 0), 0, {});

function idOf({ nodes }: Trace, what: string): number {
  const found = nodes.find(({ op, name }) => op === what || name === what);
  if (found === undefined) throw new Error(`no ${what}`);
  return found.id;
}

function dataOf(trace: Trace, node: number): ArrayLike<number> {
  const data = trace.nodes[node]?.value?.data;
  if (data == null) throw new Error("no data");
  return data;
}

function adjointOf(trace: Trace, node: number): ArrayLike<number> {
  const data = trace.passes[0]?.steps.find((step) => step.node === node)?.adjoint.data;
  if (data == null) throw new Error("no adjoint");
  return data;
}

function normal(shape: readonly number[], seed: number): Variable {
  return new Variable(new Generator(seed).normal(shape, { dtype: "float64" }), { requiresGrad: true });
}

function traceOf(f: () => Value): Trace {
  // A weight for each entry, so that no two gradients are equal by symmetry.
  const weighted = (y: Value): Value => mul(y, new Generator(99).normal(y.shape, { dtype: "float64" }));
  return record(() => (sum(weighted(f())) as Variable).backward());
}

/** Expects parts to add up to the whole within 1e-12 of what they weigh. */
function expectSum(parts: readonly { readonly value: number }[], whole: number): void {
  const [total, weight] = parts.reduce(([a, b], { value }) => [a + value, b + Math.abs(value)], [0, 0]);
  expect(Math.abs(total - whole)).toBeLessThanOrEqual(1e-12 * weight);
}

function termsOf({ terms, why }: Split): readonly Term[] {
  if (terms === null) throw new Error(why ?? "no terms");
  return terms;
}

/** Each edge's part of an entry, split. */
function splitsOf(trace: Trace, { shares, entry }: Attribution): Split[] {
  return shares.flatMap(({ edge }) =>
    edge === null ? [] : [split(trace, 0, edge.consumer, edge.input, entry.index)],
  );
}

/** At most 40 entries, spread out, and the last. */
function someOf(size: number): number[] {
  const stride = Math.max(1, Math.floor(size / 40));
  return [...Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride), size - 1];
}

describe("attribute and split", () => {
  it.each([
    ["F", fixture],
    ["exclusive or, trained for 50 steps", recordStep(xorProgram(3), 50, {})],
    [
      "a convolution",
      traceOf(() => conv2d(normal([2, 3, 5, 5], 1), normal([4, 3, 3, 3], 2), { padding: 1, stride: 2 })),
    ],
    ["softmax, and logSoftmax of it", traceOf(() => logSoftmax(softmax(normal([3, 4], 3)), 0))],
    ["matrices in batches", traceOf(() => matmul(normal([2, 1, 3, 4], 4), normal([5, 4, 2], 5)))],
    [
      "einsum",
      traceOf(() => einsum("bij,jk,kb->ib", normal([2, 3, 4], 6), normal([4, 5], 7), normal([5, 2], 8))),
    ],
  ])("add up, for every node of %s: shares to the entry, terms to the share", (_name, trace) => {
    for (const { node, adjoint } of trace.passes[0]?.steps ?? []) {
      for (const index of someOf(adjoint.data?.length ?? 0)) {
        const attribution = attribute(trace, 0, { node, index });
        expect(Object.is(attribution.value, adjoint.data?.[index])).toBe(true);
        expectSum(attribution.shares, attribution.value);
        expect(attribution.rest).toBe(
          attribution.value - attribution.shares.reduce((a, { value }) => a + value, 0),
        );
        for (const part of splitsOf(trace, attribution)) expectSum(termsOf(part), part.value);
      }
    }
  });

  it("take a weight's gradient apart by example, naming the pixel and the gradient that meet there", () => {
    const [weight, images, layer] = [
      idOf(fixture, "0.weight"),
      idOf(fixture, "images"),
      idOf(fixture, "linear"),
    ];
    const [unit, pixel] = [5, 406];
    const index = unit * 784 + pixel;
    const { terms, axes } = split(fixture, 0, layer, 1, index);
    expect(axes).toEqual([0]);
    const [g, x] = [adjointOf(fixture, layer), dataOf(fixture, images)];
    const expected = Array.from({ length: 8 }, (_, example) => {
      const [gAt, xAt] = [example * 32 + unit, example * 784 + pixel];
      const [gradient, factor] = [g[gAt] ?? 0, x[xAt] ?? 0];
      return {
        value: gradient * factor,
        gradient: { node: layer, index: gAt, value: gradient },
        factor: { value: factor, entry: { node: images, index: xAt } },
        at: [example],
      };
    });
    expect(terms).toEqual(expected);
    expect(attribute(fixture, 0, { node: weight, index }).shares).toMatchObject([
      { edge: { consumer: layer, input: 1 } },
    ]);
  });

  it("take an activation's gradient apart by unit of the next layer", () => {
    const [hidden, weight] = [idOf(fixture, "relu"), idOf(fixture, "2.weight")];
    const layer = fixture.nodes.findLast(({ op }) => op === "linear")?.id ?? 0;
    const [example, unit] = [3, 7];
    const { shares } = attribute(fixture, 0, { node: hidden, index: example * 32 + unit });
    expect(shares.map(({ edge }) => edge)).toEqual([{ consumer: layer, input: 0 }]);
    const { terms, axes } = split(fixture, 0, layer, 0, example * 32 + unit);
    expect(axes).toEqual([1]);
    expect(terms?.map(({ gradient, factor }) => [gradient.index, factor.entry])).toEqual(
      Array.from({ length: 10 }, (_, digit) => [
        example * 10 + digit,
        { node: weight, index: digit * 32 + unit },
      ]),
    );
  });

  it("lead from a weight along the largest terms up to the seed", () => {
    const weight = idOf(fixture, "0.weight");
    const gradient = Array.from(adjointOf(fixture, weight));
    const largest = gradient.reduce(
      (best, g, i) => (Math.abs(g) > Math.abs(gradient[best] ?? 0) ? i : best),
      0,
    );
    const path: string[] = [];
    let place: { readonly node: number; readonly index: number } | undefined = {
      node: weight,
      index: largest,
    };
    while (place !== undefined) {
      const attribution: Attribution = attribute(fixture, 0, place);
      const terms: Term[] = splitsOf(fixture, attribution).flatMap(termsOf);
      const best: Term | undefined = terms.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
      if (best !== undefined)
        expect(adjointOf(fixture, best.gradient.node)[best.gradient.index]).toBe(best.gradient.value);
      else expect(attribution.shares).toEqual([{ edge: null, value: 1 }]);
      path.push(fixture.nodes[place.node]?.op ?? "");
      place = best?.gradient;
    }
    expect(path).toEqual([
      "leaf",
      "linear",
      "add",
      "relu",
      "linear",
      "add",
      "logSoftmax",
      "gather",
      "where",
      "sum",
      "div",
    ]);
  });

  it("give a tensor that is used twice two shares", () => {
    const x = normal([2, 2], 1);
    const trace = traceOf(() => add(matmul(x, x), tanh(x)));
    const { shares } = attribute(trace, 0, { node: idOf(trace, "leaf"), index: 1 });
    const edges = shares.map(({ edge }) => [trace.nodes[edge?.consumer ?? 0]?.op, edge?.input]);
    expect(edges).toEqual([
      ["tanh", 0],
      ["matmul", 0],
      ["matmul", 1],
    ]);
  });

  it("tell by `rest` what a hook changed", () => {
    const x = normal([2], 1);
    const trace = record(() => {
      const y = mul(x, 2);
      y.hook((g) => mul(g, 10));
      (sum(y) as Variable).backward();
    });
    expect(attribute(trace, 0, { node: idOf(trace, "mul"), index: 1 })).toMatchObject({ value: 10, rest: 9 });
  });

  it("say why where there are no terms", () => {
    const odd = customVjp(
      (x: Tensor) => x.mul(2),
      (g) => [mul(g, 2)],
    );
    const custom = traceOf(() => odd(normal([2], 1)));
    expect(split(custom, 0, idOf(custom, "customVjp"), 0, 0)).toMatchObject({ terms: null, axes: [] });
    expect(split(custom, 0, idOf(custom, "customVjp"), 0, 0).why).toContain("is no op of the library");
    const mapped = record(() => {
      const [rows, w] = [normal([3, 2], 1), normal([2], 2)];
      (sum(vmap((row: Variable) => mul(row, w) as Variable)(rows)) as Variable).backward();
    });
    expect(split(mapped, 0, idOf(mapped, "mul"), 1, 0)).toMatchObject({ terms: null, axes: [] });
    expect(split(mapped, 0, idOf(mapped, "mul"), 1, 0).why).toContain("inside vmap");
    const infinite = traceOf(() => sqrt(mul(normal([2], 1), 0)));
    expect(split(infinite, 0, idOf(infinite, "sqrt"), 0, 0).terms).toBeNull();
    const short = record(() => (sum(tanh(normal([2], 1))) as Variable).backward(), { maxBytes: 0 });
    expect(() => attribute(short, 0, { node: 0, index: 0 })).toThrow("by its statistics alone");
    expect(() => attribute(fixture, 0, { node: 0, index: 0 })).toThrow("the pass did not come by node 0");
    expect(() => attribute(fixture, 0, { node: 3, index: 32 })).toThrow("has 32 entries, and no entry 32");
  });

  it("name the same products as differentiating the rule does, for random shapes", () => {
    const size = fc.integer({ min: 1, max: 3 });
    const shapes = fc.tuple(
      size,
      size,
      size,
      size,
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom("matmul", "mul", "linear"),
    );
    const law = fc.property(shapes, ([b, m, k, n, flat, thin, op]) => {
      const lead = flat ? [] : [b];
      type Pair = readonly [(a: Value, b: Value) => Value, readonly number[], readonly number[]];
      const pairs: Record<string, Pair> = {
        matmul: [(x, y) => matmul(x, y), [thin ? 1 : b, m, k], [...lead, k, n]],
        mul: [(x, y) => mul(x, y), [...lead, thin ? 1 : m, n], [m, thin ? n : 1]],
        linear: [(x, y) => linear(x, y), [...lead, m, k], [n, k]],
      };
      const [f, firstShape, secondShape] = pairs[op] as Pair;
      const [first, second] = [normal(firstShape, 1), normal(secondShape, 2)];
      const trace = traceOf(() => f(first, second));
      const node = idOf(trace, op);
      for (const [input, x] of [first, second].entries()) {
        for (let index = 0; index < x.size; index++) {
          const factors = new Float64Array(trace.nodes[node]?.shape.reduce((a, c) => a * c, 1) ?? 0);
          for (const { gradient, factor } of termsOf(split(trace, 0, node, input, index)))
            factors[gradient.index] = factor.value;
          expect([...factors]).toEqual([...edgeDerivatives(trace, node, input, index)]);
        }
      }
    });
    fc.assert(law, { seed: 21, numRuns: 60 });
  });
});

describe("entryWithout", () => {
  const [weight, layer] = [idOf(fixture, "0.weight"), idOf(fixture, "linear")];
  const logits = fixture.nodes.findLast(({ op }) => op === "add")?.id ?? 0;
  const gradient = Array.from(adjointOf(fixture, weight));
  const entries = [...gradient.keys()].sort(
    (a, b) => Math.abs(gradient[b] ?? 0) - Math.abs(gradient[a] ?? 0),
  );

  it.each(entries.slice(0, 3))("changes entry %i of F's first weight by the top example's term", (index) => {
    const terms = termsOf(split(fixture, 0, layer, 1, index));
    const top = terms.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0] as Term;
    const weightOfAll = terms.reduce((total, { value }) => total + Math.abs(value), 0);
    const before = gradient[index] ?? 0;
    expect(Math.abs(top.value)).toBeGreaterThan(0.1 * weightOfAll);
    // At the layer itself, and at the logits: below them nothing mixes the examples.
    for (const consumer of [layer, logits]) {
      const after = entryWithout(fixture, 0, { node: weight, index }, consumer, 0, top.at[0] ?? -1);
      expect(Math.abs(before - after - top.value)).toBeLessThanOrEqual(1e-12 * weightOfAll);
    }
  });

  it("takes an image out of the gradient of a convolution's weight", () => {
    const trace = traceOf(() => relu(conv2d(normal([3, 2, 4, 4], 1), normal([2, 2, 3, 3], 2))));
    const [node, consumer, index] = [
      trace.nodes.findLast(({ op }) => op === "leaf")?.id ?? 0,
      idOf(trace, "conv2d"),
      17,
    ];
    const parts = split(trace, 0, consumer, 1, index);
    expect(parts.axes).toEqual([0, 2, 3]);
    const images = groupTerms(parts, 0);
    expect(images.map(({ position }) => position)).toEqual([0, 1, 2]);
    expectSum(images, parts.value);
    for (const { position, value } of images) {
      const after = entryWithout(trace, 0, { node, index }, consumer, 0, position);
      expect(parts.value - after).toBeCloseTo(value, 12);
    }
  });
});

describe("examplesOf", () => {
  it("finds the images, and what still has their axis", () => {
    const { node, count, nodes } = examplesOf(fixture) ?? { node: -1, count: 0, nodes: new Set<number>() };
    expect([fixture.nodes[node]?.name, count]).toEqual(["images", 8]);
    expect([...nodes].map((id) => fixture.nodes[id]?.op)).toEqual([
      "constant",
      "linear",
      "add",
      "relu",
      "linear",
      "add",
      "logSoftmax",
      "gather",
      "where",
    ]);
  });

  it("finds none where no constant goes into a layer", () => {
    expect(examplesOf(traceOf(() => tanh(normal([3], 1))))).toBeNull();
  });
});

describe("indexOf", () => {
  it("is the way back from indexAt", () => {
    for (let index = 0; index < 24; index++)
      expect(indexOf(indexAt(index, [2, 3, 4]), [2, 3, 4])).toBe(index);
    expect(indexOf([5, 2], [1, 3])).toBe(2);
  });
});
