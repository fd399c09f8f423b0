import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { ceil } from "./ceil.ts";
import { mul } from "./mul.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("ceil", {
  forward: {
    "of a vector": { f: (x) => ceil(x), inputs: [[-1.5, 1.5, 2]], output: [-1, 2, 2] },
    "of integers": {
      f: (x) => ceil(x),
      inputs: [tensor([-7, 0, 7], { dtype: "int32" })],
      output: [-7, 0, 7],
    },
  },
  smooth: {
    "between the steps": { f: (x) => ceil(x), inputs: [[-1.7, 0.3, 2.2]] },
    "times x": { f: (x) => mul(x, ceil(x)), inputs: [[-1.7, 0.3, 2.2]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => ceil(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => ceil(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => ceil(x), inputs: [[]], output: [] },
  },
  kinks: {
    "at the step, NaN and infinities": {
      f: (x) => ceil(x),
      inputs: [[1, -0, nan, inf, -inf]],
      output: [1, -0, nan, inf, -inf],
      gradients: [[0, 0, 0, 0, 0]],
    },
    "an infinite gradient stops here": {
      f: (x) => sqrt(ceil(x)),
      inputs: [[0]],
      output: [0],
      gradients: [[0]],
    },
  },
  errors: {
    "a bool": {
      run: () => ceil(tensor([true])),
      message: '[ceil] x is bool. Cast it first, for example with cast("int32").',
    },
  },
});
