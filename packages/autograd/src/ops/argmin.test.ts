import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { Variable } from "../variable.ts";
import { argmin } from "./argmin.ts";

const rows = [
  [1, 5, 5],
  [8, 2, 7],
];

describeOp("argmin", {
  forward: {
    "in the flattened input": { f: (x) => argmin(x), inputs: [rows], output: 0 },
    "along one axis": { f: (x) => argmin(x, 1), inputs: [rows], output: [0, 1] },
    "along one axis, kept": {
      f: (x) => argmin(x, 0, { keepDims: true }),
      inputs: [rows],
      output: [[0, 1, 0]],
    },
    "of a scalar": { f: (x) => argmin(x), inputs: [3], output: 0 },
  },
  smooth: "a position is a whole number and has no derivative",
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along the other axis": { f: (x) => argmin(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => argmin(x, 0), inputs: [[1, 1]], output: [1] },
  },
  kinks: {
    "at a tie the first": { f: (x) => argmin(x), inputs: [[4, 4, 4]], output: 0, gradients: [null] },
    "0 and −0 tie": { f: (x) => argmin(x), inputs: [[-0, 0]], output: 0, gradients: [null] },
    "the first NaN": {
      f: (x) => argmin(x),
      inputs: [[1, Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN]],
      output: 1,
      gradients: [null],
    },
  },
  errors: {
    "along an empty axis": {
      run: () => argmin(zeros([0, 3]), 0),
      message:
        "[argmin] x is [0, 3]: axis 0 is empty and has no argmin. Reduce an axis that holds at least one element.",
    },
  },
});

it("argmin of a tracked Variable is int32 and tracks nothing", () => {
  const y = argmin(new Variable(tensor([1, 2]), { requiresGrad: true }));
  expect([y.dtype, y.requiresGrad]).toEqual(["int32", false]);
});
