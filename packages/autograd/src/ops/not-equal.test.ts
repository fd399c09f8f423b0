import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { notEqual } from "./not-equal.ts";

const answers: Answers = {
  vectors: [true, false, true],
  numberRight: [true, false, true],
  numberLeft: [true, false, true],
  columnAndRow: [
    [false, true, true],
    [true, false, true],
  ],
  fraction: [true, true],
  outOfRange: [true, true],
  bools: [true, false, true],
  nans: [true, true, true],
  extremes: [false, true, false],
  rounded: [false],
};

describeOp("notEqual", comparisonSuite("notEqual", notEqual, answers));
