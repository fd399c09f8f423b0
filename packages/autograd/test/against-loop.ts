/** `vmap` against a loop over the examples: values, gradients of each example, and gradients of the whole batch. */
import { isFloat, type Tensor } from "@adjoint/tensor";
import { expect } from "vitest";
import { tensorOf } from "../src/apply.ts";
import { grad, mul, stack, sum, type Value, type Variable, vmap } from "../src/index.ts";

type Applied = (...inputs: Value[]) => Value;

/** Three examples like `x`: itself, turned round, and (floats only) moved a little. */
function threeLike(x: Tensor): Tensor[] {
  return [x, x.flip(), isFloat(x.dtype) ? (x.mul(0.75).add(0.125) as Tensor) : x];
}

/** Which inputs have a batch axis: all, and each alone. */
function batchings(count: number): boolean[][] {
  const all = new Array<boolean>(count).fill(true);
  if (count < 2) return [all];
  return [all, ...all.map((_, alone) => all.map((_each, i) => i === alone))];
}

/** One choice of batched inputs: the arguments of vmap, and those of each example. */
interface Batch {
  readonly inAxes: (number | null)[];
  readonly args: Tensor[];
  readonly examples: Tensor[][];
}

function batchesOf(inputs: readonly Tensor[]): Batch[] {
  const variants = inputs.map(threeLike);
  return batchings(inputs.length).map((batched) => ({
    inAxes: batched.map((flag) => (flag ? 0 : null)),
    args: inputs.map((x, i) => (batched[i] ? (stack(variants[i] ?? []) as Tensor) : x)),
    examples: [0, 1, 2].map((k) => inputs.map((x, i) => (batched[i] ? (variants[i]?.[k] as Tensor) : x))),
  }));
}

/** vmap(f) gives for every example what f gives. */
export function expectLikeLoop(f: Applied, inputs: readonly Tensor[]): void {
  for (const { inAxes, args, examples } of batchesOf(inputs)) {
    const expected = stack(examples.map((example) => tensorOf(f(...example)))) as Tensor;
    expectSame(tensorOf(vmap(f, { inAxes })(...args)), expected, `batched ${inAxes}`);
  }
}

/** vmap(grad(f)) gives every example's gradients, and grad(vmap(f)) their sum where an input is shared. */
export function expectGradientsLikeLoop(f: Applied, inputs: readonly Tensor[]): void {
  const loss = (...xs: Value[]): Value => {
    const y = f(...xs);
    return sum(mul(y, y));
  };
  const gradient = grad(loss, { argnums: [...inputs.keys()] }) as (...xs: Value[]) => Variable[];
  for (const { inAxes, args, examples } of batchesOf(inputs)) {
    const each = examples.map((example) => gradient(...example).map(tensorOf));
    const stacked = inputs.map((_, i) => stack(each.map((gradients) => gradients[i] as Tensor)) as Tensor);
    const perExample = vmap(gradient, { inAxes })(...args);
    for (const [i, g] of perExample.entries()) {
      expectSame(tensorOf(g), stacked[i] as Tensor, `gradient ${i} of each example, batched ${inAxes}`);
    }
    const total = (...xs: Value[]): Value => sum(vmap(loss, { inAxes })(...xs));
    const whole = (grad(total, { argnums: [...inputs.keys()] }) as typeof gradient)(...args);
    for (const [i, g] of whole.entries()) {
      const parts = stacked[i] as Tensor;
      const expected: Tensor = inAxes[i] === null ? parts.sum(0) : parts;
      expectSame(tensorOf(g), expected, `gradient ${i} of the batch, batched ${inAxes}`);
    }
  }
}

/** Equal shapes and numbers, NaN equal to NaN; sums of a batch may be rounded in another order. */
function expectSame(actual: Tensor, expected: Tensor, what: string): void {
  expect(actual.shape, `shape, ${what}`).toEqual(expected.shape);
  expect(actual.dtype, `dtype, ${what}`).toBe(expected.dtype);
  const tolerance = actual.dtype === "float64" ? 1e-12 : 1e-6;
  const [a, b] = [actual.toTypedArray(), expected.toTypedArray()];
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [a[i] ?? Number.NaN, b[i] ?? Number.NaN];
    const close = Object.is(x, y) || x === y || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
    if (!close) expect.fail(`${what}: element ${i}: actual ${x}, expected ${y}, gap ${Math.abs(x - y)}`);
  }
}
