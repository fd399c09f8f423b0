import { variable } from "@adjoint/autograd";
import { tensor } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { jsonData } from "./json-data.ts";

it("attributes become data: numbers exact, what is no data described", () => {
  const attributes = {
    axes: [0, -1],
    bounds: { low: Number.NEGATIVE_INFINITY, high: Number.NaN, zero: -0 },
    nothing: undefined,
    mask: tensor([true]),
    point: variable([[1]]),
    rule: Math.abs,
    big: 2n,
    bytes: new Float32Array(2),
  };
  expect(jsonData(attributes)).toEqual({
    axes: [0, -1],
    bounds: { low: "-Infinity", high: "NaN", zero: "-0" },
    mask: "tensor [1] bool",
    point: "tensor [1, 1] float32",
    rule: "function abs",
    big: "2",
    bytes: "Float32Array of 8 bytes",
  });
  expect(jsonData(undefined)).toBeNull();
});

it("what goes round in circles, is very deep or very much is cut off, and no prototype comes along", () => {
  const round: unknown[] = [];
  for (let i = 0; i < 10; i++) round.push(round);
  expect(JSON.stringify(jsonData(round)).length).toBeLessThan(20_000);
  expect(jsonData(new Array(5000).fill(1))).toHaveLength(1000);
  expect(jsonData(JSON.parse('{"__proto__":{"x":1},"y":2}'))).toEqual({ y: 2 });
});
