/** The suite that maximum and minimum share: the same inputs, with who wins turned round. */
import { tensor, zeros } from "@adjoint/tensor";
import type { Operand, Value } from "../src/index.ts";
import { mul } from "../src/ops/mul.ts";
import { sqrt } from "../src/ops/sqrt.ts";
import type { OpSuite } from "./describe-op.ts";

/** What the op gives, and the gradients of the sum of it. */
export interface Outcome {
  readonly output: number[];
  readonly gradients: number[][];
}

/** What maximum or minimum answers in each of the suite's cases. */
export interface Answers {
  /** [1, 5, −3] with [2, 4, −4]. */
  readonly vectors: number[];
  /** [1, 2] with the number 1.5, on either side. */
  readonly besideNumber: number[];
  /** [2, 0, 1] with [2, −0, 3]. */
  readonly ties: Outcome;
  /** [1, 2, 3] with the number 2. */
  readonly tiesWithNumber: Outcome;
  /** [∞, −∞, ∞] with [1, 1, ∞]. */
  readonly infinities: Outcome;
  /** A number that loses to 0. */
  readonly loserTo0: number;
}

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

/** The suite of the op `extremum`, called `name`. */
export function pairwiseExtremumSuite(
  name: string,
  extremum: (a: Operand, b: Operand) => Value,
  answers: Answers,
): OpSuite {
  return {
    forward: {
      "of two vectors": {
        f: extremum,
        inputs: [
          [1, 5, -3],
          [2, 4, -4],
        ],
        output: answers.vectors,
      },
      "of a number on the right": {
        f: (a) => extremum(a, 1.5),
        inputs: [[1, 2]],
        output: answers.besideNumber,
      },
      "of a number on the left": {
        f: (b) => extremum(1.5, b),
        inputs: [[1, 2]],
        output: answers.besideNumber,
      },
    },
    ...smoothAndBroadcasting(extremum),
    empty: {
      "0 × 3 with 3": { f: extremum, inputs: [[0, 3], [3]], output: [0, 3] },
      "0 with 1": { f: extremum, inputs: [[0], [1]], output: [0] },
      "1 with 3": { f: extremum, inputs: [[1], [3]], output: [3] },
      "no axis with 2 × 1": { f: extremum, inputs: [[], [2, 1]], output: [2, 1] },
    },
    kinks: kinkCases(extremum, answers),
    errors: {
      "shapes that do not broadcast": {
        run: () => extremum(zeros([2, 3]), zeros([4])),
        message: `[${name}] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.`,
      },
      "a fraction beside integers": {
        run: () => extremum(tensor([1], { dtype: "int32" }), 2.5),
        message: `[${name}] the number 2.5 does not fit a tensor of int32, and a number never raises a tensor's dtype. Cast the tensor first, for example with cast("float32").`,
      },
    },
  };
}

function smoothAndBroadcasting(
  extremum: (a: Operand, b: Operand) => Value,
): Pick<OpSuite, "smooth" | "broadcasting"> {
  const matrix = [
    [1.1, 2.2],
    [3.3, 4.4],
  ];
  return {
    smooth: {
      "of two vectors": {
        f: extremum,
        inputs: [
          [1.2, -2.3, 0.4],
          [3.1, -5.2, -0.6],
        ],
      },
      "of a number": { f: (a) => extremum(a, 1.5), inputs: [[1.2, 2.3]] },
      "squared, so that second derivatives are not 0": {
        f: (a, b) => mul(extremum(a, b), extremum(a, b)),
        inputs: [
          [1.2, -2.3],
          [3.1, -5.2],
        ],
      },
    },
    broadcasting: {
      "row and column": { f: extremum, inputs: [[[1.1], [2.2]], [[3.3, 0.4, 1.5]]] },
      "scalar and matrix": { f: extremum, inputs: [2.3, matrix] },
      "matrix and vector": { f: extremum, inputs: [matrix, [0.7, 5.5]] },
    },
  };
}

function kinkCases(extremum: (a: Operand, b: Operand) => Value, answers: Answers): OpSuite["kinks"] {
  return {
    "a tie gives half to each": {
      f: extremum,
      inputs: [
        [2, 0, 1],
        [2, -0, 3],
      ],
      ...answers.ties,
    },
    "a tie of one and the same adds up to 1": {
      f: (a) => extremum(a, a),
      inputs: [[2, -1]],
      output: [2, -1],
      gradients: [[1, 1]],
    },
    "a tie with a broadcast number": {
      f: (a) => extremum(a, 2),
      inputs: [[1, 2, 3]],
      ...answers.tiesWithNumber,
    },
    "NaN on either side goes through, and both get the gradient": {
      f: extremum,
      inputs: [
        [nan, 1, nan],
        [1, nan, nan],
      ],
      output: [nan, nan, nan],
      gradients: [
        [1, 1, 1],
        [1, 1, 1],
      ],
    },
    infinities: {
      f: extremum,
      inputs: [
        [inf, -inf, inf],
        [1, 1, inf],
      ],
      ...answers.infinities,
    },
    "an infinite gradient stays out of the loser": {
      f: (a, b) => sqrt(extremum(a, b)),
      inputs: [[0], [answers.loserTo0]],
      output: [0],
      gradients: [[inf], [0]],
    },
  };
}
