import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { greater } from "./greater.ts";

const answers: Answers = {
  vectors: [false, false, true],
  numberRight: [false, false, true],
  numberLeft: [true, false, false],
  columnAndRow: [
    [false, false, false],
    [true, false, false],
  ],
  fraction: [false, true],
  outOfRange: [false, false],
  bools: [false, false, true],
  nans: [false, false, false],
  extremes: [false, false, false],
  rounded: [false],
};

describeOp("greater", comparisonSuite("greater", greater, answers));
