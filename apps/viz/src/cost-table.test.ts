import { record } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { type CostMeasure, costMeasures, costTable, sortedCosts, sumOfCosts } from "./cost-table.ts";
import { costsOf } from "./costs.ts";
import { digitsProgram } from "./programs/digits.ts";
import { recordStep } from "./programs/program.ts";

const trace = recordStep(digitsProgram(32, 0), 0, {});
const costs = costsOf(trace);

describe("costTable", () => {
  it.each(["node", "op", "module"] as const)("sums to the whole by %s, sorted by whatever", (grouping) => {
    const rows = costTable(trace, costs, grouping);
    const { forward, backward, valueBytes, savedBytes } = costs.total;
    for (const by of [...costMeasures, "order"] as const) {
      const sorted = sortedCosts(rows, { by, descending: true });
      expect(sumOfCosts(sorted)).toEqual({ forward, backward, valueBytes, savedBytes });
    }
  });

  it("names nodes, ops and modules", () => {
    const titles = (grouping: Parameters<typeof costTable>[2]): string[] =>
      costTable(trace, costs, grouping).map(({ title, detail }) => `${title}, ${detail}`);
    expect(titles("node").slice(0, 4)).toEqual([
      "images, [8 × 784]",
      "0.weight, [32 × 784]",
      "linear, [8 × 32]",
      "0.bias, [32]",
    ]);
    expect(titles("op").slice(0, 3)).toEqual(["add, 2 nodes", "constant, 5 nodes", "div, 1 node"]);
    expect(titles("module")).toEqual([
      "Sequential, ",
      "0 · Linear, 2 nodes",
      "1 · ReLU, 1 node",
      "2 · Linear, 2 nodes",
      "outside of modules, 14 nodes",
    ]);
  });

  it("has no rows for an empty trace", () => {
    const empty = record(() => {});
    for (const by of ["node", "op", "module"] as const)
      expect(costTable(empty, costsOf(empty), by)).toEqual([]);
  });
});

describe("sortedCosts", () => {
  const rows = costTable(trace, costs, "node");

  it.each(costMeasures)(
    "puts the most by %s first, and what is alike in the order of the trace",
    (by: CostMeasure) => {
      const sorted = sortedCosts(rows, { by, descending: true });
      const numbers = sorted.map(({ cost, node }) => [cost[by], node] as const);
      expect(numbers).toEqual([...numbers].sort(([a, i], [b, j]) => b - a || i - j));
    },
  );

  it("turns the order of the trace about", () => {
    const nodes = sortedCosts(rows, { by: "order", descending: true }).map(({ node }) => node);
    expect(nodes).toEqual(rows.map(({ node }) => node).reverse());
  });
});
