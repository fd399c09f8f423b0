import { add, exp, mul, sum, tanh, type Variable, variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { expect, it } from "vitest";
import { changedAdjoints, edgesDownstream } from "./blame.ts";

const idOf = ({ nodes }: Trace, op: string): number => nodes.find((node) => node.op === op)?.id ?? -1;

it("edgesDownstream lists every edge between a node and the root once, the nearest first", () => {
  const x = variable([1, 2]);
  const trace = record(() => (sum(add(tanh(mul(x, 3)), exp(x))) as Variable).backward());
  const words = (node: number): string[] =>
    edgesDownstream(trace, 0, node).map(
      ({ consumer, input, target }) => `${trace.nodes[consumer]?.op}.${input} to ${trace.nodes[target]?.op}`,
    );
  expect(words(idOf(trace, "mul"))).toEqual(["tanh.0 to mul", "add.0 to tanh", "sum.0 to add"]);
  expect(words(idOf(trace, "leaf")).toSorted()).toEqual([
    "add.0 to tanh",
    "add.1 to exp",
    "exp.0 to leaf",
    "mul.0 to leaf",
    "sum.0 to add",
    "tanh.0 to mul",
  ]);
  expect(words(idOf(trace, "sum"))).toEqual([]);
  expect(edgesDownstream(trace, 7, 0)).toEqual([]);
});

it("changedAdjoints names the node that a hook changed, from it and from before it, not from behind", () => {
  const x = variable([1, 2]);
  const trace = record(() => {
    const y = mul(x, 3);
    y.hook((g) => mul(g, 10));
    (sum(exp(y)) as Variable).backward();
  });
  const hooked = idOf(trace, "mul");
  expect(changedAdjoints(trace, 0, idOf(trace, "leaf"))).toEqual([hooked]);
  expect(changedAdjoints(trace, 0, hooked)).toEqual([hooked]);
  expect(changedAdjoints(trace, 0, idOf(trace, "exp"))).toEqual([]);
});
