import type { Trace } from "@adjoint/autograd/graph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestGaps, modulePlace, type RowFilter, removedPlaces, rowsOf } from "./compare-rows.ts";
import { differenceOf, type TraceDifference } from "./difference.ts";
import { deepProgram } from "./programs/deep.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { xorProgram } from "./programs/xor.ts";

const between = (first: Trace, second: Trace): TraceDifference =>
  differenceOf(
    { trace: first, pass: first.passes[0] ?? null },
    { trace: second, pass: second.passes[0] ?? null },
  );
const expression = (text: string): Trace => recordStep(expressionProgram(text), 0, {});
const all: RowFilter = {
  statuses: new Set(["changed", "added", "removed", "same"]),
  facet: null,
  order: "execution",
};

describe("rowsOf", () => {
  const difference = between(recordStep(xorProgram(0), 0, {}), recordStep(xorProgram(0), 3, {}));

  it("keeps every node once, whatever the order", () => {
    for (const order of ["execution", "largest", "value", "adjoint"] as const) {
      expect(new Set(rowsOf(difference, { ...all, order }))).toEqual(new Set(difference.nodes));
    }
    expect(rowsOf(difference, all)).toEqual(difference.nodes);
  });

  it("orders by the relative difference, the largest first", () => {
    const rows = rowsOf(difference, { ...all, statuses: new Set(["changed"]), order: "adjoint" });
    const numbers = rows.map(({ adjoint }) => adjoint?.relative ?? 0);
    expect(numbers.length).toBeGreaterThan(5);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });

  it("filters by status and by what differs", () => {
    const rows = rowsOf(difference, { ...all, statuses: new Set(["changed"]), facet: "value" });
    expect(rows).toEqual(difference.nodes.filter(({ facets }) => facets.includes("value")));
    expect(rowsOf(difference, { ...all, statuses: new Set() })).toEqual([]);
  });

  it("puts what is no number before numbers", () => {
    const changed = between(
      expression("a = 1; b = 2; log(a) + b*3"),
      expression("a = -1; b = 2.5; log(a) + b*3"),
    );
    const rows = rowsOf(changed, { ...all, order: "value" });
    expect(rows.slice(0, 2).every(({ value }) => Number.isNaN(value?.largest))).toBe(true);
    expect(Number.isNaN(rows[2]?.value?.largest)).toBe(false);
  });
});

describe("removedPlaces", () => {
  it("tells after which node it stood", () => {
    const [first, second] = [expression("a = 2; tanh(exp(a*a))"), expression("a = 2; a*a")];
    const difference = between(first, second);
    const places = removedPlaces(first, second, difference);
    const named = new Map(first.nodes.map(({ id, op }) => [op, places.get(id)]));
    expect(named.get("exp")).toBe("after mul");
    expect(named.get("tanh")).toBe("after exp");
    expect(places.size).toBe(2);
  });
});

describe("modulePlace", () => {
  it("names the module, and nothing outside of one", () => {
    const options = { depth: 1, width: 2, activation: "relu", gain: 1, seed: 0 } as const;
    const trace = recordStep(deepProgram(options), 0, {});
    const relu = trace.nodes.find(({ op }) => op === "relu");
    expect(modulePlace(trace, relu?.scope ?? null)).toBe("in 1 · ReLU");
    expect(modulePlace(trace, null)).toBe("");
  });
});

describe("largestGaps", () => {
  it("equals sorting by magnitude", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true })), fc.integer({ min: 1, max: 6 }), (gaps, limit) => {
        const sorted = gaps
          .map((gap, offset) => ({ offset, gap }))
          .filter(({ gap }) => gap !== 0)
          .sort(
            (a, b) =>
              Math.abs(b.gap) - Math.abs(a.gap) ||
              (Math.abs(a.gap) === Math.abs(b.gap) ? a.offset - b.offset : 0),
          )
          .slice(0, limit);
        expect(largestGaps(gaps, limit)).toEqual(sorted);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it("takes NaN for the largest", () => {
    expect(largestGaps([1, Number.NaN, -5], 2).map(({ offset }) => offset)).toEqual([1, 2]);
  });
});
