import { describe, expect, it } from "vitest";
import { blockExtremes, largestMagnitude, matrixSize } from "./tensor-cells.ts";

describe("matrixSize", () => {
  it("stacks all axes but the last", () => {
    expect(matrixSize([2, 3, 4])).toEqual({ rows: 6, columns: 4 });
    expect(matrixSize([5])).toEqual({ rows: 1, columns: 5 });
    expect(matrixSize([])).toEqual({ rows: 1, columns: 1 });
  });
});

describe("blockExtremes", () => {
  const data = Float64Array.of(1, -2, 3, 4, 0, 0, -9, 0);

  it("is the matrix itself where there is room", () => {
    const cells = blockExtremes(data, { rows: 2, columns: 4 }, { rows: 10, columns: 10 });
    expect([cells.rows, cells.columns, [...cells.values]]).toEqual([2, 4, [...data]]);
  });

  it("keeps of each block what is farthest from 0, with its sign", () => {
    const cells = blockExtremes(data, { rows: 2, columns: 4 }, { rows: 1, columns: 2 });
    expect([...cells.values]).toEqual([-2, -9]);
  });

  it("shows a NaN whatever stands beside it", () => {
    const cells = blockExtremes(
      Float64Array.of(1, Number.NaN, 5),
      { rows: 1, columns: 3 },
      { rows: 1, columns: 1 },
    );
    expect([...cells.values]).toEqual([Number.NaN]);
  });
});

it("largestMagnitude passes over what is not finite", () => {
  expect(largestMagnitude(Float64Array.of(1, -3, Number.POSITIVE_INFINITY, Number.NaN))).toBe(3);
  expect(largestMagnitude(new Float64Array(0))).toBe(0);
});
