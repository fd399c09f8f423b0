/**
 * Where nodes are drawn: in layers from top to bottom, as Sugiyama, Tagawa and Toda (1981) do. A tape is already in
 * topological order, so ranks take one pass; inputs stand one layer above their first reader rather than at the top.
 * Pure and deterministic: the same graph gets the same coordinates.
 */

/** What is laid out: nodes by position, each edge going forward. */
export interface LayoutGraph {
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

/** The middle of each node, and the size of the whole; units are those of the sizes. */
export interface LayoutPositions {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
}

const gap = { x: 28, y: 28 };
/** How hard it is to move an input; others weigh 1. A chain of ops stays straight, and inputs make room. */
const inputWeight = 0.02;
const sweeps = 8;

/** Lays out `graph` in O(sweeps · (nodes + edges) · log(widest layer)). */
export function layeredLayout(graph: LayoutGraph): LayoutPositions {
  const count = graph.sizes.length;
  const above = neighbours(count, graph.edges, "to", "from");
  const below = neighbours(count, graph.edges, "from", "to");
  const layers = layersOf(ranksOf(above, below));
  const x = new Float64Array(count);
  const weights = above.map((sources) => (sources.length > 0 ? 1 : inputWeight));
  for (const layer of layers) spread(layer, graph, x, null, weights);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) {
      const wishes = layer.map((node) => wish(node, x, down ? above : below, down ? below : above, weights));
      const order = layer.map((node, i) => ({ node, wish: wishes[i] ?? 0 }));
      order.sort((a, b) => a.wish - b.wish || a.node - b.node);
      layer.splice(0, layer.length, ...order.map(({ node }) => node));
      spread(
        layer,
        graph,
        x,
        order.map((each) => each.wish),
        weights,
      );
    }
  }
  return place(layers, graph, x);
}

type Neighbours = readonly (readonly number[])[];

function neighbours(
  count: number,
  edges: LayoutGraph["edges"],
  of: "from" | "to",
  are: "from" | "to",
): Neighbours {
  const lists: number[][] = Array.from({ length: count }, () => []);
  for (const edge of edges) lists[edge[of]]?.push(edge[are]);
  return lists;
}

/** The longest path from an input; what nothing leads to stands right above its first reader. */
function ranksOf(above: Neighbours, below: Neighbours): number[] {
  const ranks: number[] = [];
  for (const sources of above) {
    ranks.push(sources.reduce((rank, source) => Math.max(rank, (ranks[source] ?? 0) + 1), 0));
  }
  return ranks.map((rank, node) => {
    if ((above[node] ?? []).length > 0) return rank;
    const first = (below[node] ?? []).reduce(
      (least, reader) => Math.min(least, ranks[reader] ?? 1),
      Infinity,
    );
    return first === Infinity ? rank : first - 1;
  });
}

function layersOf(ranks: readonly number[]): number[][] {
  const layers: number[][] = [];
  for (const [node, rank] of ranks.entries()) {
    const layer = layers[rank] ?? [];
    layer.push(node);
    layers[rank] = layer;
  }
  return Array.from(layers, (layer) => layer ?? []);
}

/** The weighted mean of the neighbours on one side, or of the other where there are none. */
function wish(
  node: number,
  x: Float64Array,
  first: Neighbours,
  second: Neighbours,
  weights: readonly number[],
): number {
  const found = (first[node] ?? []).length > 0 ? first[node] : second[node];
  if (found === undefined || found.length === 0) return x[node] ?? 0;
  let [sum, mass] = [0, 0];
  for (const other of found) {
    sum += (weights[other] ?? 0) * (x[other] ?? 0);
    mass += weights[other] ?? 0;
  }
  return sum / mass;
}

/**
 * Places a layer in its order, each node as near its wish as the others let it: the isotonic regression of the wishes
 * less the room that the nodes to the left take, by pooling adjacent violators.
 */
function spread(
  layer: readonly number[],
  graph: LayoutGraph,
  x: Float64Array,
  wishes: readonly number[] | null,
  weights: readonly number[],
): void {
  const offsets: number[] = [];
  let left = 0;
  for (const [i, node] of layer.entries()) {
    const width = graph.sizes[node]?.width ?? 0;
    const before = graph.sizes[layer[i - 1] ?? -1]?.width ?? 0;
    left += i === 0 ? 0 : before / 2 + gap.x + width / 2;
    offsets.push(left);
  }
  const pools: { sum: number; mass: number; count: number }[] = [];
  for (const [i, offset] of offsets.entries()) {
    const mass = weights[layer[i] ?? 0] ?? 1;
    let pool = { sum: mass * ((wishes?.[i] ?? offset - left / 2) - offset), mass, count: 1 };
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.mass >= pool.sum / pool.mass;
      last = pools.at(-1)
    ) {
      pool = {
        sum: last.sum + pool.sum,
        mass: last.mass + pool.mass,
        count: last.count + pool.count,
      };
      pools.pop();
    }
    pools.push(pool);
  }
  let i = 0;
  for (const { sum, mass, count } of pools) {
    for (let k = 0; k < count; k++, i++) x[layer[i] ?? 0] = sum / mass + (offsets[i] ?? 0);
  }
}

function place(layers: readonly (readonly number[])[], graph: LayoutGraph, x: Float64Array): LayoutPositions {
  const y = new Float64Array(x.length);
  let top = 0;
  for (const layer of layers) {
    const height = layer.reduce((most, node) => Math.max(most, graph.sizes[node]?.height ?? 0), 0);
    for (const node of layer) y[node] = top + height / 2;
    top += height + gap.y;
  }
  let [least, most] = [0, 0];
  for (const [node, middle] of x.entries()) {
    const half = (graph.sizes[node]?.width ?? 0) / 2;
    least = node === 0 ? middle - half : Math.min(least, middle - half);
    most = node === 0 ? middle + half : Math.max(most, middle + half);
  }
  return { x: x.map((middle) => middle - least), y, width: most - least, height: Math.max(0, top - gap.y) };
}
