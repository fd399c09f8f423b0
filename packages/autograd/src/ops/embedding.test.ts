import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { embedding } from "./embedding.ts";
import { mul } from "./mul.ts";

const twice = tensor([2, 0, 2], { dtype: "int32" });

describeOp("embedding", {
  forward: {
    "of a vector of rows": {
      f: (w) => embedding(twice, w),
      inputs: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
      output: [
        [5, 6],
        [1, 2],
        [5, 6],
      ],
    },
    "of a matrix of rows": {
      f: (w) => embedding(tensor([[0], [1]], { dtype: "int32" }), w),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [[[1, 2]], [[3, 4]]],
    },
    "of one row": {
      f: (w) => embedding(tensor(1, { dtype: "int32" }), w),
      inputs: [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      output: [3, 4],
    },
  },
  smooth: {
    "with duplicates": {
      f: (w) => embedding(twice, w),
      inputs: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
    },
    "with a row that gets none": {
      f: (w) => mul(embedding(tensor([0, 2], { dtype: "int32" }), w, { paddingIndex: 1 }), 2),
      inputs: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
    },
  },
  broadcasting: "index and weight have axes of their own",
  empty: {
    "no index": { f: (w) => embedding(zeros([0], { dtype: "int32" }), w), inputs: [[3, 2]], output: [0, 2] },
    "no features": { f: (w) => embedding(twice, w), inputs: [[3, 0]], output: [3, 0] },
    "one of each": {
      f: (w) => embedding(zeros([1], { dtype: "int32" }), w),
      inputs: [[1, 1]],
      output: [1, 1],
    },
  },
  kinks: {
    "a row that is read twice gets both, one that is not gets 0": {
      f: (w) => embedding(twice, w),
      inputs: [[[1], [Number.NaN], [3]]],
      output: [[3], [1], [3]],
      gradients: [[[1], [0], [2]]],
    },
    "the padding row gets 0": {
      f: (w) => embedding(twice, w, { paddingIndex: -1 }),
      inputs: [[[1], [2], [3]]],
      output: [[3], [1], [3]],
      gradients: [[[1], [0], [0]]],
    },
  },
  errors: {
    "an index outside the table": {
      run: () => embedding(tensor([3], { dtype: "int32" }), zeros([2, 2])),
      message: "[gather] index holds 3, the axis has size 2. Every index must be from 0 to 1.",
    },
    "a vector in place of a table": {
      run: () => embedding(twice, zeros([3]) as never),
      message:
        "[embedding] weight is not [words, features]: weight is [3]. Give a table with a row for each word.",
    },
    "a padding row that is not there": {
      run: () => embedding(twice, zeros([3, 1]), { paddingIndex: 3 }),
      message: "[embedding] paddingIndex is 3, the table has 3 rows. Give the number of a row.",
    },
  },
});
