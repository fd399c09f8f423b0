import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { scatterAdd } from "./scatter-add.ts";

const twice = tensor([0, 2, 0], { dtype: "int32" });
const column = tensor([[1], [0]], { dtype: "int32" });

describeOp("scatterAdd", {
  forward: {
    "duplicates add up": {
      f: (x, s) => scatterAdd(x, twice, s, 0),
      inputs: [
        [10, 20, 30],
        [1, 2, 3],
      ],
      output: [14, 20, 32],
    },
    "along the last axis": {
      f: (x, s) => scatterAdd(x, column, s, -1),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
        [[10], [20]],
      ],
      output: [
        [1, 12],
        [23, 4],
      ],
    },
  },
  smooth: {
    duplicates: {
      f: (x, s) => scatterAdd(x, twice, s, 0),
      inputs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    "one a row": {
      f: (x, s) => scatterAdd(x, column, s, 1),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
        [[5], [6]],
      ],
    },
    "x with itself": { f: (x) => scatterAdd(x, twice, x, 0), inputs: [[1, 2, 3]] },
  },
  broadcasting: "source has index's own shape",
  empty: {
    "nothing to add": {
      f: (x, s) => scatterAdd(x, zeros([0], { dtype: "int32" }), s, 0),
      inputs: [[3], [0]],
      output: [3],
    },
    "1": {
      f: (x, s) => scatterAdd(x, zeros([1], { dtype: "int32" }), s, 0),
      inputs: [[1], [1]],
      output: [1],
    },
  },
  kinks: {
    "infinities cancel to NaN where they meet": {
      f: (x, s) => scatterAdd(x, twice, s, 0),
      inputs: [
        [Number.POSITIVE_INFINITY, Number.NaN, -0],
        [Number.NEGATIVE_INFINITY, -0, 1],
      ],
      output: [Number.NaN, Number.NaN, -0],
      gradients: [
        [1, 1, 1],
        [1, 1, 1],
      ],
    },
  },
  errors: {
    "an index outside the axis": {
      run: () => scatterAdd(zeros([2]), tensor([2], { dtype: "int32" }), zeros([1]), 0),
      message: "[scatterAdd] index holds 2, the axis has size 2. Every index must be from 0 to 1.",
    },
    "source of another shape": {
      run: () => scatterAdd(zeros([2]), tensor([1], { dtype: "int32" }), zeros([2]), 0),
      message: "[scatterAdd] source is [2], index is [1]. Give one index for each element of source.",
    },
  },
});
