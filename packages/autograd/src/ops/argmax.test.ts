import { tensor, zeros } from "@adjoint/tensor";
import { expect, it } from "vitest";
import { describeOp } from "../../test/describe-op.ts";
import { Variable } from "../variable.ts";
import { argmax } from "./argmax.ts";

const rows = [
  [1, 5, 5],
  [8, 2, 7],
];

describeOp("argmax", {
  forward: {
    "in the flattened input": { f: (x) => argmax(x), inputs: [rows], output: 3 },
    "along one axis": { f: (x) => argmax(x, 1), inputs: [rows], output: [1, 0] },
    "along one axis, kept": {
      f: (x) => argmax(x, 0, { keepDims: true }),
      inputs: [rows],
      output: [[1, 0, 1]],
    },
    "of a scalar": { f: (x) => argmax(x), inputs: [3], output: 0 },
  },
  smooth: "a position is a whole number and has no derivative",
  broadcasting: "there is one input",
  empty: {
    "0 × 3 along the other axis": { f: (x) => argmax(x, 1), inputs: [[0, 3]], output: [0] },
    "1 × 1": { f: (x) => argmax(x, 0), inputs: [[1, 1]], output: [1] },
  },
  kinks: {
    "at a tie the first": { f: (x) => argmax(x), inputs: [[4, 4, 4]], output: 0, gradients: [null] },
    "0 and −0 tie": { f: (x) => argmax(x), inputs: [[-0, 0]], output: 0, gradients: [null] },
    "the first NaN": {
      f: (x) => argmax(x),
      inputs: [[1, Number.NaN, Number.POSITIVE_INFINITY, Number.NaN]],
      output: 1,
      gradients: [null],
    },
  },
  errors: {
    "along an empty axis": {
      run: () => argmax(zeros([0, 3]), 0),
      message:
        "[argmax] x is [0, 3]: axis 0 is empty and has no argmax. Reduce an axis that holds at least one element.",
    },
  },
});

it("argmax of a tracked Variable is int32 and tracks nothing", () => {
  const y = argmax(new Variable(tensor([1, 2]), { requiresGrad: true }));
  expect([y.dtype, y.requiresGrad]).toEqual(["int32", false]);
});
