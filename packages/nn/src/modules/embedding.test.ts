import { Generator, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../../test/expect-close.ts";
import { Embedding } from "./embedding.ts";

const int32 = { dtype: "int32" } as const;

describe("Embedding", () => {
  it("looks rows up, and adds up the gradients of a row that is read twice", () => {
    const layer = new Embedding(3, 2, { dtype: "float64" });
    layer.weight.value.assign(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    const y = layer.forward(tensor([[2, 0, 2]], int32));
    expectClose(
      y,
      [
        [
          [5, 6],
          [1, 2],
          [5, 6],
        ],
      ],
      0,
    );
    y.backward({
      gradient: tensor(
        [
          [
            [1, 1],
            [2, 2],
            [3, 3],
          ],
        ],
        { dtype: "float64" },
      ) as Tensor,
    });
    expectClose(
      layer.weight.grad?.value as Tensor,
      [
        [2, 2],
        [0, 0],
        [4, 4],
      ],
      0,
    );
  });

  it("has a padding row of zeros that gets no gradient", () => {
    for (const paddingIndex of [1, -2]) {
      const layer = new Embedding(3, 2, { paddingIndex });
      expect(layer.paddingIndex).toBe(1);
      const y = layer.forward(tensor([1, 0, 1], { dtype: "uint8" }));
      expectClose((y.value as Tensor).slice(0), [0, 0], 0);
      y.backward({
        gradient: tensor([
          [1, 1],
          [2, 2],
          [3, 3],
        ]) as Tensor,
      });
      expectClose(
        layer.weight.grad?.value as Tensor,
        [
          [2, 2],
          [0, 0],
          [0, 0],
        ],
        0,
      );
    }
  });

  it("starts normal with deviation 1, the same from the same seed", () => {
    const make = (): Embedding => new Embedding(100, 40, { generator: new Generator(1) }) as Embedding;
    const values = [...make().weight.value.toTypedArray()];
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);
    // The deviation of 4000 normal numbers strays by 1.1%; 5% is 4.5 times that.
    expect(Math.abs(deviation - 1)).toBeLessThan(0.05);
    expect(make().weight.toArray()).toEqual(make().weight.toArray());
    expect([...make().stateDict().keys()]).toEqual(["weight"]);
  });

  it("takes one position, and none", () => {
    const layer = new Embedding(3, 2);
    expect(layer.forward(tensor(1, int32)).shape).toEqual([2]);
    expect(layer.forward(zeros([0, 4], int32)).shape).toEqual([0, 4, 2]);
  });

  const refused: Record<string, [() => unknown, string]> = {
    "a table without rows": [
      () => new Embedding(0, 2),
      "[Embedding] numEmbeddings is 0. Give a whole number of at least 1.",
    ],
    "a padding that is no row": [
      () => new Embedding(3, 2, { paddingIndex: 3 }),
      "[Embedding] paddingIndex is 3, the table has 3 rows. Give the number of a row.",
    ],
    "an unknown option": [
      () => new Embedding(3, 2, { maxNorm: 1 } as never),
      '[Embedding] unknown option "maxNorm". Known options: paddingIndex, dtype, generator.',
    ],
  };
  it.each(Object.entries(refused))("refuses %s", (_, [run, message]) => {
    expect(errorOf(run).message).toBe(message);
  });
  it("refuses a word that is not in the table, and fractions", () => {
    expect(() => new Embedding(3, 2).forward(tensor([3], int32))).toThrow("3");
    expect(() => new Embedding(3, 2).forward(tensor([0.5]))).toThrow("float32");
  });
});
