import { describe, expect, it } from "vitest";
import { linksOf, type Walk, type WalkStep, walkFrom } from "./edge-walk.ts";
import { expressionProgram } from "./programs/expression.ts";
import { recordStep } from "./programs/program.ts";
import { titleOf } from "./scene.ts";

const trace = recordStep(expressionProgram("a = 2; b = 3; c = a*b; d = a*a; c + d"), 0, {});
const title = (id: number): string =>
  trace.nodes.flatMap((node) => (node.id === id ? [titleOf({ node, folded: null })] : [])).join();
const idOf = (name: string): number => trace.nodes.find(({ id }) => title(id) === name)?.id ?? -1;
const [mulAB = -1, mulAA = -1] = trace.nodes.filter(({ op }) => op === "mul").map(({ id }) => id);

function walked(at: number, steps: readonly WalkStep[]): Walk | null {
  let walk: Walk | null = null;
  let node = at;
  for (const step of steps) {
    walk = walkFrom(trace, node, walk, step);
    if (walk === null) return null;
    node = walk.node;
  }
  return walk;
}

describe("a walk along edges", () => {
  it("knows inputs and consumers, one that reads twice twice", () => {
    const links = linksOf(trace);
    expect(links.get(mulAB)?.inputs.map(({ node }) => title(node))).toEqual(["a", "b"]);
    expect(links.get(idOf("a"))?.consumers).toEqual([
      { node: mulAB, input: 0 },
      { node: mulAA, input: 0 },
      { node: mulAA, input: 1 },
    ]);
    expect(linksOf(trace)).toBe(links);
  });

  it("goes to the first input and to the first consumer, and back", () => {
    const add = idOf("add");
    expect(walked(add, ["inputs"])?.node).toBe(mulAB);
    expect(walked(add, ["inputs", "inputs"])?.node).toBe(idOf("a"));
    expect(walked(add, ["inputs", "consumers"])?.node).toBe(add);
  });

  it("turns to the next of the edges that were to choose from, round and round", () => {
    const add = idOf("add");
    expect(walked(add, ["inputs", "next"])).toEqual({
      node: mulAA,
      from: add,
      along: "inputs",
      position: 1,
      count: 2,
    });
    expect(walked(add, ["inputs", "next", "next"])?.node).toBe(mulAB);
    const around = (steps: number): number | undefined =>
      walked(idOf("b"), ["consumers", ...Array.from({ length: steps }, () => "next" as const)])?.node;
    expect(around(1)).toBe(mulAB);
    expect(walked(idOf("a"), ["consumers", "next"])?.node).toBe(mulAA);
  });

  it("turns from a node that it did not come to by an edge to the next input of its first reader", () => {
    expect(walked(idOf("b"), ["next"])?.node).toBe(idOf("a"));
    const stale = walkFrom(trace, idOf("add"), null, "inputs");
    expect(walkFrom(trace, idOf("b"), stale, "next")?.node).toBe(idOf("a"));
  });

  it("stays where there is no edge", () => {
    expect(walked(idOf("a"), ["inputs"])).toBeNull();
    expect(walked(idOf("add"), ["consumers"])).toBeNull();
    expect(walked(idOf("add"), ["next"])).toBeNull();
  });
});
