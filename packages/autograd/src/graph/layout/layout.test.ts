/** Laws of the layout, on random tapes with random groups, and what the inspector asks of it. */
import { add, matmul, mul, relu, scope, sum, tanh, type Value, Variable, variable } from "@adjoint/autograd";
import {
  type Box,
  edgeKey,
  type Layout,
  type LayoutGraph,
  type LayoutNode,
  layout,
  layoutGraph,
  layoutNodeId,
  layoutScopeId,
  layoutSteps,
  record,
  type Trace,
} from "@adjoint/autograd/graph";
import { ones, type Tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Graphs like tapes: chains of calls, each with ops and weights of its own, edges back to earlier calls. */
const anyGraph: fc.Arbitrary<LayoutGraph> = fc
  .array(
    fc.record({
      nested: fc.boolean(),
      grouped: fc.boolean(),
      ops: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.integer({ min: 30, max: 120 })), {
        minLength: 1,
        maxLength: 5,
      }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((calls) => {
    const groups = [{ id: "all", parent: null as string | null }];
    const nodes: LayoutNode[] = [{ id: "x", width: 40, height: 30, inputs: [], group: null }];
    const sources: LayoutNode[] = [];
    for (const [c, { nested, grouped, ops }] of calls.entries()) {
      const group = grouped ? `call ${c}` : nested ? "all" : null;
      if (grouped) groups.push({ id: `call ${c}`, parent: nested ? "all" : null });
      for (const [o, [first, second, weighted, width]] of ops.entries()) {
        const inputs = [nodes[nodes.length - 1 - (first % Math.min(3, nodes.length))]?.id ?? "x"];
        if (second % 4 === 0) inputs.push(nodes[second % nodes.length]?.id ?? "x");
        if (weighted) {
          const weight = { id: `w ${c} ${o}`, width: 60, height: 30, inputs: [], group };
          sources.push(weight);
          inputs.push(weight.id);
        }
        nodes.push({ id: `op ${c} ${o}`, width, height: 20 + (width % 3) * 8, inputs, group });
      }
    }
    return { nodes: [...sources, ...nodes], groups };
  });

/** The median of how far the nodes moved that are in both. */
function medianMove(before: Layout, after: Layout): number {
  const moves = [...before.nodes].flatMap(([id, a]) => {
    const b = after.nodes.get(id);
    return b === undefined ? [] : [Math.hypot(b.x - a.x, b.y - a.y)];
  });
  return moves.sort((a, b) => a - b)[moves.length >> 1] ?? 0;
}

/** The graph with an op between `op` and its input. */
function withOneMore({ nodes, groups }: LayoutGraph, op: LayoutNode, input: string): LayoutGraph {
  const at = nodes.indexOf(op);
  const added = { ...op, id: "added", inputs: [input], width: 50 };
  const after = { ...op, inputs: op.inputs.map((id) => (id === input ? "added" : id)) };
  return { groups, nodes: [...nodes.slice(0, at), added, after, ...nodes.slice(at + 1)] };
}

function overlap(a: Box, b: Box): boolean {
  const apart = (delta: number, sizes: number): boolean => Math.abs(delta) >= sizes / 2 - 1e-6;
  return !apart(a.x - b.x, a.width + b.width) && !apart(a.y - b.y, a.height + b.height);
}

function contains(outer: Box, inner: Box): boolean {
  const inside = (delta: number, outerSize: number, innerSize: number): boolean =>
    Math.abs(delta) <= (outerSize - innerSize) / 2 + 1e-6;
  return (
    inside(outer.x - inner.x, outer.width, inner.width) &&
    inside(outer.y - inner.y, outer.height, inner.height)
  );
}

const boxOf = (found: Layout, id: string): Box => {
  const box = found.nodes.get(id) ?? found.groups.get(id);
  if (box === undefined) throw new Error(`no ${id}`);
  return box;
};

/** The middle of a node's upper edge, or of a frame's name: what stays under the pointer. */
const handleIn = (found: Layout, id: string): [number, number] => {
  const { x, y, height } = boxOf(found, id);
  return [found.groups.get(id)?.handle ?? x, y - height / 2];
};

describe("any layout", () => {
  const law = (check: (graph: LayoutGraph) => void, numRuns = 100): void =>
    fc.assert(fc.property(anyGraph, check), { seed: 7, numRuns });

  it("places every node, edges down and no two boxes on each other", () => {
    law((graph) => {
      const found = layout(graph);
      expect([...found.nodes.keys()].sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
      for (const { id, inputs } of graph.nodes) {
        for (const input of inputs) expect(boxOf(found, id).y).toBeGreaterThan(boxOf(found, input).y);
      }
      const boxes = [...found.nodes];
      const clash = boxes.find(([id, a], i) => boxes.slice(i + 1).some(([, b]) => overlap(a, b)) && id);
      expect(clash).toBeUndefined();
    });
  });

  it("has frames around their nodes and no others, inside their parents and apart from each other", () => {
    law((graph) => {
      const found = layout(graph);
      const parents = new Map(graph.groups.map(({ id, parent }) => [id, parent]));
      const isIn = (group: string | null, id: string): boolean =>
        group !== null && (group === id || isIn(parents.get(group) ?? null, id));
      for (const [id, frame] of found.groups) {
        for (const node of graph.nodes) {
          const box = boxOf(found, node.id);
          if (isIn(node.group, id) && !found.aside.has(node.id)) expect(contains(frame, box)).toBe(true);
          else expect(overlap(frame, box), `${id} ${node.id}`).toBe(false);
        }
        for (const [other, box] of found.groups) {
          if (other === id) continue;
          const nested = isIn(id, other) || isIn(other, id);
          expect(overlap(frame, box), `${id} ${other}`).toBe(nested);
        }
      }
    });
  });

  it("is the same again, to the last bit, from nothing and from itself", () => {
    law((graph) => {
      const first = layout(graph);
      expect(layout(graph)).toEqual(first);
      expect(layout(graph, first)).toEqual(first);
    });
  });

  it("moves the others by at most 20 pixels where an op comes in (the median), almost always", () => {
    const moves: number[] = [];
    law(({ nodes }) => {
      const graph = { nodes: nodes.map((node) => ({ ...node, group: null })), groups: [] };
      const first = layout(graph);
      const ops = graph.nodes.filter(({ inputs }) => inputs.length > 0);
      const op = ops[ops.length >> 1] as LayoutNode;
      moves.push(medianMove(first, layout(withOneMore(graph, op, op.inputs[0] ?? ""), first)));
    });
    // With groups it holds in the tapes below; frames side by side push each other when one of them grows.
    // A tangle of four nodes has no majority that could stay when two rows come in.
    expect(moves.filter((move) => move > 20).length).toBeLessThanOrEqual(moves.length * 0.1);
    expect(Math.max(...moves)).toBeLessThanOrEqual(30);
  });
});

/** Three calls of a module with two ops and weights, and the loss. */
function program(): Trace {
  const weights = [0, 1, 2].map(() => new Variable(ones([4, 4]) as Tensor, { requiresGrad: true }));
  const biases = [0, 1, 2].map(() => new Variable(ones([4]) as Tensor, { requiresGrad: true }));
  const layer = (x: Value, i: number): Value =>
    add(matmul(x, weights[i] as Value) as Value, biases[i] as Value);
  const body = (): void => {
    let x: Value = ones([2, 4]);
    for (const i of [0, 1, 2]) {
      x = scope(String(i), "Layer", () => layer(x, i));
      x = relu(x);
    }
    (sum(x) as Variable).backward();
  };
  const names = weights.flatMap((weight, i) => [
    [`${i}.weight`, weight] as const,
    [`${i}.bias`, biases[i] as Variable] as const,
  ]);
  return record(body, { names });
}

describe("the layout of a tape", () => {
  it.each([[], [0], [0, 1, 2]])(
    "moves the others by at most 20 pixels (the median) wherever an op comes in, with %j closed",
    (...closed) => {
      const graph = layoutGraph(program(), new Set(closed));
      const before = layout(graph);
      for (const op of graph.nodes) {
        for (const input of op.inputs) {
          const move = medianMove(before, layout(withOneMore(graph, op, input), before));
          expect(move, `${input} → ${op.id}`).toBeLessThanOrEqual(20);
        }
      }
    },
  );

  it("draws what a chain computes straight down, with weights and biases to its sides", () => {
    const found = layout(layoutGraph(program(), new Set()));
    const ops = ["matmul", "add", "relu", "sum"].flatMap((op) => opIds(program(), op));
    const columns = ops.map((id) => boxOf(found, id).x);
    expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(0.01);
  });

  it("keeps a scope that is opened or closed under the pointer, and what lies above it where it is", () => {
    const trace = program();
    const graph = (...closed: number[]): LayoutGraph => layoutGraph(trace, new Set(closed));
    const clicked = layoutScopeId(1);
    const closed = layout(graph(0, 1, 2));
    const opened = layout(graph(0, 2), closed, { pinned: clicked });
    const again = layout(graph(0, 1, 2), opened, { pinned: clicked });
    for (const [before, after] of [
      [closed, opened],
      [opened, again],
    ] as const) {
      const [[x, y], [newX, newY]] = [handleIn(before, clicked), handleIn(after, clicked)];
      expect(newX).toBeCloseTo(x, 9);
      expect(newY).toBeCloseTo(y, 9);
      const above = boxOf(before, layoutScopeId(0));
      expect(
        Math.hypot(boxOf(after, layoutScopeId(0)).x - above.x, boxOf(after, layoutScopeId(0)).y - above.y),
      ).toBeLessThan(1);
    }
    const below = layoutScopeId(2);
    expect(boxOf(opened, below).y).toBeGreaterThan(boxOf(closed, below).y);
    expect(boxOf(again, below).y).toBeCloseTo(boxOf(closed, below).y, 6);
  });

  it("has bends where an edge passes rows by", () => {
    const x = variable([1, 2]);
    const trace = record(() => {
      const y = tanh(x);
      return add(tanh(tanh(tanh(y))), y);
    });
    const [first, , , last] = opIds(trace, "tanh");
    const end = opIds(trace, "add")[0] ?? "";
    const found = layout(layoutGraph(trace, new Set()));
    expect(found.routes.get(edgeKey(first ?? "", end))).toHaveLength(3);
    expect(found.routes.has(edgeKey(last ?? "", end))).toBe(false);
  });

  it("draws aside what many hang on, to the left of everything else", () => {
    const weight = variable([[2]]);
    const trace = record(() => [0, 1, 2].reduce<Value>((x) => mul(tanh(x), weight), variable([[1]])), {
      names: [["shared", weight]],
    });
    const found = layout(layoutGraph(trace, new Set()));
    const [aside] = found.aside;
    expect(trace.nodes.find(({ id }) => layoutNodeId(id) === aside)?.name).toBe("shared");
    const right = boxOf(found, aside ?? "").x + boxOf(found, aside ?? "").width / 2;
    for (const [id, { x, width }] of found.nodes)
      if (id !== aside) expect(x - width / 2).toBeGreaterThan(right);
  });
});

describe("layoutGraph", () => {
  it("puts what a closed scope computes, and the weights that it alone uses, into one box", () => {
    const trace = program();
    const { nodes, groups } = layoutGraph(trace, new Set([0, 2]));
    const box = nodes.find(({ id }) => id === layoutScopeId(0));
    expect(box?.inputs).toEqual([]);
    expect(nodes.filter(({ group }) => group === layoutScopeId(1))).toHaveLength(4);
    expect(groups.map(({ id }) => id)).toEqual([layoutScopeId(1)]);
    const inside = layoutGraph(trace, new Set(), () => ({ width: 7, height: 3 }));
    expect(inside.nodes.every(({ width, height }) => width === 7 && height === 3)).toBe(true);
    expect(inside.nodes).toHaveLength(trace.nodes.length);
  });

  it("joins several edges between two boxes", () => {
    const x = variable([1]);
    const trace = record(() => scope("a", "", () => mul(tanh(x), relu(x))), { names: [["x", x]] });
    const other = record(() => {
      const y = tanh(x);
      scope("b", "", () => mul(y, y));
    });
    expect(layoutGraph(trace, new Set([0])).nodes).toHaveLength(1);
    expect(layoutGraph(other, new Set([0])).nodes.at(-1)?.inputs).toHaveLength(1);
  });
});

describe("a layout that is no longer wanted", () => {
  const chain: LayoutGraph = {
    groups: [],
    nodes: Array.from({ length: 10_000 }, (_, i) => {
      return { id: `${i}`, width: 50, height: 30, inputs: i === 0 ? [] : [`${i - 1}`], group: null };
    }),
  };

  it("stops with the signal's reason, looked at again and again", () => {
    expect(() => layout(chain, null, { signal: AbortSignal.abort(new RangeError("closed")) })).toThrow(
      "closed",
    );
    const { signal } = new AbortController();
    let looks = 0;
    Object.defineProperty(signal, "throwIfAborted", {
      value: () => {
        if (++looks === 5) throw new RangeError("enough");
      },
    });
    expect(() => layout(chain, null, { signal })).toThrow("enough");
  });

  it("comes in steps, between which a worker can listen", () => {
    let steps = 0;
    const running = layoutSteps(chain);
    let step = running.next();
    for (; !step.done; step = running.next()) steps++;
    expect(steps).toBeGreaterThan(20);
    expect(step.value).toEqual(layout(chain));
  });

  it("an empty graph has an empty layout; unknown options are refused", () => {
    expect(layout({ nodes: [], groups: [] }).nodes.size).toBe(0);
    expect(() => layout(chain, null, { pin: "0" } as object)).toThrow('[layout] unknown option "pin".');
  });
});

/** The ids of a trace's ops of that name, in order. */
function opIds({ nodes }: Trace, op: string): string[] {
  return nodes.flatMap((node) => (node.op === op ? [layoutNodeId(node.id)] : []));
}
