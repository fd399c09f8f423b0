import { tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { grad } from "../backward.ts";
import { variable } from "../variable.ts";
import { xor } from "./xor.ts";

const nan = Number.NaN;

describeOp("xor", {
  forward: {
    "of two vectors": {
      f: (a, b) => xor(a, b),
      inputs: [tensor([false, false, true, true]), tensor([false, true, false, true])],
      output: [false, true, true, false],
    },
    "of numbers, true where they are not 0": {
      f: (a, b) => xor(a, b),
      inputs: [[0, 0, -2.5, nan], tensor([0, 7, 0, 7], { dtype: "int32" })],
      output: [false, true, true, false],
    },
    "row against column": {
      f: (a, b) => xor(a, b),
      inputs: [tensor([[true], [false]]), tensor([true, false])],
      output: [
        [false, true],
        [true, false],
      ],
    },
  },
  smooth: "logic has no derivative",
  broadcasting: "logic has no derivative; forward has a row against a column",
  empty: {
    "0 × 3 with 3": { f: (a, b) => xor(a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => xor(a, b), inputs: [[1], [3]], output: [3] },
  },
  kinks: "logic has no derivative; forward has NaN",
  errors: {
    "shapes that do not broadcast": {
      run: () => xor(zeros([2, 3]) as never, zeros([4]) as never),
      message:
        "[xor] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a gradient asked of it": {
      run: () => grad(xor(variable(1), variable(1)), [variable(1)]),
      message:
        '[grad] a Variable of shape [] tracks nothing: it was made by "xor", which is not differentiable (logic gives bool). Make the leaves with { requiresGrad: true } and compute from them outside noGrad.',
    },
  },
});
