import { tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { log } from "./log.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("log", {
  forward: {
    "of a vector": { f: (x) => log(x), inputs: [[1, Math.E, 0.5]], output: [0, 1, -Math.LN2] },
    "of integers, in float32": {
      f: (x) => log(x),
      inputs: [tensor([1, 2], { dtype: "int32" })],
      output: [0, Math.fround(Math.LN2)],
    },
  },
  smooth: {
    "of a matrix": {
      f: (x) => log(x),
      inputs: [
        [
          [0.3, 1.2],
          [2.3, 40],
        ],
      ],
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => log(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => log(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => log(x), inputs: [[]], output: [] },
  },
  kinks: {
    "at 0 and below, infinities and NaN": {
      f: (x) => log(x),
      inputs: [[0, -0, -2, inf, nan]],
      output: [-inf, -inf, nan, inf, nan],
      gradients: [[inf, -inf, -0.5, 0, nan]],
    },
  },
  errors: "it takes every shape and dtype",
});

describe("log: higher derivatives", () => {
  it("are 1/x, −1/x², 2/x³", () => {
    expect(derivatives(log, [1, 2], 3)).toEqual([
      [0, Math.LN2],
      [1, 0.5],
      [-1, -0.25],
      [2, 0.25],
    ]);
  });
});
