import type { Trace, TraceNode, TraceScope } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { type OutlineItem, type OutlineRow, outlineOf, outlineRows } from "./outline.ts";
import { digitsProgram } from "./programs/digits.ts";
import { recordStep } from "./programs/program.ts";

function node(id: number, part: Partial<TraceNode>): TraceNode {
  return {
    ...{ id, kind: "op", op: `op${id}`, name: null, scope: null, pass: null, attributes: null, inputs: [] },
    ...{ shape: [], dtype: "float64", tracked: true, value: null, place: null },
    ...{ nanoseconds: 0, savedBytes: 0, valueBytes: 0 },
    ...part,
  };
}

function trace(scopes: readonly TraceScope[], nodes: readonly TraceNode[]): Trace {
  return { version: 1, metadata: new Map(), scopes, nodes, passes: [] };
}

const scope = (id: number, parent: number | null, name: string, kind: string): TraceScope => {
  return { id, parent, name, kind };
};

const input = (source: number): TraceNode["inputs"][number] => ({ source, formula: "", tracked: true });

const nested = trace(
  [
    scope(0, null, "", "Net"),
    scope(1, 0, "a", "Block"),
    scope(2, 1, "a.b", "Linear"),
    scope(3, null, "", "Idle"),
  ],
  [
    node(0, { kind: "leaf", name: "w" }),
    node(1, { scope: 2, inputs: [input(0)] }),
    node(2, { scope: 1 }),
    node(3, { scope: 0 }),
    node(4, { scope: 2 }),
    node(5, {}),
    node(6, { pass: 0, scope: 2 }),
  ],
);

const indented = (items: readonly OutlineItem[]): string[] =>
  items.map(({ title, level }) => `${"  ".repeat(level - 1)}${title}`);

const seen = (rows: readonly OutlineRow[]): string[] =>
  rows.map(({ item, open, position, siblings }) => {
    const sign = open === null ? "" : open ? "▾" : "▸";
    return `${sign}${item.title} ${position}/${siblings}`;
  });

describe("the outline of a trace", () => {
  it("puts nodes in their modules, in order of execution, each module where its first node is", () => {
    expect(indented(outlineOf(nested))).toEqual([
      "Net",
      "  a · Block",
      "    a.b · Linear",
      "      w",
      "      op1",
      "      op4",
      "    op2",
      "  op3",
      "op5",
      "Computed by backward pass 1",
      "  op6",
    ]);
  });

  it("holds each node once, and each item's descendants right behind it", () => {
    const recorded = recordStep(digitsProgram(4, 0), 0, {});
    const items = outlineOf(recorded);
    const ids = items.flatMap((item) => item.node?.id ?? []);
    expect(ids.toSorted((a, b) => a - b)).toEqual(
      recorded.nodes.map(({ id }) => id).toSorted((a, b) => a - b),
    );
    for (const [at, { parent, level, end }] of items.entries()) {
      expect(end).toBeGreaterThan(at);
      expect(level).toBe((items[parent]?.level ?? 0) + 1);
      for (let inner = at + 1; inner < end; inner++) expect(items[inner]?.level).toBeGreaterThan(level);
      expect(items[end]?.level ?? 0).toBeLessThanOrEqual(level);
    }
  });

  it("goes down 20,000 nested modules", () => {
    const depth = 20_000;
    const scopes = Array.from({ length: depth }, (_, i) => scope(i, i === 0 ? null : i - 1, `m${i}`, "M"));
    const items = outlineOf(trace(scopes, [node(0, { scope: depth - 1 })]));
    expect(items.length).toBe(depth + 1);
    expect(items.at(-1)?.level).toBe(depth + 1);
    expect(items[0]?.end).toBe(depth + 1);
  });
});

describe("the rows of an outline", () => {
  const items = outlineOf(nested);

  it("leaves out what is inside of closed items, and counts siblings", () => {
    expect(seen(outlineRows(items, new Set(["s1", "p0"]), null))).toEqual([
      "▾Net 1/3",
      "▸a · Block 1/2",
      "op3 2/2",
      "op5 2/3",
      "▸Computed by backward pass 1 3/3",
    ]);
  });

  it("shows what is found with what contains it", () => {
    expect(seen(outlineRows(items, new Set(), new Set([4, 5])))).toEqual([
      "▾Net 1/2",
      "▾a · Block 1/1",
      "▾a.b · Linear 1/1",
      "op4 1/1",
      "op5 2/2",
    ]);
    expect(outlineRows(items, new Set(), new Set())).toEqual([]);
    expect(outlineRows(items, new Set(), new Set([4, 5])).map(({ parent }) => parent)).toEqual([
      -1, 0, 1, 2, -1,
    ]);
  });
});
