import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { grad, variable } from "../index.ts";
import { greater } from "./greater.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

describeOp("greater", {
  forward: {
    "of two vectors": {
      f: (a, b) => greater(a, b),
      inputs: [
        [1, 2, 3],
        [2, 2, 2],
      ],
      output: [false, false, true],
    },
    "of a number on the right": {
      f: (a) => greater(a, 2),
      inputs: [[1, 2, 3]],
      output: [false, false, true],
    },
    "of a number on the left": { f: (b) => greater(2, b), inputs: [[1, 2, 3]], output: [true, false, false] },
    "row against column": {
      f: (a, b) => greater(a, b),
      inputs: [[[1], [2]], [[1, 2, 3]]],
      output: [
        [false, false, false],
        [true, false, false],
      ],
    },
    "of integers and a fraction, which is not rounded": {
      f: (a) => greater(a, 2.5),
      inputs: [tensor([2, 3], { dtype: "int32" })],
      output: [false, true],
    },
    "of uint8 and a number outside its range": {
      f: (a) => greater(a, 256),
      inputs: [tensor([0, 255], { dtype: "uint8" })],
      output: [false, false],
    },
    "of bools": {
      f: (a, b) => greater(a, b),
      inputs: [tensor([false, true, true]), tensor([true, true, false])],
      output: [false, false, true],
    },
  },
  smooth: "a comparison has no derivative",
  broadcasting: "a comparison has no derivative; forward has a row against a column",
  empty: {
    "0 × 3 with 3": { f: (a, b) => greater(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "0 with 1": { f: (a, b) => greater(a, b), inputs: [[0], [1]], output: [0] },
    "1 with 3": { f: (a, b) => greater(a, b), inputs: [[1], [3]], output: [3] },
    "no axis with 2 × 1": { f: (a, b) => greater(a, b), inputs: [[], [2, 1]], output: [2, 1] },
  },
  kinks: {
    "NaN on either side": {
      f: (a, b) => greater(a, b),
      inputs: [
        [nan, 1, nan],
        [1, nan, nan],
      ],
      output: [false, false, false],
      gradients: [null, null],
    },
    "infinities, and −0 beside 0": {
      f: (a, b) => greater(a, b),
      inputs: [
        [inf, -inf, -0],
        [inf, inf, 0],
      ],
      output: [false, false, false],
      gradients: [null, null],
    },
    "a number beside float32 is rounded to it": {
      f: (a) => greater(a, 0.1),
      inputs: [tensor([0.1])],
      output: [false],
      gradients: [null],
    },
  },
  errors: {
    "shapes that do not broadcast": {
      run: () => greater(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[greater] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a gradient asked of it": {
      run: () => grad(greater(variable(1), 2), [variable(1)]),
      message:
        '[grad] a Variable of shape [] tracks nothing: it was made by "greater", which is not differentiable (a comparison gives bool). Make the leaves with { requiresGrad: true } and compute from them outside noGrad.',
    },
  },
});
