import { type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf } from "../../test/expect-close.ts";
import { Flatten } from "./flatten.ts";

const shapeOf = (module: Flatten<number, number>, ...shape: number[]): readonly number[] =>
  module.forward(zeros(shape) as Tensor).shape;

describe("Flatten", () => {
  it("keeps the batch and joins the rest", () => {
    expect(shapeOf(new Flatten(), 5, 2, 3, 4)).toEqual([5, 24]);
    expect(shapeOf(new Flatten(), 5, 2)).toEqual([5, 2]);
    expect(shapeOf(new Flatten(), 0, 2, 3)).toEqual([0, 6]);
    expect(shapeOf(new Flatten(), 2, 0, 3)).toEqual([2, 0]);
  });

  it("joins the axes given", () => {
    expect(shapeOf(new Flatten(0), 2, 3, 4)).toEqual([24]);
    expect(shapeOf(new Flatten(0, 1), 2, 3, 4)).toEqual([6, 4]);
    expect(shapeOf(new Flatten(-2), 2, 3, 4)).toEqual([2, 12]);
    expect(shapeOf(new Flatten(1, 1), 2, 3, 4)).toEqual([2, 3, 4]);
    expect(shapeOf(new Flatten(0))).toEqual([1]);
  });

  it("is a view where strides allow, and else a copy in row-major order", () => {
    const x = zeros([2, 3, 4]);
    expect(new Flatten().forward(x).value.storage).toBe(x.storage);
    expect(new Flatten().forward(x.permute([0, 2, 1])).value.storage).not.toBe(x.storage);
  });

  it("has a rule that types know only where it keeps the batch", () => {
    expect(new Flatten().shapeRule).toEqual({ kind: "flatten" });
    expect(new Flatten(0).shapeRule).toEqual({ kind: "unknown" });
  });

  it("refuses axes that the input lacks, and a start behind the end", () => {
    expect(errorOf(() => shapeOf(new Flatten(), 5)).message).toBe(
      "[Flatten] axis 1 is outside a tensor of rank 1. Give an axis from -1 to 0.",
    );
    expect(errorOf(() => shapeOf(new Flatten(2, 1), 2, 3, 4)).message).toBe(
      "[Flatten] startAxis 2 lies behind endAxis 1: input is [2, 3, 4]. Name the first axis to flatten, then the last.",
    );
  });
});
