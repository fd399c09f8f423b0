import { describe, expect, it } from "vitest";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";
import { traceTitle } from "./trace-title.ts";

describe("traceTitle", () => {
  it.each([
    [{ program: "xor", seed: "0", steps: "3" }, "xor: seed 0, steps 3"],
    [{ program: "xor" }, "xor"],
    [{ program: "xor", "source:programs/xor.ts": "/** A network" }, "xor"],
    [{ step: "7" }, "step 7"],
    [{}, "a trace of 14 nodes"],
  ])("of %j is %s", (metadata, title) => {
    expect(traceTitle(recordStep(xorProgram(0), 0, metadata))).toBe(title);
  });

  it("of an expression is the expression, or its beginning", () => {
    const title = (expression: string): string =>
      traceTitle(recordStep(expressionProgram(expression), 0, { program: "expression", expression }));
    expect(title("a = 2; tanh(a*a)")).toBe("a = 2; tanh(a*a)");
    const long = `a = 2; ${Array.from({ length: 50 }, () => "a").join("+")}`;
    expect(title(long)).toBe(`${long.slice(0, 71)}…`);
  });
});
