/**
 * The standard that every op is held to, as one suite: forward, first and second order, fan-out, vmap, broadcasting, empty
 * axes, kinks and special values, and a whole error message. No section can be left out: an op for which one makes no
 * sense says why in a sentence.
 */
import { type NestedArray, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { tensorOf } from "../src/apply.ts";
import { add, grad, sum, type Value, Variable } from "../src/index.ts";
import { gradcheck, gradgradcheck } from "../src/testing.ts";
import { expectGradientsLikeLoop, expectLikeLoop } from "./against-loop.ts";
import { expectReplayOf } from "./against-replay.ts";

/** An op with its attributes filled in. */
export type Applied = (...inputs: Value[]) => Value;

/** A hand value: f(inputs) = output, in float64 unless the inputs are tensors; compared within `tolerance` (0). */
export interface ForwardCase {
  readonly f: Applied;
  readonly inputs: readonly (NestedArray | Tensor)[];
  readonly output: NestedArray;
  readonly tolerance?: number;
}

/** A point clear of kinks at which gradients meet finite differences. */
export interface SmoothCase {
  readonly f: Applied;
  readonly inputs: readonly (NestedArray | Tensor)[];
}

/** A kink, a tie or a special value: output and gradients (of the sum of outputs), compared bit for bit. */
export interface KinkCase {
  readonly f: Applied;
  readonly inputs: readonly (NestedArray | Tensor)[];
  readonly output: NestedArray;
  readonly gradients: readonly (NestedArray | null)[];
  readonly tolerance?: number;
}

/** An empty or one-element axis: the shapes of output and gradients; `inputs` are shapes. */
export interface EmptyCase {
  readonly f: Applied;
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
}

/** All that is tested of an op. A string stands for a section that makes no sense for it, and says why. */
export interface OpSuite {
  readonly forward: Record<string, ForwardCase>;
  readonly smooth: Record<string, SmoothCase> | string;
  readonly broadcasting: Record<string, SmoothCase> | string;
  readonly empty: Record<string, EmptyCase>;
  readonly kinks: Record<string, KinkCase> | string;
  readonly errors: Record<string, { readonly run: () => unknown; readonly message: string }> | string;
}

/** Runs the suite of the op called `name`. */
export function describeOp(name: string, suite: OpSuite): void {
  describe(name, () => {
    section("forward", suite.forward, (test) => {
      const output = test.f(...test.inputs.map(toTensor));
      expectClose(tensorOf(output), test.output, test.tolerance ?? 0);
      const tracked = test.f(...test.inputs.map(toTensor).map((x) => new Variable(x)));
      expect(tracked).toBeInstanceOf(Variable);
      expectClose(tensorOf(tracked), test.output, test.tolerance ?? 0);
    });
    for (const [kind, cases] of [
      ["smooth", suite.smooth],
      ["broadcasting", suite.broadcasting],
    ] as const) {
      section(`${kind}: first order`, cases, ({ f, inputs }) => gradcheck(f, inputs.map(toTensor)));
      section(`${kind}: second order`, cases, ({ f, inputs }) => gradgradcheck(f, inputs.map(toTensor)));
    }
    section("fan-out: used twice, the gradient doubles", suite.smooth, (test) => {
      const once = gradientsOf((...xs) => test.f(...xs), test.inputs);
      const twice = gradientsOf((...xs) => add(test.f(...xs), test.f(...xs)), test.inputs);
      for (const [i, g] of once.entries())
        expectClose(twice[i] as Tensor, tensorOf(add(g, g)).toArray(), 1e-12);
    });
    section("vmap: the forward of every example", suite.forward, ({ f, inputs }) =>
      expectLikeLoop(f, inputs.map(toTensor)),
    );
    for (const cases of [suite.smooth, suite.broadcasting]) {
      section("vmap: the gradients of every example and of the batch", cases, ({ f, inputs }) =>
        expectGradientsLikeLoop(f, inputs.map(toTensor)),
      );
    }
    for (const cases of [suite.forward, suite.smooth, suite.broadcasting, suite.kinks]) {
      if (typeof cases === "string") continue;
      section<SmoothCase>("replay: a trace of it, run again, gives its numbers", cases, ({ f, inputs }) =>
        expectReplayOf(f, inputs.map(toTensor)),
      );
    }
    section("empty and one-element axes", suite.empty, (test) => {
      const inputs = test.inputs.map((shape) => new Variable(filler(shape), { requiresGrad: true }));
      const output = test.f(...inputs);
      expect(output.shape).toEqual(test.output);
      if (!(output instanceof Variable) || !output.requiresGrad) return;
      for (const [i, g] of grad(sum(output) as Variable, inputs).entries())
        expect(g.shape).toEqual(test.inputs[i]);
    });
    section("kinks and special values", suite.kinks, (test) => {
      const inputs = test.inputs.map(toTensor);
      const xs = inputs.map((x, i) => new Variable(x, { requiresGrad: test.gradients[i] !== null }));
      const output = test.f(...xs);
      expectClose(tensorOf(output), test.output, test.tolerance ?? 0);
      const tracked = xs.filter((x) => x.requiresGrad);
      if (tracked.length === 0) return;
      const gradients = grad(sum(output) as Variable, tracked);
      for (const [i, expected] of test.gradients.filter((g) => g !== null).entries()) {
        expectClose((gradients[i] as Variable).value, expected as NestedArray, test.tolerance ?? 0);
      }
    });
    section("errors", suite.errors, ({ run, message }) => {
      expect(messageOf(run)).toBe(message);
    });
  });
}

function section<T>(title: string, cases: Record<string, T> | string, run: (test: T) => void): void {
  if (typeof cases === "string") {
    it(`${title}: none, ${cases}`, () => expect(cases.length).toBeGreaterThan(10));
    return;
  }
  describe(title, () => {
    it("has a case", () => expect(Object.keys(cases).length).toBeGreaterThan(0));
    for (const [name, test] of Object.entries(cases)) it(name, () => run(test));
  });
}

/** Nested numbers as float64; tensors as they are. */
export function toTensor(x: NestedArray | Tensor): Tensor {
  return typeof x === "object" && "storage" in x
    ? x
    : (tensor(x as number[], { dtype: "float64" }) as Tensor);
}

/** Numbers that are no kink of anything, of any shape: 0.5, 0.6, … */
function filler(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => 0.5 + i / 10),
    { shape },
  );
}

function gradientsOf(f: Applied, inputs: readonly (NestedArray | Tensor)[]): Tensor[] {
  const xs = inputs.map((x) => new Variable(toTensor(x), { requiresGrad: true }));
  return grad(sum(f(...xs)) as Variable, xs, { allowUnused: true }).map((g, i) =>
    g === null ? filler((xs[i] as Variable).shape).mul(0) : g.value,
  );
}

/**
 * Compares shape and numbers: NaN is met by NaN alone, an infinity by itself alone, and at tolerance 0 all others by the
 * same bits (−0 is not 0), else within tolerance · max(1, |expected|). Says index, both values and gap.
 */
export function expectClose(actual: Tensor, expected: NestedArray, tolerance: number): void {
  const wanted = tensor(expected as number[], { dtype: "float64" }) as Tensor;
  expect(actual.shape, "shape").toEqual(wanted.shape);
  const a = actual.toTypedArray();
  const b = wanted.toTypedArray();
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    const near =
      tolerance > 0 && Number.isFinite(y) && Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
    if (!near && !Object.is(x, y))
      expect.fail(
        `element ${i}: actual ${text(x)}, expected ${text(y)}, gap ${Math.abs(x - y)}, tolerance ${tolerance}`,
      );
  }
}

function text(x: number): string {
  return Object.is(x, -0) ? "-0" : String(x);
}

/** The message of what `run` throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}
