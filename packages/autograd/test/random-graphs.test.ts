/**
 * Random graphs: whatever ops are strung together, with fan-out, views, broadcasting and reductions, the gradient along
 * a random direction is the slope that central differences measure, and it is the same each time.
 *
 * A graph is a list of steps; each picks its operands among all values so far, so that values are used several times.
 * Values are kept smooth and between −2 and 2 or so, where finite differences in float64 are good to about 1e-9.
 */
import {
  add,
  concat,
  div,
  exp,
  expand,
  flip,
  grad,
  logSoftmax,
  matmul,
  mean,
  mul,
  neg,
  permute,
  reshape,
  sigmoid,
  slice,
  softplus,
  stack,
  sub,
  sum,
  tanh,
  tensorOf,
  transpose,
  unsqueeze,
  type Value,
  Variable,
} from "@adjoint/autograd";
import { broadcastShapes, Generator, sizeOf, type Tensor, tensor } from "@adjoint/tensor";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

/** One op of the graph: which, on which operands, and with what attribute. */
interface Step {
  readonly op: string;
  readonly first: number;
  readonly second: number;
  readonly attribute: number;
}

type Unary = (x: Value, attribute: number) => Value | null;
type Binary = (a: Value, b: Value, attribute: number) => Value | null;

const LARGEST = 60;

/** Ops of one operand. Null where the op does not take its shape. */
const unary: Record<string, Unary> = {
  neg: (x) => neg(x),
  tanh: (x) => tanh(x),
  sigmoid: (x) => sigmoid(x),
  "exp of a bounded value": (x) => exp(tanh(x)),
  softplus: (x) => softplus(x),
  "scale by a number": (x, attribute) => mul(x, 0.5 + (attribute % 7) / 7),
  "mean over an axis": (x, attribute) => (x.rank === 0 ? null : (mean(x, attribute % x.rank) as Value)),
  "sum over an axis": (x, attribute) => (x.rank === 0 ? null : tanh(sum(x, attribute % x.rank) as Value)),
  "sum, axes kept": (x, attribute) =>
    x.rank === 0 ? null : tanh(sum(x, attribute % x.rank, { keepDims: true }) as Value),
  "log-softmax": (x, attribute) => (x.rank === 0 ? null : tanh(logSoftmax(x, attribute % x.rank) as Value)),
  transpose: (x) => (x.rank < 2 ? null : (transpose(x) as Value)),
  "permute: axes rotated": (x) =>
    x.rank < 2
      ? null
      : (permute(
          x,
          [...x.shape.keys()].map((axis) => (axis + 1) % x.rank),
        ) as Value),
  flatten: (x) => reshape(x, [-1]) as Value,
  "reshape to columns": (x) => (x.size % 2 === 0 ? (reshape(x, [-1, 2]) as Value) : null),
  unsqueeze: (x, attribute) => (x.rank > 3 ? null : (unsqueeze(x, attribute % (x.rank + 1)) as Value)),
  flip: (x) => flip(x) as Value,
  "slice: an index": (x, attribute) => (x.rank === 0 ? null : slice(x, attribute % (x.shape[0] as number))),
  "slice: a range with a step": (x, attribute) =>
    x.rank === 0 ? null : slice(x, { start: attribute % 2, step: 1 + (attribute % 2) }),
  "slice: backwards": (x) => (x.rank === 0 ? null : slice(x, ...x.shape.map(() => ({ step: -1 })))),
  "expand in front": (x) =>
    x.rank > 3 || x.size > LARGEST / 2 ? null : (expand(x, [2, ...x.shape]) as Value),
};

/** Ops of two operands. */
const binary: Record<string, Binary> = {
  add: broadcasting((a, b) => add(a, b)),
  sub: broadcasting((a, b) => sub(a, b)),
  mul: broadcasting((a, b) => mul(a, b)),
  "div by a positive value": broadcasting((a, b) => div(a, add(exp(tanh(b)), 0.5))),
  matmul: (a, b) => {
    if (a.rank === 0 || b.rank === 0 || a.rank > 2 || b.rank > 2) return null;
    return a.shape.at(-1) === b.shape[0] ? tanh(matmul(a, b) as Value) : null;
  },
  "matmul with its transpose": (a) => (a.rank === 2 ? tanh(matmul(a, transpose(a) as Value) as Value) : null),
  concat: (a, b, attribute) => {
    const axis = a.rank === 0 ? 0 : attribute % a.rank;
    const fits =
      a.rank > 0 && a.rank === b.rank && a.shape.every((size, i) => i === axis || size === b.shape[i]);
    return fits ? (concat([a, b], axis) as Value) : null;
  },
  "stack with itself": (a) => (a.rank > 3 ? null : (stack([a, mul(a, 0.5)]) as Value)),
};

/** f where the operands' shapes broadcast. */
function broadcasting(f: (a: Value, b: Value) => Value): Binary {
  return (a, b) => {
    try {
      broadcastShapes("random", a.shape, b.shape);
    } catch {
      return null;
    }
    return f(a, b);
  };
}

/** A graph that ran once: the steps that fitted, each with the factor that keeps its values in the smooth range. */
interface Graph {
  readonly steps: readonly Step[];
  readonly factors: readonly number[];
}

/** Leaves out the steps that do not fit at `points`, and scales down what grows beyond 1.9. */
function settle(steps: readonly Step[], points: readonly Tensor[]): Graph {
  const values: Value[] = [...points];
  const kept: Step[] = [];
  const factors: number[] = [];
  for (const candidate of steps) {
    const y = applyStep(candidate, values);
    if (y === null || y.size > LARGEST || y.size === 0) continue;
    const factor = Math.max(...tensorOf(y).toTypedArray().map(Math.abs)) > 1.9 ? 0.25 : 1;
    values.push(mul(y, factor));
    kept.push(candidate);
    factors.push(factor);
  }
  return { steps: kept, factors };
}

function applyStep({ op, first, second, attribute }: Step, values: readonly Value[]): Value | null {
  // Recent values are picked more often, so that graphs grow deep; now and then an old one, for the fan-out.
  const pick = (choice: number): Value =>
    values[values.length - 1 - Math.floor((choice / 100) ** 2 * values.length)] as Value;
  const one = unary[op];
  return one ? one(pick(first), attribute) : (binary[op]?.(pick(first), pick(second), attribute) ?? null);
}

/** The graph's one number at `inputs`. Every value has its say in it, those that nothing used too. */
function evaluate({ steps, factors }: Graph, inputs: readonly Value[]): Value {
  const values: Value[] = [...inputs];
  for (const [i, next] of steps.entries()) {
    const y = applyStep(next, values);
    if (y === null) throw new TypeError(`${next.op} fitted once and does not any more`);
    values.push(mul(y, factors[i] as number));
  }
  return values.map((x) => sum(mul(x, 0.3)) as Value).reduce((a, b) => add(a, b));
}

const step: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom(...Object.keys(unary), ...Object.keys(binary), ...Object.keys(binary)),
  first: fc.integer({ min: 0, max: 99 }),
  second: fc.integer({ min: 0, max: 99 }),
  attribute: fc.nat(12),
});
const shape = fc.constantFrom<number[][]>([], [1], [3], [2, 3], [3, 1], [1, 2], [3, 3], [2, 1, 2]);
const drawn = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
  shapes: fc.array(shape, { minLength: 1, maxLength: 3 }),
  seed: fc.nat(1_000_000),
});
/** The same graphs at every run. */
const settings = { seed: 20_240_229, numRuns: 250 };

function draw(generator: Generator, shapes: readonly (readonly number[])[]): Tensor[] {
  return shapes.map((s) => generator.normal([...s], { dtype: "float64" }) as Tensor);
}

function leavesAt(points: readonly Tensor[]): Variable[] {
  return points.map((x) => new Variable(x, { requiresGrad: true }));
}

function gradients(graph: Graph, points: readonly Tensor[]): Tensor[] {
  const leaves = leavesAt(points);
  return grad(evaluate(graph, leaves) as Variable, leaves).map((g) => g.value);
}

const dot = (a: Tensor, b: Tensor): number => sum(mul(a, b) as Tensor).item();

describe("random graphs", () => {
  const used = new Set<string>();

  it("have the slope that central differences measure, in a random direction", () => {
    fc.assert(
      fc.property(drawn, ({ steps, shapes, seed }) => {
        const generator = new Generator(seed);
        const [points, directions] = [draw(generator, shapes), draw(generator, shapes)];
        const graph = settle(steps, points);
        for (const { op } of graph.steps) used.add(op);
        const analytic = gradients(graph, points)
          .map((g, i) => dot(g, directions[i] as Tensor))
          .reduce((a, b) => a + b, 0);
        const at = (size: number): number => {
          const moved = points.map((x, i) => x.add((directions[i] as Tensor).mul(size)) as Tensor);
          return tensorOf(evaluate(graph, moved)).item();
        };
        const eps = 1e-5;
        const measured = (at(eps) - at(-eps)) / (2 * eps);
        const gap = Math.abs(analytic - measured);
        if (!(gap <= 1e-6 * Math.max(1, Math.abs(measured)))) {
          throw new Error(`backward gave ${analytic}, differences ${measured}, gap ${gap}`);
        }
      }),
      settings,
    );
  });

  it("between them use every op of the list", () => {
    expect([...used].sort()).toEqual([...Object.keys(unary), ...Object.keys(binary)].sort());
  });

  it("give the same gradients at every run, bit for bit, and with retained and freed graphs alike", () => {
    fc.assert(
      fc.property(drawn, ({ steps, shapes, seed }) => {
        const points = draw(new Generator(seed), shapes);
        const graph = settle(steps, points);
        const bits = (tensors: readonly Tensor[]): number[][] => tensors.map((x) => [...x.toTypedArray()]);
        const once = bits(gradients(graph, points));
        expect(bits(gradients(graph, points))).toEqual(once);
        const leaves = leavesAt(points);
        const output = evaluate(graph, leaves) as Variable;
        output.backward({ retainGraph: true });
        expect(bits(leaves.map((x) => (x.grad as Variable).value))).toEqual(once);
        for (const x of leaves) x.zeroGrad();
        output.backward();
        expect(bits(leaves.map((x) => (x.grad as Variable).value))).toEqual(once);
      }),
      { ...settings, numRuns: 60 },
    );
  });

  it("have gradients in the inputs' shapes, and none for an input they do not use", () => {
    fc.assert(
      fc.property(drawn, ({ steps, shapes, seed }) => {
        const points = draw(new Generator(seed), shapes);
        const graph = settle(steps, points);
        expect(gradients(graph, points).map((g) => g.shape)).toEqual(shapes);
        const leaves = leavesAt(points);
        const spare = new Variable(tensor(Float64Array.of(1)), { requiresGrad: true });
        const all = grad(evaluate(graph, leaves) as Variable, [spare, ...leaves], { allowUnused: true });
        expect(all[0]).toBeNull();
        expect(all.slice(1).map((g) => g?.size)).toEqual(shapes.map(sizeOf));
      }),
      { ...settings, numRuns: 60 },
    );
  });

  it("second order: the Hessian along one direction is the slope of the gradient along it", () => {
    fc.assert(
      fc.property(drawn, ({ steps, shapes, seed }) => {
        const generator = new Generator(seed);
        const [points, directions] = [draw(generator, shapes), draw(generator, shapes)];
        const graph = settle(steps.slice(0, 12), points);
        const slope = (xs: readonly Tensor[]): number =>
          gradients(graph, xs)
            .map((g, i) => dot(g, directions[i] as Tensor))
            .reduce((a, b) => a + b, 0);
        const leaves = leavesAt(points);
        const first = grad(evaluate(graph, leaves) as Variable, leaves, { createGraph: true });
        const along = first
          .map((g, i) => sum(mul(g, directions[i] as Tensor)) as Variable)
          .reduce((a, b) => add(a, b) as Variable);
        const second = along.requiresGrad ? grad(along, leaves, { allowUnused: true }) : [];
        const analytic = second
          .map((g, i) => (g === null ? 0 : dot(g.value, directions[i] as Tensor)))
          .reduce((a, b) => a + b, 0);
        const eps = 1e-5;
        const shifted = (size: number): Tensor[] =>
          points.map((x, i) => x.add((directions[i] as Tensor).mul(size)) as Tensor);
        const measured = (slope(shifted(eps)) - slope(shifted(-eps))) / (2 * eps);
        expect(Math.abs(analytic - measured)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(measured)));
      }),
      { ...settings, numRuns: 60 },
    );
  });
});
