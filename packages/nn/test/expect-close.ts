/** Comparing numbers in tests. */
import { type Value, Variable } from "@adjoint/autograd";
import { type NestedArray, type Tensor, tensor } from "@adjoint/tensor";
import { expect } from "vitest";

/**
 * Shape and numbers: NaN equals NaN, infinities must be equal, all else within `tolerance`, relative above 1 and
 * absolute below. The default leaves float64 room for a few roundings.
 */
export function expectClose(actual: Value, expected: NestedArray | Tensor, tolerance = 1e-12): void {
  const x = actual instanceof Variable ? actual.value : actual;
  const wanted =
    typeof expected === "object" && "storage" in expected
      ? expected
      : (tensor(expected as number[], { dtype: "float64" }) as Tensor);
  expect(x.shape, "shape").toEqual(wanted.shape);
  const [a, b] = [x.toTypedArray(), wanted.toTypedArray()];
  for (const [i, y] of b.entries()) {
    const found = a[i] ?? Number.NaN;
    if (Object.is(found, y) || Math.abs(found - y) <= tolerance * Math.max(1, Math.abs(y))) continue;
    expect.fail(
      `element ${i}: actual ${found}, expected ${y}, gap ${Math.abs(found - y)}, tolerance ${tolerance}`,
    );
  }
}

/** The error that `run` throws. */
export function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("no error was thrown");
}
