import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { lessEqual } from "./less-equal.ts";

const answers: Answers = {
  vectors: [true, true, false],
  numberRight: [true, true, false],
  numberLeft: [false, true, true],
  columnAndRow: [
    [true, true, true],
    [false, true, true],
  ],
  fraction: [true, false],
  outOfRange: [true, true],
  bools: [true, true, false],
  nans: [false, false, false],
  extremes: [true, true, true],
  rounded: [true],
};

describeOp("lessEqual", comparisonSuite("lessEqual", lessEqual, answers));
