/** The nodes of the tape. */
import type { DType, Tensor } from "@adjoint/tensor";
import type { AnyOp } from "./op.ts";
import { levelsOf } from "./transforms/batched-storage.ts";
import type { Level } from "./transforms/level.ts";
import type { Value, Variable } from "./variable.ts";

/** A function that sees a gradient on its way, and may put another in its place. */
// biome-ignore lint/suspicious/noConfusingVoidType: a hook may well be a function that returns nothing.
export type GradientHook = (gradient: Variable) => Value | undefined | void;

/** One registration of a function; the same function may be registered several times. */
export interface Registration<F> {
  readonly run: F;
}

/**
 * One application of an op, or a leaf.
 *
 * A node points at the nodes of its inputs and at nothing else of the graph, so that dropping the loss drops the whole
 * graph. Sequence numbers grow with time: an input's is always smaller than its consumer's, which makes descending
 * order a topological one.
 */
export class Node {
  /** The op that was applied; for a leaf, one that has no rules. */
  readonly op: AnyOp;
  readonly attributes: unknown;
  /** One for each input: its node, or null for an input that needs no gradient. */
  readonly edges: readonly (Node | null)[];
  /** Shape and dtype of the output, and so of its gradient. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The calls of vmap in which the output has a batch axis; mostly none. */
  readonly levels: readonly Level[];
  readonly sequence: number;
  /** For a leaf, the variable whose `grad` is written. */
  readonly variable: Variable | null;
  /** Tensors the rules read: inputs at their positions, the output behind them; null when freed. */
  saved: (Tensor | undefined)[] | null;
  /** The storages' versions when they were saved. */
  versions: number[];
  /** Fills in what was left out of `saved`, because it is made again when a rule asks for it; see checkpoint. */
  restore: (() => void) | null = null;
  hooks: readonly Registration<GradientHook>[] | null = null;
  /** Run on a leaf after its `grad` was written. */
  postHooks: readonly Registration<(variable: Variable) => void>[] | null = null;
  /** The variable, not a leaf, that asked to keep its gradient. */
  retained: Variable | null = null;

  // The state of a sweep that is under way: what has arrived so far, and who may hold its memory: the sweep alone, which
  // made it; at most the rule that made it; or others (the user, another node).
  pending: Value | null = null;
  pendingHolder: "sweep" | "rule" | "others" = "others";
  visit = 0;

  constructor(
    op: AnyOp,
    attributes: unknown,
    edges: readonly (Node | null)[],
    output: Tensor,
    variable: Variable | null,
  ) {
    this.op = op;
    this.attributes = attributes;
    this.edges = edges;
    this.shape = output.shape;
    this.dtype = output.dtype;
    this.levels = levelsOf(output.storage);
    this.sequence = nextSequence();
    this.variable = variable;
    this.saved = none;
    this.versions = noVersions;
  }

  /** True for the node of a variable that no op made. */
  get isLeaf(): boolean {
    return this.variable !== null;
  }

  /** Keeps `tensor` for the rules in `slot`. */
  save(slot: number, tensor: Tensor): void {
    if (this.saved === null || this.saved === none) {
      // At full length from the start: an array that grows takes several times the memory.
      this.saved = new Array<Tensor | undefined>(this.edges.length + 1);
      this.versions = new Array<number>(this.edges.length + 1);
    }
    this.saved[slot] = tensor;
    this.versions[slot] = tensor.storage.version;
  }

  /** Lets go of what was saved; a node that saved nothing can be run again. */
  release(): void {
    if (this.saved === none) return;
    this.saved = null;
    this.restore = null;
  }
}

/** What a node that saves nothing holds. Never written. */
const none: (Tensor | undefined)[] = [];
const noVersions: number[] = [];

let sequence = 0;
function nextSequence(): number {
  return sequence++;
}
