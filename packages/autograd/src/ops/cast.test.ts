import { tensor } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { grad, variable } from "../index.ts";
import { cast } from "./cast.ts";
import { mul } from "./mul.ts";

const nan = Number.NaN;

describeOp("cast", {
  forward: {
    "to float32 rounds": { f: (x) => cast(x, "float32"), inputs: [[0.1, 1]], output: [Math.fround(0.1), 1] },
    "to int32 cuts off": { f: (x) => cast(x, "int32"), inputs: [[1.9, -1.9]], output: [1, -1] },
    "to bool asks for not 0": {
      f: (x) => cast(x, "bool"),
      inputs: [[0, -0, 0.5, nan]],
      output: [false, false, true, true],
    },
    "of integers to float64": {
      f: (x) => cast(x, "float64"),
      inputs: [tensor([2147483647], { dtype: "int32" })],
      output: [2147483647],
    },
  },
  smooth: { "to its own dtype": { f: (x) => mul(cast(x, "float64"), x), inputs: [[1.2, -2.3]] } },
  broadcasting: "it has one input, nothing to broadcast against",
  empty: {
    "0 × 3": { f: (x) => cast(x, "float32"), inputs: [[0, 3]], output: [0, 3] },
    "one element": { f: (x) => cast(x, "float32"), inputs: [[1]], output: [1] },
    "no axis": { f: (x) => cast(x, "float32"), inputs: [[]], output: [] },
  },
  kinks: {
    "the gradient comes back in the input's dtype": {
      f: (x) => mul(cast(x, "float32"), tensor([0.1])),
      inputs: [[2, nan]],
      output: [Math.fround(0.2), nan],
      gradients: [[Math.fround(0.1), Math.fround(0.1)]],
    },
    "there and back": {
      f: (x) => cast(cast(x, "float64"), "float32"),
      inputs: [tensor([3, 0])],
      output: [3, 0],
      gradients: [[1, 1]],
    },
    "a cast to integers carries no gradient": {
      f: (x) => mul(x, cast(x, "int32")),
      inputs: [[2.5]],
      output: [5],
      gradients: [[2]],
    },
  },
  errors: {
    "a gradient asked of integers": {
      run: () => grad(cast(variable(1), "int32"), [variable(1)]),
      message:
        "[grad] a Variable of shape [] tracks nothing: it is int32, and only floating-point tensors have gradients. Make the leaves with { requiresGrad: true } and compute from them outside noGrad.",
    },
  },
});
