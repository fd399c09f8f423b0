import { zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { flip } from "./flip.ts";

const square = [
  [1, 2],
  [3, 4],
];

describeOp("flip", {
  forward: {
    "along all axes": {
      f: (x) => flip(x),
      inputs: [square],
      output: [
        [4, 3],
        [2, 1],
      ],
    },
    "along one": {
      f: (x) => flip(x, -1),
      inputs: [square],
      output: [
        [2, 1],
        [4, 3],
      ],
    },
    "along none": { f: (x) => flip(x, []), inputs: [square], output: square },
  },
  smooth: {
    "along all axes": { f: (x) => flip(x), inputs: [square] },
    "along a list": { f: (x) => flip(x, [0]), inputs: [square] },
  },
  broadcasting: "there is one input",
  empty: {
    "0 × 3": { f: (x) => flip(x), inputs: [[0, 3]], output: [0, 3] },
    "1": { f: (x) => flip(x), inputs: [[1]], output: [1] },
  },
  kinks: {
    "NaN and −0 change places": {
      f: (x) => flip(x),
      inputs: [[Number.NaN, -0]],
      output: [-0, Number.NaN],
      gradients: [[1, 1]],
    },
  },
  errors: {
    "an axis twice": {
      run: () => flip(zeros([2, 3]), [0, -2]),
      message: "[flip] axis 0 is named twice in [0, -2]. Name each axis once.",
    },
  },
});
