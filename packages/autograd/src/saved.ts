/** What a node kept of its forward pass, as its VJP rules read it. */
import type { Tensor } from "@adjoint/tensor";
import { GradientError, SavedTensorError } from "./errors.ts";
import type { Node } from "./node.ts";
import { type Value, Variable } from "./variable.ts";

/**
 * The reader of a node's saved tensors, made once a sweep and pointed at one node after the other.
 *
 * Without createGraph the rules get Tensors and compute plain numbers; with it they get Variables that stand on the
 * tape where the saved ones stood, and what the rules compute is recorded.
 */
export class Saved<A> {
  readonly #createGraph: boolean;
  #node: Node;

  constructor(node: Node, createGraph: boolean) {
    this.#node = node;
    this.#createGraph = createGraph;
  }

  /** Points at the node whose rules run next. */
  read(node: Node): void {
    this.#node = node;
  }

  /** The attributes that the op was applied with. */
  get attributes(): A {
    return this.#node.attributes as A;
  }

  /** The output's shape. */
  get shape(): readonly number[] {
    return this.#node.shape;
  }

  /**
   * Input `i`, which the rule must have named in `saves`.
   *
   * @throws {GradientError} if an earlier backward pass freed it.
   * @throws {SavedTensorError} if its storage was written since the forward pass.
   */
  input(i: number): Value {
    return this.#wrap(this.#take(i), this.#node.edges[i] ?? null);
  }

  /** The output, which the rule must have named in `saves`. Errors as `input`. */
  output(): Value {
    return this.#wrap(this.#take(this.#node.edges.length), this.#node);
  }

  /** The shape of input `i`, which must be the one that the rule is for. @throws {GradientError} if it is not tracked. */
  inputShape(i: number): readonly number[] {
    const edge = this.#node.edges[i];
    if (edge) return edge.shape;
    throw new GradientError(
      this.#node.op.name,
      `a rule asks for the shape of input ${i}, which requires no grad.`,
      "Ask for the shape of the rule's own input only; keep others among the attributes.",
    );
  }

  #wrap(tensor: Tensor, edge: Node | null): Value {
    return this.#createGraph && edge !== null ? Variable.at(tensor, edge) : tensor;
  }

  #take(slot: number): Tensor {
    const node = this.#node;
    if (node.saved === null) {
      throw new GradientError(
        node.op.name,
        "the tensors it saved for backward were freed by an earlier backward pass through this graph.",
        "Give backward { retainGraph: true } the first time, or run the forward pass again.",
      );
    }
    if (node.saved[slot] === undefined) node.restore?.();
    const tensor = node.saved[slot];
    if (tensor === undefined) {
      throw new GradientError(
        node.op.name,
        `a rule reads ${slotName(node, slot)}, which it does not save.`,
        "Name it in the rule's saves.",
      );
    }
    const version = node.versions[slot] ?? 0;
    if (tensor.storage.version !== version) {
      throw new SavedTensorError(
        node.op.name,
        `${slotName(node, slot)}, saved for backward at version ${version}, is at version ${tensor.storage.version}: "${tensor.storage.writer}" wrote to its storage since.`,
        "Write to a copy(), or write after the backward pass.",
        version,
        tensor.storage.version,
      );
    }
    return tensor;
  }
}

function slotName(node: Node, slot: number): string {
  return slot === node.edges.length ? "its output" : `its input ${slot}`;
}
