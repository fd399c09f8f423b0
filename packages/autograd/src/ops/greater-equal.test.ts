import { type Answers, comparisonSuite } from "../../test/comparison-suite.ts";
import { describeOp } from "../../test/describe-op.ts";
import { greaterEqual } from "./greater-equal.ts";

const answers: Answers = {
  vectors: [false, true, true],
  numberRight: [false, true, true],
  numberLeft: [true, true, false],
  columnAndRow: [
    [true, false, false],
    [true, true, false],
  ],
  fraction: [false, true],
  outOfRange: [false, false],
  bools: [false, true, true],
  nans: [false, false, false],
  extremes: [true, false, true],
  rounded: [true],
};

describeOp("greaterEqual", comparisonSuite("greaterEqual", greaterEqual, answers));
