import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { gelu } from "./gelu.ts";
import { mul } from "./mul.ts";

const nan = Number.NaN;

describeOp("gelu", {
  forward: {
    exact: {
      f: (x) => gelu(x),
      inputs: [[-1, 0.5, 3]],
      output: [-0.15865525393145702, 0.34573123063700656, 2.99595030590511],
      tolerance: 1e-15,
    },
    "with tanh": {
      f: (x) => gelu(x, { approximate: "tanh" }),
      inputs: [[-1, 0.5, 3]],
      output: [-0.15880800939172324, 0.34571400982514394, 2.996362607918227],
      tolerance: 1e-15,
    },
    "far to the left, where 1 + erf is 0": {
      f: (x) => mul(gelu(x), 1e20),
      inputs: [[-10]],
      output: [-0.007619853024160526],
      tolerance: 1e-14,
    },
    "of integers": {
      f: (x) => gelu(x),
      inputs: [tensor([0, 1], { dtype: "int32" })],
      output: [0, 0.8413447],
      tolerance: 1e-7,
    },
  },
  smooth: {
    exact: {
      f: (x) => gelu(x),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
    "with tanh": {
      f: (x) => gelu(x, { approximate: "tanh" }),
      inputs: [
        [
          [-1.2, 0.3],
          [0.4, 1.7],
        ],
      ],
    },
  },
  kinks: {
    "zeros, large numbers and NaN": {
      f: (x) => gelu(x),
      inputs: [[0, -0, 10000, -10000, nan]],
      output: [0, -0, 10000, -0, nan],
      gradients: [[0.5, 0.5, 1, 0, nan]],
    },
    "the same with tanh": {
      f: (x) => gelu(x, { approximate: "tanh" }),
      inputs: [[0, -0, 10000, -10000, nan]],
      output: [0, -0, 10000, -0, nan],
      gradients: [[0.5, 0.5, 1, 0, nan]],
    },
    "large numbers in float32": {
      f: (x) => gelu(x),
      inputs: [tensor([1e4, -1e4])],
      output: [1e4, -0],
      gradients: [[1, 0]],
    },
  },
  errors: {
    "another approximation": {
      run: () => gelu(tensor([1]), { approximate: "sigmoid" } as never),
      message: '[gelu] approximate is "sigmoid". Give "none" or "tanh".',
    },
    "an unknown option": {
      run: () => gelu(tensor([1]), { tanh: true } as never),
      message: '[gelu] unknown option "tanh". Known options: approximate.',
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => gelu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => gelu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => gelu(x), inputs: [[]], output: [] },
  },
});
