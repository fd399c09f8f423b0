import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { matmul } from "./matmul.ts";
import { transpose } from "./transpose.ts";

const wide = [
  [1, 2, 3],
  [4, 5, 6],
];
const tall = [
  [1, -1],
  [2, 0.5],
  [-3, 1.5],
];
const batch = [
  wide,
  [
    [0.5, -1, 2],
    [1.5, -2, 0.25],
  ],
];

describeOp("matmul", {
  forward: {
    "matrix · matrix": {
      f: matmul,
      inputs: [wide, tall],
      output: [
        [-4, 4.5],
        [-4, 7.5],
      ],
    },
    "vector · vector": {
      f: matmul,
      inputs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      output: 32,
    },
    "matrix · vector": { f: matmul, inputs: [wide, [1, 1, 1]], output: [6, 15] },
    "vector · matrix": { f: matmul, inputs: [[1, 1], wide], output: [5, 7, 9] },
    "batch · matrix": {
      f: matmul,
      inputs: [batch, tall],
      output: [
        [
          [-4, 4.5],
          [-4, 7.5],
        ],
        [
          [-7.5, 2],
          [-3.25, -2.125],
        ],
      ],
    },
  },
  smooth: {
    "matrix · matrix": { f: matmul, inputs: [wide, tall] },
    "matrix · its transpose": { f: (x) => matmul(x, transpose(x)), inputs: [wide] },
    "vector · vector": {
      f: matmul,
      inputs: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    },
    "matrix · vector": { f: matmul, inputs: [wide, [1, -1, 0.5]] },
    "vector · matrix": { f: matmul, inputs: [[0.5, -1], wide] },
    "batch · batch": {
      f: matmul,
      inputs: [
        batch,
        [
          tall,
          [
            [1, 0],
            [0.5, 2],
            [-1, 1],
          ],
        ],
      ],
    },
  },
  broadcasting: {
    "batch · matrix": { f: matmul, inputs: [batch, tall] },
    "matrix · batch": { f: matmul, inputs: [[[1, -1]], batch] },
    "batch · vector": { f: matmul, inputs: [batch, [1, -1, 0.5]] },
    "vector · batch": { f: matmul, inputs: [[0.5, 2], batch] },
    "2 × 1 × m × k with 3 × k × n": {
      f: matmul,
      inputs: [
        [[[[1, 2]]], [[[3, 4]]]],
        [
          [[1], [2]],
          [[0.5], [-1]],
          [[3], [1]],
        ],
      ],
    },
  },
  empty: {
    "inner axis 0": {
      f: matmul,
      inputs: [
        [2, 0],
        [0, 3],
      ],
      output: [2, 3],
    },
    "outer axis 0": {
      f: matmul,
      inputs: [
        [0, 3],
        [3, 2],
      ],
      output: [0, 2],
    },
    "a batch of none": {
      f: matmul,
      inputs: [
        [0, 2, 3],
        [3, 4],
      ],
      output: [0, 2, 4],
    },
    "a batch with inner axis 0": {
      f: matmul,
      inputs: [
        [2, 2, 0],
        [0, 4],
      ],
      output: [2, 2, 4],
    },
    "vectors of none": { f: matmul, inputs: [[0], [0]], output: [] },
    "1 × 1": {
      f: matmul,
      inputs: [
        [1, 1],
        [1, 1],
      ],
      output: [1, 1],
    },
  },
  kinks: {
    "0 · ∞ is NaN, in the place where it is": {
      f: matmul,
      inputs: [[[0], [2]], [[Number.POSITIVE_INFINITY]]],
      output: [[Number.NaN], [Number.POSITIVE_INFINITY]],
      gradients: [[[Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY]], [[2]]],
    },
  },
  errors: {
    "inner axes differ": {
      run: () => matmul(zeros([64, 784]), zeros([128, 10]) as never),
      message:
        "[matmul] inner axes differ: a is [64, 784] (axis 1 = 784), b is [128, 10] (axis 0 = 128). Make a's last axis equal b's first; a transposed b is the usual cause.",
    },
    "a scalar": {
      run: () => matmul(zeros([2]), zeros([]) as never),
      message: "[matmul] a is [2], b is []. Both need at least one axis; use mul for a scalar factor.",
    },
  },
});
