// Times the layout of tapes: fresh, again with its own result as the past, and with one op added, in milliseconds. The three
// alternate in one run; the median of the rounds is printed with its quartiles.
// Run: npx tsx bench/layout.ts [nodes] [rounds]
import { type Layout, type LayoutGraph, type LayoutNode, layout } from "@adjoint/autograd/graph";
import { Generator } from "@adjoint/tensor";

const size = Number(process.argv[2] ?? 10_000);
const rounds = Number(process.argv[3] ?? 20);
const WARM_UP_ROUNDS = 3;

type Inputs = (i: number) => number[];

function graphOf(inputs: Inputs): LayoutNode[] {
  return Array.from({ length: size }, (_, i) => {
    const ids = inputs(i).map((input) => `node ${input}`);
    return { id: `node ${i}`, width: 64, height: 32, inputs: ids, group: null };
  });
}

/** weight, bias, linear, add, relu, and so on: every fifth node hangs on the one five before it. */
const chain: Inputs = (i) => {
  if (i % 5 < 2 && i > 0) return [];
  if (i % 5 === 2) return [i - 2, i < 5 ? 0 : i - 3];
  return i % 5 === 3 ? [i - 1, i - 2] : i % 5 === 4 ? [i - 1] : [];
};
/** The same with a residual connection over every ten nodes. */
const residual: Inputs = (i) => (i % 10 === 9 && i > 19 ? [i - 1, i - 10] : chain(i));
/** Two inputs among the fifty before: tangled as no program is. */
const random = new Generator(0);
const draws = random.uniform([2 * size]).toTypedArray();
const tangle: Inputs = (i) =>
  i < 50 ? [] : [0, 1].map((k) => i - 1 - Math.floor((draws[2 * i + k] ?? 0) * 50));
/** One op that everything hangs on, and that hangs on everything. */
const star: Inputs = (i) =>
  i === 0 ? [] : i === 1 ? [0] : i === size - 1 ? [...Array(size - 2).keys()].slice(2) : [1];

/** The graph with an op between the middle node and the first that hangs on it. */
function withOneMore(nodes: readonly LayoutNode[]): LayoutGraph {
  const middle = nodes[nodes.length >> 1];
  const at = nodes.findIndex(({ inputs }) => middle !== undefined && inputs.includes(middle.id));
  if (middle === undefined || at === -1) return { nodes, groups: [] };
  const added = { ...middle, id: "added", inputs: [middle.id] };
  const after = nodes.map((node, i) =>
    i === at ? { ...node, inputs: node.inputs.map((id) => (id === middle.id ? "added" : id)) } : node,
  );
  return { nodes: [...after.slice(0, at), added, ...after.slice(at)], groups: [] };
}

function time(body: () => Layout): [number, Layout] {
  const start = performance.now();
  const result = body();
  return [performance.now() - start, result];
}

console.log(`layout of ${size} nodes, ${rounds} rounds, Node ${process.version}: ms`);
for (const [name, inputs] of Object.entries({ chain, residual, tangle, star })) {
  const nodes = graphOf(inputs);
  const [graph, more]: LayoutGraph[] = [{ nodes, groups: [] }, withOneMore(nodes)];
  const times: Record<string, number[]> = { fresh: [], again: [], "one op more": [] };
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const [fresh, first] = time(() => layout(graph as LayoutGraph));
    const [again] = time(() => layout(graph as LayoutGraph, first));
    const [oneMore] = time(() => layout(more as LayoutGraph, first));
    if (round < 0) continue;
    times.fresh?.push(fresh);
    times.again?.push(again);
    times["one op more"]?.push(oneMore);
  }
  for (const [what, samples] of Object.entries(times)) {
    const sorted = samples.sort((a, b) => a - b);
    const at = (part: number): string => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
    console.log(
      `${name.padEnd(9)} ${what.padEnd(12)} ${at(0.5).padStart(6)}  (quartiles ${at(0.25)} to ${at(0.75)})`,
    );
  }
}
