import { describeOp } from "../../test/describe-op.ts";
import { type Answers, extremumSuite } from "../../test/extremum-suite.ts";
import { min } from "./min.ts";

const answers: Answers = {
  all: 1,
  rows: [1, 2],
  columns: [1, 2, 3],
  integers: 3,
  loserTo3: 7,
  zeros: -0,
  winner: Number.NEGATIVE_INFINITY,
};

describeOp("min", extremumSuite("min", min, answers));
