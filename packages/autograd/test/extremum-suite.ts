/** The suite that max and min share: the same inputs, but for the number that loses and the infinity that wins. */
import { type NestedArray, tensor, zeros } from "@adjoint/tensor";
import type { Value } from "../src/index.ts";
import type { OpSuite } from "./describe-op.ts";

/** max or min. */
export type Extremum = (
  x: Value,
  axes?: number | readonly number[],
  options?: { readonly keepDims?: boolean },
) => Value;

/** What max or min answers in each of the suite's cases. */
export interface Answers {
  /** [[1, 5, 3], [8, 2, 7]] over all elements. */
  readonly all: number;
  /** The same along axis 1. */
  readonly rows: number[];
  /** The same along axis 0. */
  readonly columns: number[];
  /** The int32 [3, 9]. */
  readonly integers: number;
  /** A number that loses to 3. */
  readonly loserTo3: number;
  /** [0, −0]. */
  readonly zeros: number;
  /** The infinity that wins over every number. */
  readonly winner: number;
}

const rows: NestedArray = [
  [1, 5, 3],
  [8, 2, 7],
];
const { NaN: nan, NEGATIVE_INFINITY: low } = Number;

/** The suite of the op `extremum`, called `name`. */
export function extremumSuite(name: string, extremum: Extremum, answers: Answers): OpSuite {
  const kept: Extremum = (x, axes) => extremum(x, axes, { keepDims: true });
  return {
    forward: {
      "over all elements": { f: (x) => extremum(x), inputs: [rows], output: answers.all },
      "along one axis": { f: (x) => extremum(x, 1), inputs: [rows], output: answers.rows },
      "along one axis, kept": { f: (x) => kept(x, 0), inputs: [rows], output: [answers.columns] },
      "over a list of axes": { f: (x) => extremum(x, [-1]), inputs: [rows], output: answers.rows },
      "of integers": {
        f: (x) => extremum(x, 0),
        inputs: [tensor([3, 9], { dtype: "int32" })],
        output: answers.integers,
      },
    },
    smooth: {
      "over all elements": { f: (x) => extremum(x), inputs: [rows] },
      "along one axis": { f: (x) => extremum(x, -1), inputs: [rows] },
      "along one axis, kept": { f: (x) => kept(x, 0), inputs: [rows] },
      "over a list of axes": { f: (x) => kept(x, [0]), inputs: [rows] },
      "of a scalar along axis 0": { f: (x) => extremum(x, 0), inputs: [3] },
    },
    broadcasting: "there is one input",
    empty: {
      "0 × 3 along the other axis": { f: (x) => extremum(x, 1), inputs: [[0, 3]], output: [0] },
      "1 × 1": { f: (x) => extremum(x), inputs: [[1, 1]], output: [] },
    },
    kinks: kinkCases(extremum, answers),
    errors: {
      "of nothing": {
        run: () => extremum(zeros([0])),
        message: `[${name}] x is [0]: axis 0 is empty and has no ${name}. Reduce an axis that holds at least one element.`,
      },
      "along an empty axis": {
        run: () => extremum(zeros([2, 0]), -1),
        message: `[${name}] x is [2, 0]: axis 1 is empty and has no ${name}. Reduce an axis that holds at least one element.`,
      },
      "an axis that is not there": {
        run: () => extremum(zeros([2, 3]), 2),
        message: `[${name}] axis 2 is outside a tensor of rank 2. Give an axis from -2 to 1.`,
      },
    },
  };
}

function kinkCases(extremum: Extremum, { loserTo3, winner, zeros: zero }: Answers): OpSuite["kinks"] {
  const tied: NestedArray = [
    [loserTo3, 3, 3],
    [4, 4, 4],
  ];
  return {
    "ties over all elements share evenly": {
      f: (x) => extremum(x),
      inputs: [[loserTo3, 3, 3]],
      output: 3,
      gradients: [[0, 0.5, 0.5]],
    },
    "ties over a list of axes share evenly": {
      f: (x) => extremum(x, [1]),
      inputs: [tied],
      output: [3, 4],
      gradients: [
        [
          [0, 1 / 2, 1 / 2],
          [1 / 3, 1 / 3, 1 / 3],
        ],
      ],
    },
    "ties along one axis give all to the first": {
      f: (x) => extremum(x, 1),
      inputs: [tied],
      output: [3, 4],
      gradients: [
        [
          [0, 1, 0],
          [1, 0, 0],
        ],
      ],
    },
    "0 and −0 tie": {
      f: (x) => extremum(x),
      inputs: [[0, -0]],
      output: zero,
      gradients: [[0.5, 0.5]],
    },
    "a NaN goes through, and the NaNs share": {
      f: (x) => extremum(x),
      inputs: [[1, nan, winner, nan]],
      output: nan,
      gradients: [[0, 0.5, 0, 0.5]],
    },
    "a NaN goes through along one axis, and the first gets all": {
      f: (x) => extremum(x, 0),
      inputs: [[1, nan, winner, nan]],
      output: nan,
      gradients: [[0, 1, 0, 0]],
    },
    "nothing but infinities": {
      f: (x) => extremum(x),
      inputs: [[low, low]],
      output: low,
      gradients: [[0.5, 0.5]],
    },
  };
}
