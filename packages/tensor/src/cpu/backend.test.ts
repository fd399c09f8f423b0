import { describe, expect, it } from "vitest";
import { tensor, zeros } from "../create.ts";
import { Storage } from "../storage.ts";
import { Tensor } from "../tensor.ts";
import { arrayOf, cpuBackend, elementOf } from "./backend.ts";

describe("cpuBackend", () => {
  it("looks into the array of a constant, without a copy", () => {
    const array = Float32Array.of(1, 2);
    const storage = cpuBackend.constant(array, "float32");
    expect([storage.array, storage.dtype, storage.length, storage.version]).toEqual([array, "float32", 2, 0]);
    expect(storage.array).toBe(array);
  });

  it("fills with the bits of the value", () => {
    expect(cpuBackend.full(2, "float64", -0).array).toEqual(Float64Array.of(-0, -0));
    expect(cpuBackend.full(1, "float32", 0.1).array).toEqual(Float32Array.of(0.1));
    expect(cpuBackend.full(0, "bool", 1).array).toEqual(new Uint8Array(0));
  });

  it("counts in float64 and rounds once", () => {
    const range = cpuBackend.range(1001, "float32", 0, 0.1).array;
    expect(range?.[1000]).toBe(Math.fround(0.1 * 1000));
    expect(cpuBackend.range(3, "int32", 5, -2).array).toEqual(Int32Array.of(5, 3, 1));
  });

  it("answers each primitive with a storage of its own", () => {
    const x = tensor([1, 2]);
    for (const storage of [
      cpuBackend.cast(x, "float32"),
      cpuBackend.unary("abs", x),
      cpuBackend.reduce("sum", x, []),
    ]) {
      expect(storage).not.toBe(x.storage);
      expect(storage.array).not.toBe(x.storage.array);
      expect(storage.array).toEqual(Float32Array.of(1, 2));
    }
  });

  it("places pieces over the fill", () => {
    const source = tensor([1, 2]);
    const storage = cpuBackend.place(6, "float32", 9, [
      { source, strides: [3], offset: 1 },
      { source, strides: [-1], offset: 3 },
    ]);
    expect(storage.array).toEqual(Float32Array.of(9, 1, 2, 1, 2, 9));
  });

  it("reads copies", () => {
    const x = tensor([1, 2]);
    cpuBackend.read(x).fill(7);
    expect(x.toArray()).toEqual([1, 2]);
  });

  it("does not bump versions: its caller does", () => {
    const x = zeros([2]);
    cpuBackend.assign(x, tensor([1, 2]), "copy");
    expect([x.toArray(), x.storage.version]).toEqual([[1, 2], 0]);
  });

  it("runs the loops of bytes for bools", () => {
    expect(elementOf("bool")).toBe("uint8");
    expect(elementOf("float64")).toBe("float64");
    expect(cpuBackend.binary("less", tensor([false]), tensor([true])).dtype).toBe("bool");
  });

  it("has no loop where an op makes no sense for a dtype", () => {
    const x = tensor([1], { dtype: "int32" });
    expect(() => cpuBackend.unary("exp", x)).toThrow(
      expect.objectContaining({
        name: "AdjointError",
        message: '[exp] there is no loop for int32. Cast the operands, for example with cast("float32").',
      }),
    );
    expect(() => cpuBackend.binary("shiftRight", tensor([1]), tensor([1]))).toThrow(
      "there is no loop for float32",
    );
  });

  it("refuses tensors that hold no numbers", () => {
    const symbolic = new Tensor(new Storage("float32", 2, null), [2], [1], 0);
    const message =
      "[cpu] a tensor holds no numbers: it belongs to a recording and stands for a value that is not computed yet. Read values after the recorded program has run, not while it is recorded.";
    expect(() => arrayOf(symbolic.storage)).toThrow(expect.objectContaining({ message }));
    expect(() => symbolic.add(1)).toThrow(expect.objectContaining({ message }));
    expect(() => symbolic.toArray()).toThrow(expect.objectContaining({ message }));
  });
});
