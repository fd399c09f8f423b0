import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { less } from "./less.ts";

const answers: Answers = {
  vectors: [true, false, false],
  numberRight: [true, false, false],
  numberLeft: [false, false, true],
  columnAndRow: [
    [false, true, true],
    [false, false, true],
  ],
  fraction: [true, false],
  outOfRange: [true, true],
  bools: [true, false, false],
  nans: [false, false, false],
  extremes: [false, true, false],
  rounded: [false],
};

describeOp("less", comparisonSuite("less", less, answers));
