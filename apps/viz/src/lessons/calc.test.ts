import { describe, expect, it } from "vitest";
import { CalcError, parseCalc, parseRef } from "./calc.ts";

const messageOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof CalcError) return error.message;
    throw error;
  }
  return "";
};

describe("a calculation", () => {
  it("is read with its precedence", () => {
    const entry = { kind: "entry", ref: { quantity: "value", node: "w", index: null } };
    expect(parseCalc("1 - value w * 2")).toEqual({
      kind: "binary",
      sign: "-",
      left: { kind: "constant", value: 1 },
      right: { kind: "binary", sign: "*", left: entry, right: { kind: "constant", value: 2 } },
    });
    expect(parseCalc("-(1e-3 - value w)")).toMatchObject({
      kind: "call",
      name: "neg",
      of: { sign: "-", right: entry },
    });
    expect(parseCalc("norm(adjoint 0.weight[7, :])")).toEqual({
      kind: "over",
      name: "norm",
      ref: { quantity: "adjoint", node: "0.weight", index: [7, null] },
    });
  });

  it("names nodes of modules and places", () => {
    expect(parseRef("value add@2[0, 5]")).toEqual({ quantity: "value", node: "add@2", index: [0, 5] });
    expect(parseRef("adjoint exp#1")).toEqual({ quantity: "adjoint", node: "exp#1", index: null });
  });

  it.each([
    ["value", 'expected ( behind value, found the end in "value"'],
    ["1 +", 'expected a number, a function, value or adjoint, found the end in "1 +"'],
    ["sine(1)", "sine is no function; there are exp, ln, abs, sqrt, sum, norm, size, zeros, max, mean"],
    ["value w[1, x]", 'expected a position or :, found "x]" in "value w[1, x]"'],
    ["value w 2", 'expected the end, found "2" in "value w 2"'],
    ["(1", 'expected ), found the end in "(1"'],
  ])("%s gets a message", (text, message) => {
    expect(messageOf(() => parseCalc(text))).toBe(message);
  });
});
