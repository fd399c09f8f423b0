import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyDType,
  indicesOf,
  numbersOf,
  type Sample,
  sampleOf,
  smallNumber,
  valueAt,
} from "../test/arbitrary-tensors.ts";
import { arange, ones, tensor, zeros } from "./create.ts";
import { promote } from "./dtype.ts";
import { Generator } from "./generator.ts";
import type { Tensor } from "./tensor.ts";

/** Two samples that can be multiplied, with the batch axes and m, k, n of the product. */
const anyPair = fc
  .record({
    batch: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    onesA: fc.nat(3),
    onesB: fc.nat(3),
    m: fc.integer({ min: 0, max: 5 }),
    k: fc.integer({ min: 0, max: 5 }),
    n: fc.integer({ min: 0, max: 5 }),
    dtypes: fc.tuple(
      anyDType("uint8", "int32", "float32", "float64"),
      anyDType("uint8", "int32", "float32", "float64"),
    ),
  })
  .chain(({ batch, onesA, onesB, m, k, n, dtypes: [d, e] }) => {
    const stretch = (mask: number): number[] => batch.map((size, axis) => ((mask >> axis) & 1 ? 1 : size));
    const [a, b] = [stretch(onesA), stretch(onesB)];
    const meet = batch.map((_, axis) => Math.max(a[axis] ?? 1, b[axis] ?? 1));
    return fc.record({
      a: sampleOf([...a, m, k], d, smallNumber),
      b: sampleOf([...b, k, n], e, smallNumber),
      shape: fc.constant([...meet, m, n]),
      k: fc.constant(k),
    });
  });

function naive(a: Sample, b: Sample, shape: readonly number[], k: number): number[] {
  return indicesOf(shape).map((index) => {
    const [batch, i = 0, j = 0] = [index.slice(0, -2), ...index.slice(-2)] as [number[], number, number];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += valueAt(a, [...batch, i, l]) * valueAt(b, [...batch, l, j]);
    return sum;
  });
}

describe("matmul", () => {
  it("is the sum of products over the inner axis, for any batch, dtype and layout", () => {
    fc.assert(
      fc.property(anyPair, ({ a, b, shape, k }) => {
        const product = a.x.matmul(b.x);
        const dtype = promote(a.x.dtype, b.x.dtype);
        expect([product.shape, product.dtype]).toEqual([shape, dtype === "uint8" ? "int32" : dtype]);
        expect(numbersOf(product)).toEqual(naive(a, b, shape, k));
      }),
      { seed: 41, numRuns: 400 },
    );
  });

  it("takes one axis as a row on the left and a column on the right, and drops it", () => {
    const [x, y] = [
      tensor([1, 2, 3]),
      tensor([
        [1, 0],
        [0, 1],
        [2, 2],
      ]),
    ];
    expect(x.matmul(y).toArray()).toEqual([7, 8]);
    expect(y.transpose().matmul(x).toArray()).toEqual([7, 8]);
    expect(x.matmul(x).item()).toBe(14);
    expect(x.matmul(x).shape).toEqual([]);
    expect(x.matmul(ones([4, 3, 2])).shape).toEqual([4, 2]);
    expect(ones([4, 2, 3]).matmul(x).shape).toEqual([4, 2]);
  });

  it("sums in one order, whatever the layout: the same bits", () => {
    const generator = new Generator(5);
    for (const [m, k, n] of [
      [3, 5, 7],
      [33, 65, 17],
      [64, 784, 128],
    ] as const) {
      const [a, b] = [generator.normal([m, k]), generator.normal([k, n])];
      const product = a.matmul(b).toTypedArray();
      const [turnedA, turnedB] = [a.transpose().copy().transpose(), b.transpose().copy().transpose()];
      expect(turnedA.matmul(b).toTypedArray()).toEqual(product);
      expect(a.matmul(turnedB).toTypedArray()).toEqual(product);
      expect(turnedA.matmul(turnedB).toTypedArray()).toEqual(product);
    }
  });

  it("is close to the exact product in float32 and float64", () => {
    const generator = new Generator(6);
    for (const dtype of ["float32", "float64"] as const) {
      const [a, b] = [generator.normal([40, 200], { dtype }), generator.normal([200, 30], { dtype })];
      const product = a.matmul(b);
      const expanded = a.cast("float64").unsqueeze(2).mul(b.cast("float64").unsqueeze(0));
      const gap = expanded.sum(1).sub(product.cast("float64")).abs().max().item();
      const size = expanded.abs().sum(1).max().item();
      // k roundings of terms and of sums: k·ε·Σ|aᵢbᵢ| is the worst case (Higham), and here never reached.
      expect(gap).toBeLessThan((dtype === "float32" ? 2 ** -24 : 2 ** -53) * 200 * size);
      expect(gap).toBeGreaterThan(0);
    }
  });

  it("lets NaN and infinity through, and 0·∞ is NaN", () => {
    expect(
      tensor([[0, 1]])
        .matmul(tensor([[Infinity], [1]]))
        .item(),
    ).toBeNaN();
    expect(
      tensor([[Number.NaN, 0]])
        .matmul(tensor([[0], [1]]))
        .item(),
    ).toBeNaN();
    expect(
      tensor([[1, 1]])
        .matmul(tensor([[Infinity], [1]]))
        .item(),
    ).toBe(Infinity);
  });

  it("of an empty inner axis is 0", () => {
    expect(
      zeros([2, 0])
        .matmul(zeros([0, 2]))
        .toArray(),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(
      zeros([0])
        .matmul(zeros([0]))
        .item(),
    ).toBe(0);
    expect(zeros([0, 2]).matmul(zeros([2, 3])).shape).toEqual([0, 3]);
    expect(zeros([0, 2, 3]).matmul(zeros([3, 4])).shape).toEqual([0, 2, 4]);
  });

  it("multiplies whole numbers in int32, where they wrap", () => {
    const x = tensor([[65536, 1]], { dtype: "int32" });
    expect(x.matmul(tensor([[65536], [7]], { dtype: "int32" })).item()).toBe(7);
    expect(x.matmul(tensor([[32768], [-1]], { dtype: "int32" })).item()).toBe(2147483647);
    expect(arange(0, 3, 1, { dtype: "uint8" }).matmul(arange(0, 3, 1, { dtype: "uint8" })).dtype).toBe(
      "int32",
    );
  });

  it.each([
    [
      () => (zeros([64, 784]) as Tensor).matmul(zeros([128, 10]) as Tensor),
      "[matmul] inner axes differ: a is [64, 784] (axis 1 = 784), b is [128, 10] (axis 0 = 128). Make a's last axis equal b's first; a transposed b is the usual cause.",
    ],
    [
      () => (zeros([3]) as Tensor).matmul(zeros([2]) as Tensor),
      "[matmul] inner axes differ: a is [3] (axis 0 = 3), b is [2] (axis 0 = 2). Make a's last axis equal b's first; a transposed b is the usual cause.",
    ],
    [
      () => (zeros([5, 2, 3]) as Tensor).matmul(zeros([5, 4, 3]) as Tensor),
      "[matmul] inner axes differ: a is [5, 2, 3] (axis 2 = 3), b is [5, 4, 3] (axis 1 = 4). Make a's last axis equal b's first; a transposed b is the usual cause.",
    ],
    [
      () => (tensor(1) as Tensor).matmul(zeros([2]) as Tensor),
      "[matmul] a is [], b is [2]. Both need at least one axis; use mul for a scalar factor.",
    ],
    [
      () => (zeros([2, 3, 4]) as Tensor).matmul(zeros([5, 4, 3]) as Tensor),
      "[matmul] shapes do not broadcast: a is [2] (axis 0 = 2), b is [5] (axis 0 = 5). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    ],
    [
      () => tensor([[true]]).matmul(tensor([[true]])),
      '[matmul] both operands are bool. Cast one of them, for example with cast("int32").',
    ],
  ])("says what is wrong %#", (product, message) => {
    expect(product).toThrow(expect.objectContaining({ op: "matmul", message }));
  });
});
