import { asVariable, embedding, type Value, type Variable } from "@adjoint/autograd";
import {
  ArgumentError,
  checkOptions,
  type FloatDType,
  type RandomSource,
  type Resolved,
  type Embedding as RowsOf,
  type ShapeOf,
  zeros,
} from "@adjoint/tensor";
import { normal } from "../init.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkWidths } from "./widths.ts";

/** Settings of an Embedding. */
export interface EmbeddingLayerOptions extends RandomSource {
  /** A row that stands for no word: it starts as zeros and gets no gradient. Negative ones count from the end. */
  readonly paddingIndex?: number;
  /** Default float32. */
  readonly dtype?: FloatDType;
}

/**
 * A table of vectors, one for each word: y[…, j] = W[x[…], j] for x `[…]` of int32 or uint8, W `[words, features]`.
 *
 * Starts as PyTorch's Embedding does: W normal with deviation 1.
 *
 * @example new Embedding(10, 4).forward(tensor([[1, 2, 3]], { dtype: "int32" })).shape   // [1, 3, 4]
 */
export class Embedding<Words extends number = number, Features extends number = number> extends Module {
  readonly weight: Parameter<[Words, Features]>;
  /** Counted from the front; null for none. */
  readonly paddingIndex: number | null;

  /** @throws {ArgumentError} if a width is not a whole number of at least 1, or paddingIndex is no row. */
  constructor(numEmbeddings: Words, embeddingDim: Features, options: EmbeddingLayerOptions = {}) {
    super();
    checkOptions("Embedding", options, ["paddingIndex", "dtype", "generator"]);
    checkWidths("Embedding", { numEmbeddings, embeddingDim });
    const { paddingIndex: padding = null, dtype = "float32", generator } = options;
    if (
      padding !== null &&
      !(Number.isInteger(padding) && padding >= -numEmbeddings && padding < numEmbeddings)
    ) {
      const what = `paddingIndex is ${padding}, the table has ${numEmbeddings} rows.`;
      throw new ArgumentError("Embedding", "paddingIndex", what, "Give the number of a row.");
    }
    this.paddingIndex = padding === null || padding >= 0 ? padding : padding + numEmbeddings;
    this.weight = new Parameter(
      zeros<[Words, Features], FloatDType>([numEmbeddings, embeddingDim], { dtype }),
    );
    normal(this.weight, generator === undefined ? {} : { generator });
    if (this.paddingIndex !== null)
      this.weight.value.slice(this.paddingIndex).assign(0, { writer: "Embedding" });
  }

  /**
   * @param input positions in the table, from 0.
   * @throws {IndexError} if one is outside the table.
   * @throws {DTypeError} if they are neither int32 nor uint8.
   */
  override forward<X extends Value>(input: X): Variable<Resolved<RowsOf<ShapeOf<X>, [Words, Features]>>> {
    const options = this.paddingIndex === null ? {} : { paddingIndex: this.paddingIndex };
    const [index, weight]: [Value, Variable] = [input, this.weight];
    return asVariable(embedding(index, weight, options)) as Variable<
      Resolved<RowsOf<ShapeOf<X>, [Words, Features]>>
    >;
  }
}
