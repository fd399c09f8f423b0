import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { elu } from "./elu.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("elu", {
  forward: {
    "of a vector": {
      f: (x) => elu(x),
      inputs: [[-1, 0.5, -3]],
      output: [-0.6321205588285577, 0.5, -0.950212931632136],
      tolerance: 1e-15,
    },
    "with alpha": {
      f: (x) => elu(x, { alpha: 2 }),
      inputs: [[-1, 0.5, -3]],
      output: [-1.2642411176571153, 0.5, -1.900425863264272],
      tolerance: 1e-15,
    },
    "of integers": { f: (x) => elu(x), inputs: [tensor([0, 2], { dtype: "int32" })], output: [0, 2] },
  },
  smooth: {
    "of a matrix": {
      f: (x) => elu(x),
      inputs: [
        [
          [-1.2, 0.3],
          [-0.4, 1.7],
        ],
      ],
    },
    "with alpha": { f: (x) => elu(x, { alpha: 0.5 }), inputs: [[-1.2, 0.3]] },
  },
  kinks: {
    "zeros, large numbers, infinities and NaN": {
      f: (x) => elu(x),
      inputs: [[0, -0, 10000, -10000, inf, -inf, nan]],
      output: [0, -0, 10000, -1, inf, -1, nan],
      gradients: [[1, 1, 1, 0, 1, 0, 1]],
    },
    "the derivative at 0 is alpha": {
      f: (x) => elu(x, { alpha: 2 }),
      inputs: [[0]],
      output: [0],
      gradients: [[2]],
    },
  },
  errors: {
    "an unknown option": {
      run: () => elu(tensor([1]), { a: 1 } as never),
      message: '[elu] unknown option "a". Known options: alpha.',
    },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => elu(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => elu(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => elu(x), inputs: [[]], output: [] },
  },
});
