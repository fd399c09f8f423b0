import { describe, expect, it } from "vitest";
import { ExpressionError, expressionProgram } from "./expression.ts";

const lossOf = (text: string): number => Number(expressionProgram(text).loss().item());

describe("expressionProgram", () => {
  it.each([
    ["a = 2; b = -3; c = 10; f = -2; (a*b + c) * f", -8],
    ["a = 7; a - 2 - 1", 4],
    ["a = 12; a / 3 / 2", 2],
    ["a = 2; a ^ 3 ^ 2", 512],
    ["a = 3; -a ^ 2", -9],
    ["a = 3; a ** 2", 9],
    ["a = 1e2; a + .5", 100.5],
    ["a = 4; d = sqrt(a); d * d + relu(-a)", 4],
    ["a = 2; tanh(a)", Math.tanh(2)],
  ])("%s is %f", (text, value) => {
    expect(lossOf(text)).toBe(value);
  });

  it("gives the gradients of its inputs", () => {
    const program = expressionProgram("a = 2; b = -3; c = 10; f = -2; (a*b + c) * f");
    program.loss().backward();
    const gradients = [...program.names].map(([name, leaf]) => [name, "grad" in leaf && leaf.grad?.item()]);
    expect(gradients).toEqual([
      ["a", 6],
      ["b", -4],
      ["c", -2],
      ["f", 4],
    ]);
  });

  it.each([
    [
      "a = 2; a # 1",
      '[expression] "#" is not understood at character 10. Use numbers, names, + - * / ^ ( ) = and ;',
    ],
    [
      "a = 2; a * b",
      "[expression] b has no value at character 12. Write a number, or a name with a value: a = 2; a*a",
    ],
    ["a = 2; (a", "[expression] the end stands where ) belongs at character 10. Close the parenthesis."],
    ["a = 2; a a", "[expression] a cannot stand at character 10. Write an operator, ; or nothing."],
    ["1 + 2", "[expression] there is no input at character 1. Give a number a name and use it: a = 2; a*a"],
    [
      "",
      "[expression] the end cannot stand at character 1. Write a number, or a name with a value: a = 2; a*a",
    ],
    [
      "a = 1; constructor(a)",
      "[expression] constructor is no function at character 8. There are cos, exp, log, relu, sigmoid, sin, sqrt, tanh.",
    ],
  ])("refuses %j", (text, message) => {
    expect(() => expressionProgram(text)).toThrow(message);
  });

  it("refuses what is nested without end", () => {
    expect(() => expressionProgram(`a = 1; ${"(".repeat(101)}a`)).toThrow(ExpressionError);
    expect(() => expressionProgram(`a = 1; ${"-".repeat(1000)}a`)).toThrow("more than 100 levels");
  });
});
