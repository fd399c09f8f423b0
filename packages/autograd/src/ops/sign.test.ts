import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { sign } from "./sign.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("sign", {
  forward: {
    "of a vector": { f: (x) => sign(x), inputs: [[-2, 0, 3]], output: [-1, 0, 1] },
    "of integers": {
      f: (x) => sign(x),
      inputs: [tensor([-7, 0, 7], { dtype: "int32" })],
      output: [-1, 0, 1],
    },
  },
  smooth: {
    "between the steps": { f: (x) => sign(x), inputs: [[-1.7, 0.3, 2.2]] },
    "times x": { f: (x) => mul(x, sign(x)), inputs: [[-1.7, 0.3, 2.2]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => sign(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => sign(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => sign(x), inputs: [[]], output: [] },
  },
  kinks: {
    "at the step, NaN and infinities": {
      f: (x) => sign(x),
      inputs: [[0, -0, nan, inf, -inf]],
      output: [0, 0, 0, 1, -1],
      gradients: [[0, 0, 0, 0, 0]],
    },
    "an infinite gradient stops here": {
      f: (x) => sqrt(sign(x)),
      inputs: [[0]],
      output: [0],
      gradients: [[0]],
    },
  },
  errors: {
    "a bool": {
      run: () => sign(tensor([true])),
      message: '[sign] x is bool. Cast it first, for example with cast("int32").',
    },
  },
});
