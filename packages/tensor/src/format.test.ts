import { describe, expect, it } from "vitest";
import printed from "../test/fixtures/printed.json" with { type: "json" };
import { arange, tensor, zeros } from "./create.ts";
import type { DType } from "./dtype.ts";
import { formatTensor } from "./format.ts";
import { Storage } from "./storage.ts";
import { Tensor } from "./tensor.ts";

/** NumPy's text in our words: true and false, and shapes in square brackets. */
function inOurWords(text: string): string {
  const words = text.replaceAll("True", "true").replaceAll("False", "false");
  return words.replace(/shape=\(([\d, ]+?),?\)/, "shape=[$1]");
}

function decode(row: { dtype: string; shape: number[]; data: string }): Tensor {
  const bytes = Uint8Array.from(Buffer.from(row.data, "base64"));
  const { dtype, shape } = row;
  if (dtype === "float32") return tensor(new Float32Array(bytes.buffer), { shape });
  if (dtype === "float64") return tensor(new Float64Array(bytes.buffer), { shape });
  if (dtype === "int32") return tensor(new Int32Array(bytes.buffer), { shape });
  return tensor(bytes, { shape, dtype: dtype as DType });
}

describe("formatTensor", () => {
  it("prints the bodies that NumPy prints", () => {
    const wrong = printed.flatMap((row) => {
      const body = formatTensor(decode(row));
      const expected = `tensor(${inOurWords(row.body)}`;
      return body.startsWith(expected) ? [] : [{ body, expected }];
    });
    expect(wrong).toEqual([]);
    expect(printed.length).toBeGreaterThan(200);
  });

  it("prints the whole as NumPy does where NumPy names the dtype", () => {
    const rows = printed.filter((row) => row.dtype !== "float64");
    const texts = rows.map((row) => formatTensor(decode(row)).replaceAll(", dtype=bool)", ")"));
    expect(texts).toEqual(rows.map((row) => inOurWords(row.repr).replaceAll(", dtype=bool)", ")")));
  });

  it("names the dtype, but for bool, which its words show", () => {
    expect(String(tensor([1, 2.5]))).toBe("tensor([1. , 2.5], dtype=float32)");
    expect(String(tensor([1, 2.5], { dtype: "float64" }))).toBe("tensor([1. , 2.5], dtype=float64)");
    expect(String(tensor([true, false]))).toBe("tensor([ true, false])");
    expect(String(zeros([0], { dtype: "bool" }))).toBe("tensor([], dtype=bool)");
  });

  it("prints views as their copies", () => {
    const x = arange(0, 4000, 1, { dtype: "int32" }).reshape([50, 80]);
    for (const view of [x.transpose(), x.flip(), x.slice({ step: -7 }, { start: 3, step: 2 }), x.slice(3)]) {
      expect(String(view)).toBe(String(view.copy()));
    }
    const stretched = tensor([1.5]).expand([3, 1000]);
    expect(String(stretched)).toBe(String(stretched.copy()));
  });

  it("prints a tensor without numbers by its shape", () => {
    const x = new Tensor(new Storage("float32", 6, null), [2, 3], [3, 1], 0);
    expect(formatTensor(x)).toBe("tensor(<not computed>, shape=[2, 3], dtype=float32)");
  });
});
