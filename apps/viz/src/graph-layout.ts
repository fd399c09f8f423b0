/** The library's layout of tapes for the cards of the page. Pure and deterministic, as that is. */
import { layout } from "@adjoint/autograd/graph";

/** What is laid out: nodes by position, each edge going forward. */
export interface CardGraph {
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: number; readonly to: number }[];
}

/** The middle of each node, and the size of the whole; pixels, nothing left of or above 0. */
export interface CardPositions {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly width: number;
  readonly height: number;
}

/** Where the nodes of `graph` go: edges lead down, and no two nodes overlap. */
export function layoutCards({ sizes, edges }: CardGraph): CardPositions {
  const inputs: string[][] = sizes.map(() => []);
  for (const { from, to } of edges) inputs[to]?.push(String(from));
  const nodes = sizes.map(({ width, height }, i) => {
    return { id: String(i), width, height, inputs: inputs[i] ?? [], group: null };
  });
  const boxes = layout({ nodes, groups: [] }).nodes;
  const x = Float64Array.from(sizes, (_, i) => boxes.get(String(i))?.x ?? 0);
  const y = Float64Array.from(sizes, (_, i) => boxes.get(String(i))?.y ?? 0);
  const [left, right] = extent(x, (i) => (sizes[i]?.width ?? 0) / 2);
  const [top, bottom] = extent(y, (i) => (sizes[i]?.height ?? 0) / 2);
  return {
    x: x.map((each) => each - left),
    y: y.map((each) => each - top),
    width: right - left,
    height: bottom - top,
  };
}

function extent(middles: Float64Array, half: (node: number) => number): [low: number, high: number] {
  if (middles.length === 0) return [0, 0];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [i, middle] of middles.entries()) {
    low = Math.min(low, middle - half(i));
    high = Math.max(high, middle + half(i));
  }
  return [low, high];
}
