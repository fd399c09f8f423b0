import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { equal } from "./equal.ts";

const answers: Answers = {
  vectors: [false, true, false],
  numberRight: [false, true, false],
  numberLeft: [false, true, false],
  columnAndRow: [
    [true, false, false],
    [false, true, false],
  ],
  fraction: [false, false],
  outOfRange: [false, false],
  bools: [false, true, false],
  nans: [false, false, false],
  extremes: [true, false, true],
  rounded: [true],
};

describeOp("equal", comparisonSuite("equal", equal, answers));
