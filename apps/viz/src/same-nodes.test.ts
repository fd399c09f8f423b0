import { describe, expect, it } from "vitest";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";
import { sameNodes } from "./same-nodes.ts";

const traceOf = (text: string) => recordStep(expressionProgram(text), 0, {});

describe("sameNodes", () => {
  it("finds all nodes again where one was added in the middle", () => {
    const before = traceOf("a = 2; b = 3; c = 4; tanh((a*b + c) * a)");
    const after = traceOf("a = 2; b = 3; c = 4; tanh(exp(a*b + c) * a)");
    const names = sameNodes(before, after);
    expect(names?.size).toBe(before.nodes.length);
    const label = (trace: typeof before, key: string | undefined): string | undefined => {
      const node = trace.nodes.find(({ id }) => `n${id}` === key);
      return node && `${node.op} ${node.name}`;
    };
    for (const { id } of before.nodes) {
      expect(label(after, names?.get(`n${id}`))).toBe(label(before, `n${id}`));
    }
    expect([...(names?.values() ?? [])]).not.toContain(`n${after.nodes.find(({ op }) => op === "exp")?.id}`);
  });

  it("finds modules again", () => {
    const [before, after] = [recordStep(xorProgram(0), 0, {}), recordStep(xorProgram(1), 3, {})];
    const names = sameNodes(before, after);
    expect(names?.size).toBe(before.nodes.length + before.scopes.length);
    for (const [from, to] of names ?? []) expect(to).toBe(from);
  });

  it("says so where little is the same", () => {
    expect(sameNodes(traceOf("a = 2; sin(a)"), recordStep(xorProgram(0), 0, {}))).toBeNull();
  });
});
