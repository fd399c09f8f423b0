import { describeOp } from "../../test/describe-op.ts";
import { type Answers, extremumSuite } from "../../test/extremum-suite.ts";
import { max } from "./max.ts";

const answers: Answers = {
  all: 8,
  rows: [5, 8],
  columns: [8, 5, 7],
  integers: 9,
  loserTo3: 1,
  zeros: 0,
  winner: Number.POSITIVE_INFINITY,
};

describeOp("max", extremumSuite("max", max, answers));
