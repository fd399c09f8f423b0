import { describe, expect, it } from "vitest";
import { derivatives } from "../../test/derivatives.ts";
import { describeOp } from "../../test/describe-op.ts";
import { type Answers, pairwiseExtremumSuite } from "../../test/pairwise-extremum-suite.ts";
import { minimum } from "./minimum.ts";

const inf = Number.POSITIVE_INFINITY;

const answers: Answers = {
  vectors: [1, 4, -4],
  besideNumber: [1, 1.5],
  ties: {
    output: [2, -0, 1],
    gradients: [
      [0.5, 0.5, 1],
      [0.5, 0.5, 0],
    ],
  },
  tiesWithNumber: { output: [1, 2, 2], gradients: [[1, 0.5, 0]] },
  infinities: {
    output: [1, -inf, inf],
    gradients: [
      [0, 1, 0.5],
      [1, 0, 0.5],
    ],
  },
  loserTo0: 1,
};

describeOp("minimum", pairwiseExtremumSuite("minimum", minimum, answers));

describe("minimum: higher derivatives", () => {
  it("are 0 at a tie and beside it", () => {
    expect(derivatives((x) => minimum(x, 1), [0, 1, 2], 3)).toEqual([
      [0, 1, 1],
      [1, 0.5, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});
