import { describeOp } from "../../test/describe-op.ts";
import { type Answers, triangleSuite } from "../../test/triangle-suite.ts";
import { triu } from "./triu.ts";

const answers: Answers = {
  matrix: [
    [1, 2, 3],
    [0, 5, 6],
  ],
  above: [
    [0, 2, 3],
    [0, 0, 6],
  ],
  below: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  batch: [
    [
      [1, 2, 3],
      [0, 5, 6],
    ],
    [
      [7, 8, 9],
      [0, 11, 12],
    ],
  ],
  bools: [
    [1, 1],
    [0, 1],
  ],
  nan: {
    input: [
      [1, 2],
      [Number.NaN, 4],
    ],
    output: [
      [1, 2],
      [0, 4],
    ],
    gradient: [
      [1, 1],
      [0, 1],
    ],
  },
};

describeOp("triu", triangleSuite("triu", triu, answers));
