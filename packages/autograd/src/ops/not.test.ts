import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { variable } from "../variable.ts";
import { not } from "./not.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("not", {
  forward: {
    "of truths": { f: (x) => not(x), inputs: [tensor([true, false])], output: [false, true] },
    "of numbers": {
      f: (x) => not(x),
      inputs: [[0, -0, 0.5, nan, inf, -inf]],
      output: [true, true, false, false, false, false],
    },
  },
  smooth: "a test has no derivative",
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => not(x), inputs: [[0, 3]], output: [0, 3] },
    "no axis": { f: (x) => not(x), inputs: [[]], output: [] },
  },
  kinks: "a test has no derivative; forward has NaN and infinity",
  errors: {
    "a gradient asked of it": {
      run: () => grad(not(variable(1)), [variable(1)]),
      message:
        '[grad] a Variable of shape [] tracks nothing: it was made by "not", which is not differentiable (a test gives bool). Make the leaves with { requiresGrad: true } and compute from them outside noGrad.',
    },
  },
});
