import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { variable } from "../variable.ts";
import { isnan } from "./isnan.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("isnan", {
  forward: {
    "of a vector": { f: (x) => isnan(x), inputs: [[0, nan, inf, -inf]], output: [false, true, false, false] },
    "of integers": { f: (x) => isnan(x), inputs: [tensor([1], { dtype: "int32" })], output: [false] },
  },
  smooth: "a test has no derivative",
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => isnan(x), inputs: [[0, 3]], output: [0, 3] },
    "no axis": { f: (x) => isnan(x), inputs: [[]], output: [] },
  },
  kinks: "a test has no derivative; forward has NaN and infinity",
  errors: {
    "a gradient asked of it": {
      run: () => grad(isnan(variable(1)), [variable(1)]),
      message:
        '[grad] a Variable of shape [] tracks nothing: it was made by "isnan", which is not differentiable (a test gives bool). Make the leaves with { requiresGrad: true } and compute from them outside noGrad.',
    },
  },
});
