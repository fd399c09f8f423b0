/** The suite that tril and triu share: the same matrices, of which the one keeps what lies below and the other what lies above. */
import { type NestedArray, tensor, zeros } from "@adjoint/tensor";
import type { Value } from "../src/index.ts";
import type { OpSuite } from "./describe-op.ts";

/** What tril or triu keeps in each of the suite's cases. */
export interface Answers {
  /** Of [[1, 2, 3], [4, 5, 6]]. */
  readonly matrix: number[][];
  /** Of the same, from diagonal 1. */
  readonly above: number[][];
  /** Of the same, from diagonal −1. */
  readonly below: number[][];
  /** Of [[1, 2, 3], [4, 5, 6]] and [[7, 8, 9], [10, 11, 12]]. */
  readonly batch: number[][][];
  /** Of a 2 × 2 matrix of true. */
  readonly bools: number[][];
  /** A matrix with NaN where it is set to 0, what is kept of it, and the gradient of the sum of that. */
  readonly nan: { readonly input: number[][]; readonly output: number[][]; readonly gradient: number[][] };
}

const matrix: NestedArray = [
  [1, 2, 3],
  [4, 5, 6],
];
const batch: NestedArray = [
  matrix,
  [
    [7, 8, 9],
    [10, 11, 12],
  ],
];
const truth: NestedArray = [
  [true, true],
  [true, true],
];

/** The suite of the op `triangle`, called `name`. */
export function triangleSuite(
  name: string,
  triangle: (x: Value, diagonal?: number) => Value,
  answers: Answers,
): OpSuite {
  return {
    forward: {
      "of a matrix": { f: (x) => triangle(x), inputs: [matrix], output: answers.matrix },
      "another diagonal": { f: (x) => triangle(x, 1), inputs: [matrix], output: answers.above },
      "below the main one": { f: (x) => triangle(x, -1), inputs: [matrix], output: answers.below },
      "of a batch": { f: (x) => triangle(x), inputs: [batch], output: answers.batch },
      "of bools": { f: (x) => triangle(x), inputs: [tensor(truth)], output: answers.bools },
    },
    smooth: {
      "of a matrix": { f: (x) => triangle(x), inputs: [matrix] },
      "of a batch": { f: (x) => triangle(x, -1), inputs: [batch] },
    },
    broadcasting: "there is one input",
    empty: {
      "0 × 3": { f: (x) => triangle(x), inputs: [[0, 3]], output: [0, 3] },
      "3 × 0": { f: (x) => triangle(x), inputs: [[3, 0]], output: [3, 0] },
      "one element": { f: (x) => triangle(x), inputs: [[1, 1]], output: [1, 1] },
    },
    kinks: {
      "what is set to 0 gets 0, whatever it was": {
        f: (x) => triangle(x),
        inputs: [answers.nan.input],
        output: answers.nan.output,
        gradients: [answers.nan.gradient],
      },
    },
    errors: {
      "a vector": {
        run: () => triangle(zeros([2])),
        message: `[${name}] x is [2]. Give a tensor of at least two axes, the last two of which are rows and columns.`,
      },
      "a fraction": {
        run: () => triangle(zeros([2, 2]), 0.5),
        message: `[${name}] diagonal is 0.5. Give a whole number.`,
      },
    },
  };
}
