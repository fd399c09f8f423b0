import { Variable } from "@adjoint/autograd";
import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../test/expect-close.ts";
import { clipGradNorm, clipGradValue } from "./clip-grad.ts";
import { Parameter } from "./parameter.ts";

function withGradient(...values: number[]): Parameter {
  const parameter = new Parameter(zeros([values.length], { dtype: "float64" }) as Tensor);
  parameter.grad = new Variable(tensor(Float64Array.from(values)) as Tensor);
  return parameter;
}

const gradientOf = ({ grad }: Parameter): number[] => [...(grad?.value.toTypedArray() ?? [])];

describe("clipGradNorm", () => {
  it("scales all gradients by one factor, in place, and gives the norm before", () => {
    const [a, b] = [withGradient(3), withGradient(0, 4)];
    const { storage } = (a.grad as Variable).value;
    expect(clipGradNorm([a, b], 1).item()).toBe(5);
    const factor = 1 / (5 + 1e-6);
    expect([...gradientOf(a), ...gradientOf(b)]).toEqual([3 * factor, 0, 4 * factor]);
    expect(a.grad?.value.storage).toBe(storage);
    expect(storage.writer).toBe("clipGradNorm");
  });

  it("leaves gradients below the bound as they are", () => {
    const a = withGradient(3, 4);
    clipGradNorm([a], 5.1);
    expect(gradientOf(a)).toEqual([3, 4]);
  });

  it("takes other norms", () => {
    expect(clipGradNorm([withGradient(3, -4)], 1, { normType: 1 }).item()).toBe(7);
    const largest = withGradient(3, -4);
    expect(clipGradNorm([largest], 2, { normType: Number.POSITIVE_INFINITY }).item()).toBe(4);
    expectClose(largest.grad as Variable, [1.5, -2], 1e-6);
    expectClose(clipGradNorm([withGradient(2, 2)], 1, { normType: 3 }), 16 ** (1 / 3), 1e-15);
  });

  it("passes over parameters without a gradient or elements; of nothing the norm is 0", () => {
    const still = new Parameter(zeros([2]) as Tensor);
    for (const normType of [1, 2, 3, Number.POSITIVE_INFINITY]) {
      expect(clipGradNorm([still, withGradient()], 1, { normType }).item()).toBe(0);
    }
    expect(still.grad).toBeNull();
  });

  it("makes NaN of all gradients if one is NaN, or says so if asked", () => {
    const both = [withGradient(Number.NaN), withGradient(1)];
    const strict = { errorIfNonFinite: true };
    expect(errorOf(() => clipGradNorm(both, 1, strict)).message).toBe(
      "[clipGradNorm] the norm of the gradients is NaN. detectAnomaly names the op that made it; without errorIfNonFinite it is scaled all the same.",
    );
    expect(both.flatMap(gradientOf)).toEqual([Number.NaN, 1]);
    expect(clipGradNorm(both, 1).item()).toBeNaN();
    expect(both.flatMap(gradientOf)).toEqual([Number.NaN, Number.NaN]);
    expect(clipGradNorm([withGradient(1)], 1, strict).item()).toBe(1);
  });

  it("keeps float32 in float32", () => {
    const parameter = new Parameter(zeros([2]) as Tensor);
    parameter.grad = new Variable(tensor([3, 4]) as Tensor);
    expect(clipGradNorm([parameter], 1).dtype).toBe("float32");
    expectClose(parameter.grad, [0.6, 0.8], 1e-6);
  });
});

describe("clipGradValue", () => {
  it("cuts each element, in place", () => {
    const [a, b] = [withGradient(-3, 0.5, 2), withGradient(Number.NaN, Number.POSITIVE_INFINITY)];
    clipGradValue([a, b, new Parameter(zeros([1]) as Tensor)], 1);
    expect(gradientOf(a)).toEqual([-1, 0.5, 1]);
    expect(gradientOf(b)).toEqual([Number.NaN, 1]);
  });
});

describe("clipping refuses", () => {
  const refused: Record<string, [() => unknown, string]> = {
    "a negative norm": [
      () => clipGradNorm([], -1),
      "[clipGradNorm] maxNorm is -1. Give a number of at least 0.",
    ],
    "a norm of 0": [
      () => clipGradNorm([], 1, { normType: 0 }),
      "[clipGradNorm] normType is 0. Give a number above 0, or Infinity.",
    ],
    "a value of NaN": [
      () => clipGradValue([], Number.NaN),
      "[clipGradValue] clipValue is NaN. Give a number of at least 0.",
    ],
    "an unknown option": [
      () => clipGradNorm([], 1, { norm_type: 1 } as never),
      '[clipGradNorm] unknown option "norm_type". Known options: normType, errorIfNonFinite.',
    ],
  };
  it.each(Object.entries(refused))("%s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
});
