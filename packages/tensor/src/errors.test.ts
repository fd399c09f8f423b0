import { describe, expect, it } from "vitest";
import {
  AdjointError,
  ArgumentError,
  AxisError,
  checkOptions,
  DTypeError,
  FormatError,
  IndexError,
  ShapeMismatchError,
} from "./errors.ts";

describe("errors", () => {
  it.each([
    [
      new ShapeMismatchError("add", "What.", "How.", [[1], [2]]),
      "ShapeMismatchError",
      { shapes: [[1], [2]] },
    ],
    [new AxisError("sum", "What.", "How.", 3, 2), "AxisError", { axis: 3, rank: 2 }],
    [new DTypeError("mean", "What.", "How.", "int32"), "DTypeError", { dtype: "int32" }],
    [new IndexError("gather", "What.", "How.", 9, 3), "IndexError", { index: 9, size: 3 }],
    [new ArgumentError("pad", "before", "What.", "How."), "ArgumentError", { argument: "before" }],
    [new FormatError("decodeNpy", "What.", "How."), "FormatError", {}],
  ])("are of one family, carry their fields and read as op, cause and remedy: %s", (error, name, fields) => {
    expect(error).toBeInstanceOf(AdjointError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name, message: `[${error.op}] What. How.`, ...fields });
    expect(String(error)).toBe(`${name}: [${error.op}] What. How.`);
  });
});

describe("checkOptions", () => {
  it("lets known keys pass and names an unknown one", () => {
    expect(() => checkOptions("op", { a: 1 }, ["a", "b"])).not.toThrow();
    expect(() => checkOptions("op", { c: 1 }, ["a", "b"])).toThrow(
      expect.objectContaining({ argument: "c", message: '[op] unknown option "c". Known options: a, b.' }),
    );
  });
});
