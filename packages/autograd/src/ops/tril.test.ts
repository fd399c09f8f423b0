import { describeOp } from "../../test/describe-op.ts";
import { type Answers, triangleSuite } from "../../test/triangle-suite.ts";
import { tril } from "./tril.ts";

const answers: Answers = {
  matrix: [
    [1, 0, 0],
    [4, 5, 0],
  ],
  above: [
    [1, 2, 0],
    [4, 5, 6],
  ],
  below: [
    [0, 0, 0],
    [4, 0, 0],
  ],
  batch: [
    [
      [1, 0, 0],
      [4, 5, 0],
    ],
    [
      [7, 0, 0],
      [10, 11, 0],
    ],
  ],
  bools: [
    [1, 0],
    [1, 1],
  ],
  nan: {
    input: [
      [1, Number.NaN],
      [3, 4],
    ],
    output: [
      [1, 0],
      [3, 4],
    ],
    gradient: [
      [1, 0],
      [1, 1],
    ],
  },
};

describeOp("tril", triangleSuite("tril", tril, answers));
