import { expect, it } from "vitest";
import { digitsProgram } from "../programs/digits.ts";
import { recordStep } from "../programs/program.ts";
import { xorProgram } from "../programs/xor.ts";
import { sameGraph } from "./session-graph.ts";

it("two steps of one program have the same graph, two programs have not", () => {
  const first = recordStep(xorProgram(0), 0, {});
  expect(sameGraph(first, recordStep(xorProgram(3), 5, {}))).toBe(true);
  expect(sameGraph(first, recordStep(digitsProgram(4, 0), 0, {}))).toBe(false);
  const [last, ...rest] = [...first.nodes].reverse();
  if (last === undefined) throw new Error("no node");
  const turned = { ...last, inputs: last.inputs.map((edge) => ({ ...edge, source: null })) };
  expect(sameGraph(first, { ...first, nodes: [...rest.reverse(), turned] })).toBe(false);
});
