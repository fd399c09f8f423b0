import { describe, expect, it } from "vitest";
import { Generator } from "../generator.ts";
import { stack } from "../indexing.ts";
import type { Tensor } from "../tensor.ts";

const generator = new Generator(5);
const normal = (...shape: number[]): Tensor => generator.normal(shape) as Tensor;
const list = (x: Tensor): number[] => [...x.toTypedArray()];

/** The products of the pairs, each on its own. */
function oneByOne(as: readonly Tensor[], bs: readonly Tensor[]): number[] {
  return list(stack(as.map((a, i) => a.matmul(bs[i] as Tensor) as Tensor)) as Tensor);
}

describe("a batch that meets one matrix", () => {
  const [count, m, k, n] = [7, 5, 33, 9];
  const shared = normal(k, n);
  const parts = (x: Tensor): Tensor[] => Array.from({ length: count }, (_, i) => x.slice(i) as Tensor);
  const same = (x: Tensor): Tensor[] => Array.from({ length: count }, () => x);

  it("on the right: the bits of one product after the other, for any layout of the batch", () => {
    const layouts: Record<string, Tensor> = {
      contiguous: normal(count, m, k),
      "rows inside the batch": normal(m, count, k).permute([1, 0, 2]) as Tensor,
      columns: normal(count, k, m).permute([0, 2, 1]) as Tensor,
      flipped: normal(count, m, k).flip([0, 1]) as Tensor,
      repeated: normal(1, m, k).expand([count, m, k]) as Tensor,
      "one row each": normal(count, 1, k),
    };
    for (const [name, a] of Object.entries(layouts)) {
      expect(list(a.matmul(shared) as Tensor), name).toEqual(oneByOne(parts(a), same(shared)));
    }
  });

  it("on the left, with a vector each: the bits of one product after the other", () => {
    const a = shared.transpose() as Tensor;
    for (const b of [normal(count, k, 1), normal(k, count).transpose().unsqueeze(2) as Tensor]) {
      expect(list(a.matmul(b) as Tensor)).toEqual(oneByOne(same(a), parts(b)));
    }
  });

  it("on the left, with several columns each", () => {
    const [a, b] = [shared.transpose() as Tensor, normal(count, k, 2)];
    expect(list(a.matmul(b) as Tensor)).toEqual(oneByOne(same(a), parts(b)));
  });

  it("of several axes, or of none at all", () => {
    const a = normal(2, 3, m, k);
    expect(list(a.matmul(shared) as Tensor)).toEqual(list(a.reshape([6 * m, k]).matmul(shared) as Tensor));
    expect((normal(0, m, k).matmul(shared) as Tensor).shape).toEqual([0, m, n]);
    expect(list(normal(count, m, 0).matmul(normal(0, 1)) as Tensor)).toEqual(new Array(count * m).fill(0));
  });
});
