import { describe, expect, it } from "vitest";
import { type Backend, currentBackend, withBackend } from "./backend.ts";
import { cpuBackend } from "./cpu/backend.ts";
import { ones, tensor } from "./create.ts";
import { where } from "./elementwise.ts";
import { Generator } from "./generator.ts";
import { concat } from "./indexing.ts";

/** The CPU backend, noting the name of every primitive that runs. */
function noting(name: string, notes: string[]): Backend {
  const backend: Record<string, unknown> = { name };
  for (const [primitive, run] of Object.entries(cpuBackend)) {
    if (typeof run !== "function") continue;
    backend[primitive] = (...args: unknown[]): unknown => {
      notes.push(primitive);
      return Reflect.apply(run, cpuBackend, args);
    };
  }
  return { ...cpuBackend, ...backend };
}

describe("withBackend", () => {
  it("sends every primitive to the backend, and comes back", () => {
    const notes: string[] = [];
    const recording = noting("noting", notes);
    const result = withBackend(recording, () => {
      expect(currentBackend()).toBe(recording);
      return tensor([1]).add(1).item();
    });
    expect(result).toBe(2);
    expect(notes).toEqual(["constant", "full", "binary", "read"]);
    expect(currentBackend()).toBe(cpuBackend);
  });

  it("nests", () => {
    const [outer, inner] = [noting("outer", []), noting("inner", [])];
    withBackend(outer, () => {
      withBackend(inner, () => expect(currentBackend().name).toBe("inner"));
      expect(currentBackend().name).toBe("outer");
    });
    expect(currentBackend().name).toBe("cpu");
  });

  it("comes back after an exception", () => {
    expect(() =>
      withBackend(noting("failing", []), () => {
        throw new Error("stop");
      }),
    ).toThrow("stop");
    expect(currentBackend()).toBe(cpuBackend);
  });
});

describe("the contract", () => {
  it("is seventeen functions and a name", () => {
    expect(Object.keys(cpuBackend).sort()).toEqual([
      "assign",
      "binary",
      "cast",
      "constant",
      "cumulate",
      "full",
      "gather",
      "matmul",
      "name",
      "place",
      "randomBits",
      "range",
      "read",
      "reduce",
      "scatterAdd",
      "select",
      "sortIndices",
      "unary",
    ]);
  });

  it("sees all that is computed, and nothing of views", () => {
    const notes: string[] = [];
    const [a, index] = [ones([2, 3]), tensor([1, 0], { dtype: "int32" })];
    const generator = new Generator(1);
    withBackend(noting("noting", notes), () => {
      a.transpose().slice(1).unsqueeze(0).expand([2, 2]).flip().reshape([2, 2]).squeeze();
    });
    expect(notes).toEqual([]);
    const seen = (body: () => unknown): string[] => {
      notes.length = 0;
      withBackend(noting("noting", notes), body);
      return [...notes];
    };
    expect(seen(() => a.exp())).toEqual(["unary"]);
    expect(seen(() => a.mul(a))).toEqual(["binary"]);
    expect(seen(() => a.sum())).toEqual(["reduce"]);
    expect(seen(() => a.mean())).toEqual(["reduce", "full", "binary"]);
    expect(seen(() => a.cumsum(0))).toEqual(["cumulate"]);
    expect(seen(() => a.argsort())).toEqual(["sortIndices"]);
    expect(seen(() => a.matmul(a.transpose()))).toEqual(["matmul"]);
    expect(seen(() => a.indexSelect(index))).toEqual(["gather"]);
    expect(seen(() => a.indexSelect(index, 1).scatterAdd(index.unsqueeze(1), ones([2, 1]), 1))).toEqual([
      "gather",
      "full",
      "scatterAdd",
    ]);
    expect(seen(() => where(a.greater(0), a, 0))).toEqual(["full", "binary", "full", "select"]);
    expect(seen(() => concat([a, a]))).toEqual(["place"]);
    expect(seen(() => a.cast("int32"))).toEqual(["cast"]);
    expect(seen(() => a.assign(1))).toEqual(["full", "assign"]);
    expect(seen(() => generator.bits([3]))).toEqual(["randomBits"]);
    expect(seen(() => generator.uniform([3]))).toEqual([
      "randomBits",
      "full",
      "binary",
      "cast",
      "full",
      "binary",
    ]);
    expect(seen(() => generator.bernoulli(0.5, [3]))).toEqual([
      "randomBits",
      "full",
      "binary",
      "full",
      "binary",
    ]);
    expect(seen(() => generator.normal([3]))).not.toContain("read");
    expect(seen(() => generator.integers(0, 5, [3]))).not.toContain("read");
    expect(seen(() => generator.fork())).not.toContain("read");
  });
});
