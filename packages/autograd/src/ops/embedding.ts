import {
  ArgumentError,
  checkOptions,
  type Embedding,
  formatShape,
  type Guard,
  type Resolved,
  ShapeMismatchError,
  type ShapeOf,
  type Tensor,
} from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { defineOp, type Op } from "../op.ts";
import type { Lift, Value } from "../variable.ts";
import { expand } from "./expand.ts";
import { zerosLike } from "./gather.ts";
import { notEqual } from "./not-equal.ts";
import { reshape } from "./reshape.ts";
import { scatterAdd } from "./scatter-add.ts";
import { where } from "./where.ts";

/** Settings of `embedding`. */
export interface EmbeddingOptions {
  /** A row that gets no gradient, because it stands for no word. Negative ones count from the end. */
  readonly paddingIndex?: number;
}

/** The op behind `embedding`; its attribute is the row that gets no gradient, −1 for none. */
export const embeddingOp: Op<[Tensor, Tensor], number> = /* @__PURE__ */ defineOp<[Tensor, Tensor], number>({
  name: "embedding",
  forward: ([index, weight]) => {
    const rows = weight.indexSelect(index.reshape([index.size]), 0);
    return rows.reshape([...index.shape, weight.shape[1] ?? 0]);
  },
  vjp: [
    { notDifferentiable: "positions are whole numbers" },
    {
      formula: "W̄ = Σ of g's rows, each at the row it was read from; 0 at the padding row",
      saves: [0],
      rule: (g, saved) => {
        const shape = saved.inputShape(1);
        const index = saved.input(0);
        const flat = [index.size, shape[1] ?? 0] as const;
        const column = reshape(index, [index.size, 1]);
        const rows = reshape(g, flat);
        const padding = saved.attributes;
        const counted = padding < 0 ? rows : where(notEqual(column, padding), rows, 0);
        return scatterAdd(zerosLike(g, shape), expand(column, flat), counted, 0);
      },
    },
  ],
});

/**
 * The rows of a table: y[…, j] = weight[index[…], j], `[…]` and `[words, features]` → `[…, features]`. Copies.
 *
 * A row that is read twice gets both gradients.
 *
 * @param index int32 or uint8, from 0 to words − 1.
 * @throws {IndexError} if an index is outside the table; negative ones are refused.
 * @throws {ShapeMismatchError} if weight is not 2-d.
 * @throws {DTypeError} if index is neither int32 nor uint8.
 * @throws {ArgumentError} if paddingIndex is no row, or on an unknown option.
 * @example embedding(tensor([1, 0, 1], { dtype: "int32" }), variable([[1, 2], [3, 4]]))   // [[3, 4], [1, 2], [3, 4]]
 */
export function embedding<I extends Value, W extends Value>(
  index: I,
  weight: W & Guard<Embedding<ShapeOf<I>, ShapeOf<W>>>,
  options: EmbeddingOptions = {},
): Lift<Resolved<Embedding<ShapeOf<I>, ShapeOf<W>>>, I, W> {
  checkOptions("embedding", options, ["paddingIndex"]);
  const shape = weight.shape;
  if (shape.length !== 2) {
    const what = `weight is not [words, features]: weight is ${formatShape(shape)}.`;
    throw new ShapeMismatchError("embedding", what, "Give a table with a row for each word.", [shape]);
  }
  const padding = paddingRow(options.paddingIndex, shape[0] ?? 0);
  return apply(embeddingOp, [index, weight], padding) as Lift<
    Resolved<Embedding<ShapeOf<I>, ShapeOf<W>>>,
    I,
    W
  >;
}

/** Counted from the front; −1 for none. */
function paddingRow(index: number | undefined, words: number): number {
  if (index === undefined) return -1;
  if (Number.isSafeInteger(index) && index >= -words && index < words)
    return index < 0 ? index + words : index;
  const what = `paddingIndex is ${index}, the table has ${words} rows.`;
  throw new ArgumentError("embedding", "paddingIndex", what, "Give the number of a row.");
}
