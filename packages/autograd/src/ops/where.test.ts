import { type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { greater } from "./greater.ts";
import { mul } from "./mul.ts";
import { sqrt } from "./sqrt.ts";
import { where } from "./where.ts";

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

const mask = tensor([true, false, true]);
const column = tensor([[true], [false]]);

describeOp("where", {
  forward: {
    "of two vectors": {
      f: (a, b) => where(mask, a, b),
      inputs: [
        [1, 2, 3],
        [-1, -2, -3],
      ],
      output: [1, -2, 3],
    },
    "of a vector and a number": { f: (a) => where(mask, a, 0), inputs: [[1, 2, 3]], output: [1, 0, 3] },
    "of a number and a vector": { f: (b) => where(mask, 0, b), inputs: [[1, 2, 3]], output: [0, 2, 0] },
    "of two numbers, in float32": {
      f: (c) => where(c, 0.1, 2),
      inputs: [mask],
      output: [Math.fround(0.1), 2, Math.fround(0.1)],
    },
    "by numbers, true where not 0": {
      f: (c, a) => where(c, a, 0),
      inputs: [
        [0, -1, nan],
        [1, 2, 3],
      ],
      output: [0, 2, 3],
    },
  },
  smooth: {
    "of two vectors": {
      f: (a, b) => where(mask, a, b),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 5.2, -0.6],
      ],
    },
    "of products": {
      f: (a, b) => where(mask, mul(a, b), mul(b, b)),
      inputs: [
        [1.2, -2.3, 0.4],
        [3.1, 5.2, -0.6],
      ],
    },
  },
  broadcasting: {
    "condition against matrix": { f: (a, b) => where(mask, a, b), inputs: [[[1.1], [2.2]], 0.7] },
    "row and column": { f: (a, b) => where(column, a, b), inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
  },
  empty: {
    "0 × 3": { f: (a, b) => where(mask, a, b), inputs: [[0, 3], [3]], output: [0, 3] },
    "1 with 3": { f: (a, b) => where(mask, a, b), inputs: [[1], [1]], output: [3] },
    "no axis": { f: (a, b) => where(tensor(true), a, b), inputs: [[], []], output: [] },
  },
  kinks: {
    "the branch that is not selected gets 0": {
      f: (c, a, b) => where(c, a, b),
      inputs: [mask, [1, 2, 3], [-1, -2, -3]],
      output: [1, -2, 3],
      gradients: [null, [1, 0, 1], [0, 1, 0]],
    },
    "NaN and infinity that are not selected leave no trace": {
      f: (a, b) => where(mask, a, b),
      inputs: [
        [1, nan, inf],
        [nan, 2, -inf],
      ],
      output: [1, 2, inf],
      gradients: [
        [1, 0, 1],
        [0, 1, 0],
      ],
    },
    "an infinite gradient stays out of the other branch": {
      f: (a, b) => sqrt(where(mask, a, b)),
      inputs: [
        [0, 4, 4],
        [4, 0, 4],
      ],
      output: [0, 0, 2],
      gradients: [
        [inf, 0, 0.25],
        [0, inf, 0],
      ],
    },
    "0 · ∞ further up is NaN, as in PyTorch": {
      f: (x) => where(greater(x, 0), sqrt(x), 0),
      inputs: [[0, 4]],
      output: [0, 2],
      gradients: [[nan, 0.25]],
    },
    "selecting the argument first is the way round it": {
      f: (x) => where(greater(x, 0), sqrt(where(greater(x, 0), x, 1)), 0),
      inputs: [[0, 4]],
      output: [0, 2],
      gradients: [[0, 0.25]],
    },
  },
  errors: {
    "branches that do not broadcast": {
      run: () => where(mask, zeros([2, 3]) as Tensor, zeros([4]) as Tensor),
      message:
        "[where] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.",
    },
    "a number that does not fit the integers beside it": {
      run: () => where(mask, tensor([1, 2, 3], { dtype: "int32" }), 0.5),
      message:
        '[where] the number 0.5 does not fit a tensor of int32, and a number never raises a tensor\'s dtype. Cast the tensor first, for example with cast("float32").',
    },
  },
});
