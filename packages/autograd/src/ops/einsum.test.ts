import { arange, tensor, zeros } from "@adjoint/tensor";
import { describeOp } from "../../test/describe-op.ts";
import { einsum } from "./einsum.ts";

const a = [
  [1, 2, 3],
  [4, 5, 6],
];
const b = [
  [1, 0],
  [0, 1],
  [2, 2],
];
const square = [
  [1, 2],
  [3, 4],
];
const cube = arange(0.1, 2.5, 0.1, { dtype: "float64" }).reshape([2, 3, 4]);
const other = arange(-1, 1.4, 0.1, { dtype: "float64" }).reshape([2, 4, 3]);

describeOp("einsum", {
  forward: {
    "matrix product": {
      f: (x, y) => einsum("ij,jk->ik", x, y),
      inputs: [a, b],
      output: [
        [7, 8],
        [16, 17],
      ],
    },
    "letters in alphabetical order where no output is given": {
      f: (x, y) => einsum("kj , ji", x, y),
      inputs: [a, b],
      output: [
        [7, 16],
        [8, 17],
      ],
    },
    trace: { f: (x) => einsum("ii", x), inputs: [square], output: 5 },
    diagonal: { f: (x) => einsum("ii->i", x), inputs: [square], output: [1, 4] },
    transpose: {
      f: (x) => einsum("ba", x),
      inputs: [square],
      output: [
        [1, 3],
        [2, 4],
      ],
    },
    "what the output lacks is summed": { f: (x) => einsum("ij->j", x), inputs: [a], output: [5, 7, 9] },
    "outer product": {
      f: (x, y) => einsum("i,j->ji", x, y),
      inputs: [
        [1, 2],
        [3, 5],
      ],
      output: [
        [3, 6],
        [5, 10],
      ],
    },
    "a batch of dot products": {
      f: (x, y) => einsum("bi,bi->b", x, y),
      inputs: [a, a],
      output: [14, 77],
    },
    "three operands": {
      f: (x, y, z) => einsum("i,ij,j->", x, y, z),
      inputs: [[1, 2], a, [1, 1, 1]],
      output: 36,
    },
    "an ellipsis, aligned at the last axis": {
      f: (x, y) => einsum("...ij,...j->...i", x, y),
      inputs: [
        [square, square],
        [1, 10],
      ],
      output: [
        [21, 43],
        [21, 43],
      ],
    },
    "an ellipsis that the output leaves out is summed over": {
      f: (x) => einsum("...j->j", x),
      inputs: [a],
      output: [5, 7, 9],
    },
    "an axis of 1 stretches": { f: (x, y) => einsum("i,i->i", x, y), inputs: [[3], [1, 2]], output: [3, 6] },
    "dtypes meet": {
      f: (x, y) => einsum("i,i->", x, y),
      inputs: [tensor([1, 2], { dtype: "int32" }), [0.5, 1]],
      output: 2.5,
    },
  },
  smooth: {
    "two operands, batched": { f: (x, y) => einsum("bij,bjk->ikb", x, y), inputs: [cube, other] },
    "three, with a diagonal and an omitted letter": {
      f: (x, y, z) => einsum("aab,bc,cd->ad", x, y, z),
      inputs: [arange(0, 1.2, 0.1, { dtype: "float64" }).reshape([2, 2, 3]), b, a],
    },
    "the same letters without a sum": { f: (x, y) => einsum("ij,jk->jki", x, y), inputs: [a, b] },
    "one operand": {
      f: (x) => einsum("iji->j", x),
      inputs: [arange(0, 1.2, 0.1, { dtype: "float64" }).reshape([2, 3, 2])],
    },
  },
  broadcasting: {
    "an ellipsis": { f: (x, y) => einsum("...i,...ij->...j", x, y), inputs: [a, [b, b]] },
    "axes of 1": { f: (x, y) => einsum("ij,ij->j", x, y), inputs: [[[2], [3]], a] },
  },
  empty: {
    "an empty sum": {
      f: (x, y) => einsum("ij,jk->ik", x, y),
      inputs: [
        [2, 0],
        [0, 3],
      ],
      output: [2, 3],
    },
    "an empty diagonal": { f: (x) => einsum("ii->i", x), inputs: [[0, 0]], output: [0] },
    "1 × 1": {
      f: (x, y) => einsum("ij,jk->ik", x, y),
      inputs: [
        [1, 1],
        [1, 1],
      ],
      output: [1, 1],
    },
  },
  kinks: "it is linear in each operand",
  errors: {
    "another number of operands": {
      run: () => einsum("ij,jk" as string, zeros([2, 3])),
      message:
        '[einsum] subscripts "ij,jk" name 2 operands, 1 were given. Separate the subscripts of operands by commas.',
    },
    "letters and axes that differ in number": {
      run: () => einsum("ij->i" as string, zeros([2, 3, 4])),
      message:
        '[einsum] operand 0 is [2, 3, 4] and has subscripts "ij": 2 letters for 3 axes. Give a letter for each axis, or "..." for the rest of them.',
    },
    "sizes that differ": {
      run: () => einsum("ij,jk->ik" as string, zeros([2, 3]), zeros([4, 5])),
      message:
        '[einsum] "j" is 3 in operand 0 (axis 1 of [2, 3]) and 4 in operand 1 (axis 0 of [4, 5]). Axes of one letter must be equal; between operands, 1 stretches.',
    },
    "a diagonal of what is no square": {
      run: () => einsum("ii" as string, zeros([1, 3])),
      message:
        '[einsum] "i" is 1 in operand 0 (axis 0 of [1, 3]) and 3 in operand 0 (axis 1 of [1, 3]). Axes of one letter must be equal; between operands, 1 stretches.',
    },
    "a letter of the output that no operand has": {
      run: () => einsum("ij->ik" as string, zeros([2, 3])),
      message:
        '[einsum] the output names "k", which no operand has. Every letter of the output must be a letter of an operand.',
    },
    "a letter of the output twice": {
      run: () => einsum("ij->ii" as string, zeros([2, 3])),
      message: '[einsum] the output names "i" twice. Name each letter once.',
    },
    "what is no letter": {
      run: () => einsum("i1->i" as string, zeros([2, 3])),
      message:
        '[einsum] subscripts "i1->i" hold "1". Give letters, commas, "..." at most once an operand, and "->" at most once: "...ij,jk->...ik".',
    },
    "half an ellipsis": {
      run: () => einsum("i..->i" as string, zeros([2, 3])),
      message:
        '[einsum] subscripts "i..->i" hold "i..". Give letters, commas, "..." at most once an operand, and "->" at most once: "...ij,jk->...ik".',
    },
  },
});
