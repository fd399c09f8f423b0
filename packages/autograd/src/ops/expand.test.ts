import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { expand } from "./expand.ts";

describeOp("expand", {
  forward: {
    "an axis of size 1": {
      f: (x) => expand(x, [2, 3]),
      inputs: [[[1], [2]]],
      output: [
        [1, 1, 1],
        [2, 2, 2],
      ],
    },
    "new axes in front": {
      f: (x) => expand(x, [2, 2]),
      inputs: [[1, 2]],
      output: [
        [1, 2],
        [1, 2],
      ],
    },
    "−1 keeps an axis": {
      f: (x) => expand(x, [2, -1]),
      inputs: [[[1, 2]]],
      output: [
        [1, 2],
        [1, 2],
      ],
    },
    "a scalar": { f: (x) => expand(x, [3]), inputs: [7], output: [7, 7, 7] },
  },
  smooth: {
    "an axis of size 1": { f: (x) => expand(x, [2, 3]), inputs: [[[1], [2]]] },
    "a new axis and an old one": { f: (x) => expand(x, [2, 2, 3]), inputs: [[[1], [2]]] },
    "to its own shape": { f: (x) => expand(x, [2]), inputs: [[1, 2]] },
  },
  broadcasting: "it is the broadcast of its one input",
  empty: {
    "1 to 0": { f: (x) => expand(x, [0]), inputs: [[1]], output: [0] },
    "a scalar to 0 × 3": { f: (x) => expand(x, [0, 3]), inputs: [[]], output: [0, 3] },
    "1 to 1": { f: (x) => expand(x, [1, 1]), inputs: [[1]], output: [1, 1] },
  },
  kinks: {
    "each copy counts": {
      f: (x) => expand(x, [3, 2]),
      inputs: [[Number.NaN, -0]],
      output: [
        [Number.NaN, -0],
        [Number.NaN, -0],
        [Number.NaN, -0],
      ],
      gradients: [[3, 3]],
    },
    "no copy, no gradient": { f: (x) => expand(x, [0]), inputs: [[5]], output: [], gradients: [[0]] },
  },
  errors: {
    "an axis of another size": {
      run: () => expand(zeros([2]), [3] as never),
      message:
        "[expand] cannot expand [2] to [3]. Axes are aligned at the last one; only an axis of size 1 stretches, and new axes come in front.",
    },
  },
});
