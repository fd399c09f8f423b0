import { conv2d, mul, sum, type Value, Variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { Generator } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { split } from "./attribution.ts";
import { examplesOf } from "./examples.ts";
import { type Portions, portionsOf } from "./portions.ts";

const normal = (shape: readonly number[], seed: number): Variable =>
  new Variable(new Generator(seed).normal(shape, { dtype: "float64" }), { requiresGrad: true });

const idOf = ({ nodes }: Trace, op: string): number => nodes.find((node) => node.op === op)?.id ?? -1;

function traceOf(f: () => Value): Trace {
  const weighted = (y: Value): Value => mul(y, new Generator(99).normal(y.shape, { dtype: "float64" }));
  return record(() => (sum(weighted(f())) as Variable).backward());
}

function portions(trace: Trace, op: string, input: number, index: number): Portions {
  const consumer = idOf(trace, op);
  return portionsOf(split(trace, 0, consumer, input, index), consumer, examplesOf(trace));
}

it("a convolution's weight comes apart by image, the weightiest first, and each image into its positions", () => {
  const images = new Generator(1).normal([4, 2, 5, 5], { dtype: "float64" });
  const trace = traceOf(() => conv2d(images, normal([3, 2, 3, 3], 2)));
  const { portions: all, axis, byExample, value, rest } = portions(trace, "conv2d", 1, 17);
  expect([axis, byExample]).toEqual([0, true]);
  const sizes = (all ?? []).map((portion) => Math.abs(portion.value));
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  expect((all ?? []).map(({ position }) => position).toSorted()).toEqual([0, 1, 2, 3]);
  for (const portion of all ?? []) {
    expect(portion.terms.length).toBe(9);
    expect(portion.value).toBe(portion.terms.reduce((total, term) => total + term.value, 0));
  }
  const total = (all ?? []).reduce((so, portion) => so + portion.value, 0);
  expect(rest).toBe(value - total);
  expect(Math.abs(rest)).toBeLessThan(1e-12);
});

it("without a batch, terms along one axis have their position there, and others stand alone", () => {
  const trace = traceOf(() => mul(normal([3], 1), normal([4, 1], 2)));
  const column = portions(trace, "mul", 1, 2);
  expect([column.axis, column.byExample]).toEqual([1, false]);
  expect(column.portions?.map(({ position }) => position).toSorted()).toEqual([0, 1, 2]);
  const single = traceOf(() => mul(normal([1, 1], 1), normal([4, 3], 2)));
  const both = portions(single, "mul", 0, 0);
  expect(both.axis).toBeNull();
  expect(both.portions?.map(({ position, terms }) => [position, terms.length])).toEqual(
    Array.from({ length: 12 }, () => [null, 1]),
  );
});
