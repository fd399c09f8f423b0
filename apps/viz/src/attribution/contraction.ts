/** Ops that multiply entries of two operands and add up: where each product of a gradient comes from, without running anything. */
import type { Json, TraceNode } from "@adjoint/autograd/graph";
import { indexAt } from "../tensor-entries.ts";
import { indexOf } from "./places.ts";

type Labels = readonly string[];

/** The labels of the axes of both operands and of the result; what the result lacks is summed over. */
interface Contraction {
  readonly operands: readonly [Labels, Labels];
  readonly output: Labels;
}

/** The entries that one product multiplies: of the op's adjoint, and of the other operand. */
export interface Product {
  readonly output: number;
  readonly other: number;
}

/** The products whose sum is one entry of a VJP, and the axes of the output along which they lie. */
export interface Products {
  readonly axes: readonly number[];
  readonly products: readonly Product[];
}

/**
 * What entry `index` of the cotangent of operand `input` is the sum of: x̄ᵢ = Σ g[…] · other[…] over the labels that the output
 * has and the operand lacks. Null for ops that are no such product: all but linear, matmul, einsum and mul.
 *
 * @param shapes of the two operands.
 */
export function productsOf(
  { op, attributes, shape }: Pick<TraceNode, "op" | "attributes" | "shape">,
  shapes: readonly (readonly number[])[],
  input: number,
  index: number,
): Products | null {
  const [first, second] = shapes;
  if (first === undefined || second === undefined || shapes.length !== 2) return null;
  const contraction = contractionOf(op, attributes, first.length, second.length);
  if (contraction === null) return null;
  const [own, other] =
    input === 0 ? contraction.operands : [contraction.operands[1], contraction.operands[0]];
  const [ownShape, otherShape] = input === 0 ? [first, second] : [second, first];
  const fits =
    contraction.output.length === shape.length &&
    own.length === ownShape.length &&
    other.length === otherShape.length;
  if (!fits) return null;
  const sizes = new Map(contraction.output.map((label, axis) => [label, shape[axis] ?? 1]));
  const bound = new Map<string, number>();
  for (const [axis, position] of indexAt(index, ownShape).entries()) {
    const label = own[axis] ?? "";
    // An axis of size 1 that stretched binds nothing: all of its copies add up.
    if (ownShape[axis] !== 1 || (sizes.get(label) ?? 1) === 1) bound.set(label, position);
  }
  const axes = [...contraction.output.keys()].filter((axis) => !bound.has(contraction.output[axis] ?? ""));
  const products = [...positionsOver(axes.map((axis) => shape[axis] ?? 1))].map((free): Product => {
    const at = new Map(bound);
    for (const [i, axis] of axes.entries()) at.set(contraction.output[axis] ?? "", free[i] ?? 0);
    const place = (labels: Labels): number[] => labels.map((label) => at.get(label) ?? 0);
    return { output: indexOf(place(contraction.output), shape), other: indexOf(place(other), otherShape) };
  });
  return { axes, products };
}

function contractionOf(
  op: string,
  attributes: Json,
  firstRank: number,
  secondRank: number,
): Contraction | null {
  switch (op) {
    case "linear": {
      const lead = leading(firstRank - 1);
      return {
        operands: [
          [...lead, "in"],
          ["out", "in"],
        ],
        output: [...lead, "out"],
      };
    }
    case "matmul":
      return matmulLabels(firstRank, secondRank);
    case "mul": {
      const operands = [leading(firstRank), leading(secondRank)] as const;
      return { operands, output: leading(Math.max(firstRank, secondRank)) };
    }
    case "einsum":
      return einsumLabels(attributes);
    default:
      return null;
  }
}

function matmulLabels(firstRank: number, secondRank: number): Contraction {
  const [row, column] = [firstRank > 1 ? ["row"] : [], secondRank > 1 ? ["column"] : []];
  const [first, second] = [leading(firstRank - 2), leading(secondRank - 2)];
  const lead = first.length > second.length ? first : second;
  return {
    operands: [
      [...first, ...row, "inner"],
      [...second, "inner", ...column],
    ],
    output: [...lead, ...row, ...column],
  };
}

function einsumLabels(attributes: Json): Contraction | null {
  if (typeof attributes !== "object" || attributes === null || !("out" in attributes)) return null;
  const [first, second, output] = [attributes.a, attributes.b, attributes.out].map(labelsOf);
  return first == null || second == null || output == null ? null : { operands: [first, second], output };
}

function labelsOf(json: Json | undefined): Labels | null {
  return Array.isArray(json) && json.every((label) => typeof label === "string") ? json : null;
}

/** Labels of `count` axes that are aligned at the last one. */
function leading(count: number): Labels {
  return Array.from({ length: Math.max(count, 0) }, (_, axis) => `${count - axis} from the end`);
}

/** All positions in a box of these sizes, the last axis fastest. */
function* positionsOver(sizes: readonly number[]): Generator<number[]> {
  const count = sizes.reduce((product, size) => product * size, 1);
  for (let index = 0; index < count; index++) yield indexAt(index, sizes);
}
