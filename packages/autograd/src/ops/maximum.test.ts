import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { type Answers, pairwiseExtremumSuite } from "../../test/pairwise-extremum-suite.ts";
import { maximum } from "./maximum.ts";

const inf = Number.POSITIVE_INFINITY;

const answers: Answers = {
  vectors: [2, 5, -3],
  besideNumber: [1.5, 2],
  ties: {
    output: [2, 0, 3],
    gradients: [
      [0.5, 0.5, 0],
      [0.5, 0.5, 1],
    ],
  },
  tiesWithNumber: { output: [2, 2, 3], gradients: [[0, 0.5, 1]] },
  infinities: {
    output: [inf, 1, inf],
    gradients: [
      [1, 0, 0.5],
      [0, 1, 0.5],
    ],
  },
  loserTo0: -1,
};

describeOp("maximum", pairwiseExtremumSuite("maximum", maximum, answers));

describe("maximum: higher derivatives", () => {
  it("are 0 at a tie and beside it", () => {
    expect(derivatives((x) => maximum(x, 1), [0, 1, 2], 3)).toEqual([
      [1, 1, 2],
      [0, 0.5, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
