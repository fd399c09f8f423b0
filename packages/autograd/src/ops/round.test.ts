import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { mul } from "./mul.ts";
import { round } from "./round.ts";
import { sqrt } from "./sqrt.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("round", {
  forward: {
    "of a vector": { f: (x) => round(x), inputs: [[-1.4, 1.4, 1.6]], output: [-1, 1, 2] },
    "of integers": {
      f: (x) => round(x),
      inputs: [tensor([-7, 0, 7], { dtype: "int32" })],
      output: [-7, 0, 7],
    },
  },
  smooth: {
    "between the steps": { f: (x) => round(x), inputs: [[-1.7, 0.3, 2.2]] },
    "times x": { f: (x) => mul(x, round(x)), inputs: [[-1.7, 0.3, 2.2]] },
  },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => round(x), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => round(x), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => round(x), inputs: [[]], output: [] },
  },
  kinks: {
    "ties to even, NaN and infinities": {
      f: (x) => round(x),
      inputs: [[0.5, 1.5, 2.5, -0.5, nan, inf, -inf]],
      output: [0, 2, 2, -0, nan, inf, -inf],
      gradients: [[0, 0, 0, 0, 0, 0, 0]],
    },
    "an infinite gradient stops here": {
      f: (x) => sqrt(round(x)),
      inputs: [[0]],
      output: [0],
      gradients: [[0]],
    },
  },
  errors: {
    "a bool": {
      run: () => round(tensor([true])),
      message: '[round] x is bool. Cast it first, for example with cast("int32").',
    },
  },
});
