/** The suite that the six comparisons share: they differ in their answers alone. */
import { type NestedArray, tensor, zeros } from "@adjoint/tensor";
import { grad, type Operand, type Value, type Variable, variable } from "../src/index.ts";
import type { OpSuite } from "./describe-op.ts";

/** What a comparison answers in each of the suite's cases. */
export interface Answers {
  /** [1, 2, 3] against [2, 2, 2]. */
  readonly vectors: boolean[];
  /** [1, 2, 3] against the number 2. */
  readonly numberRight: boolean[];
  /** The number 2 against [1, 2, 3]. */
  readonly numberLeft: boolean[];
  /** The column [1, 2] against the row [1, 2, 3]. */
  readonly columnAndRow: boolean[][];
  /** The integers [2, 3] against 2.5. */
  readonly fraction: boolean[];
  /** The uint8 [0, 255] against 256. */
  readonly outOfRange: boolean[];
  /** [false, true, true] against [true, true, false]. */
  readonly bools: boolean[];
  /** [NaN, 1, NaN] against [1, NaN, NaN]. */
  readonly nans: boolean[];
  /** [∞, −∞, −0] against [∞, ∞, 0]. */
  readonly extremes: boolean[];
  /** The float32 [0.1] against the number 0.1. */
  readonly rounded: boolean[];
}

const inf = Number.POSITIVE_INFINITY;
const nan = Number.NaN;

/** The suite of the comparison `compare`, called `name`. */
export function comparisonSuite(
  name: string,
  compare: (a: Operand, b: Operand) => Value,
  answers: Answers,
): OpSuite {
  return {
    forward: forwardCases(compare, answers),
    smooth: "a comparison has no derivative",
    broadcasting: "a comparison has no derivative; forward has a row against a column",
    empty: {
      "0 × 3 with 3": { f: compare, inputs: [[0, 3], [3]], output: [0, 3] },
      "0 with 1": { f: compare, inputs: [[0], [1]], output: [0] },
      "1 with 3": { f: compare, inputs: [[1], [3]], output: [3] },
      "no axis with 2 × 1": { f: compare, inputs: [[], [2, 1]], output: [2, 1] },
    },
    kinks: {
      "NaN on either side": {
        f: compare,
        inputs: [
          [nan, 1, nan],
          [1, nan, nan],
        ],
        output: answers.nans,
        gradients: [null, null],
      },
      "infinities, and −0 beside 0": {
        f: compare,
        inputs: [
          [inf, -inf, -0],
          [inf, inf, 0],
        ],
        output: answers.extremes,
        gradients: [null, null],
      },
      "a number beside float32 is rounded to it": {
        f: (a) => compare(a, 0.1),
        inputs: [tensor([0.1])],
        output: answers.rounded,
        gradients: [null],
      },
    },
    errors: {
      "shapes that do not broadcast": {
        run: () => compare(zeros([2, 3]), zeros([4])),
        message: `[${name}] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4). Axes are aligned at the last one and must be equal or 1; reshape or unsqueeze one of them.`,
      },
      "a gradient asked of it": {
        run: () => grad(compare(variable(1), 2) as Variable, [variable(1)]),
        message: `[grad] a Variable of shape [] tracks nothing: it was made by "${name}", which is not differentiable (a comparison gives bool). Make the leaves with { requiresGrad: true } and compute from them outside noGrad.`,
      },
    },
  };
}

function forwardCases(compare: (a: Operand, b: Operand) => Value, answers: Answers): OpSuite["forward"] {
  const vector: NestedArray = [1, 2, 3];
  return {
    "of two vectors": { f: compare, inputs: [vector, [2, 2, 2]], output: answers.vectors },
    "of a number on the right": { f: (a) => compare(a, 2), inputs: [vector], output: answers.numberRight },
    "of a number on the left": { f: (b) => compare(2, b), inputs: [vector], output: answers.numberLeft },
    "row against column": { f: compare, inputs: [[[1], [2]], [vector]], output: answers.columnAndRow },
    "of integers and a fraction, which is not rounded": {
      f: (a) => compare(a, 2.5),
      inputs: [tensor([2, 3], { dtype: "int32" })],
      output: answers.fraction,
    },
    "of uint8 and a number outside its range": {
      f: (a) => compare(a, 256),
      inputs: [tensor([0, 255], { dtype: "uint8" })],
      output: answers.outOfRange,
    },
    "of bools": {
      f: compare,
      inputs: [tensor([false, true, true]), tensor([true, true, false])],
      output: answers.bools,
    },
  };
}
