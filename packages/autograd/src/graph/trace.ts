/**
 * What a trace holds: plain data, without a tie to the tape that it was taken from.
 *
 * Invariants, which `record` keeps and `decodeTrace` checks: ids are unique; nodes stand in order of execution, so that
 * an edge comes from an earlier node and there is no cycle; whatever is referred to is there.
 */
import type { DType, TypedArray } from "@adjoint/tensor";

/** What JSON can say. Numbers it cannot are strings here: `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a tensor holds, told of its finite elements; where there are none, min, max and mean are NaN. */
export interface TraceStatistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** √Σx². */
  readonly norm: number;
  /** How many elements are 0 or −0, NaN, and infinite. */
  readonly zeros: number;
  readonly nan: number;
  readonly infinite: number;
}

/** A tensor as it was at one moment. One object stands for all places of a trace where the same tensor was. */
export interface TraceTensor {
  readonly dtype: DType;
  /** The shape; of a tensor inside `vmap` with the hidden batch axes in front, the outermost first. */
  readonly shape: readonly number[];
  /** Null where there were no numbers: in a program that is recorded for compilation. */
  readonly statistics: TraceStatistics | null;
  /** The elements in row-major order, to the last bit; null where the bound on the trace's size left no room. */
  readonly data: TypedArray | null;
}

/** A named part of the program that ran: a call of a module, mostly. A module that is called twice has two. */
export interface TraceScope {
  readonly id: number;
  /** The scope that this one began in. */
  readonly parent: number | null;
  /** The whole name, `0` or `encoder.layers.2`; empty for the outermost module. */
  readonly name: string;
  /** The class of a module: `Linear`. */
  readonly kind: string;
}

/** One input of a node. */
export interface TraceEdge {
  /** The node that the value comes from; null if it came from before the recording and needs no gradient. */
  readonly source: number | null;
  /** The VJP along this edge as a formula; where there is none, why. */
  readonly formula: string;
  /** A gradient can flow here. */
  readonly tracked: boolean;
}

/** One application of an op; or what the program found: a leaf, which requires grad, or a constant. */
export interface TraceNode {
  readonly id: number;
  readonly kind: "op" | "leaf" | "constant";
  /** The op's name; `leaf` and `constant` for the others. */
  readonly op: string;
  /** What `names` called it: a parameter's name. */
  readonly name: string | null;
  /** The innermost scope that it ran in; null for leaves and constants, which belong to nobody. */
  readonly scope: number | null;
  /** The backward pass, by position, whose rules ran it; null in the forward pass. */
  readonly pass: number | null;
  readonly attributes: Json;
  readonly inputs: readonly TraceEdge[];
  /** Of one example, where it is inside `vmap`. */
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** It is on the tape. */
  readonly tracked: boolean;
  /** Null for an op that ran before the recording. */
  readonly value: TraceTensor | null;
  /** The user's line that applied the op, `file:///home/me/train.ts:12:7`; null if it was not asked for. */
  readonly place: string | null;
  /** The forward's time, without what listeners take. */
  readonly nanoseconds: number;
  /** Memory that it saved for the backward pass and that no node before it had saved. */
  readonly savedBytes: number;
  /** Memory that its value brought; 0 for a view. */
  readonly valueBytes: number;
}

/** What went in at a root. */
export interface TraceSeed {
  readonly node: number;
  /** The running sum there: the seed itself, but for a root that is given twice. */
  readonly sum: TraceTensor;
}

/** What one rule gave for one edge. */
export interface TraceContribution {
  /** The position among the node's inputs. */
  readonly input: number;
  readonly target: number;
  /** Already summed to the target's shape and cast to its dtype. */
  readonly value: TraceTensor;
  /** The running sum at the target, this contribution in it. */
  readonly sum: TraceTensor;
  /** Time of the rule, and of adding what it gave. */
  readonly ruleNanoseconds: number;
  readonly sumNanoseconds: number;
}

/** The sweep's visit at one node. */
export interface TraceStep {
  readonly node: number;
  /** The complete adjoint: the last running sum, but where a hook put another in its place. */
  readonly adjoint: TraceTensor;
  /** In the order of the sweep. */
  readonly contributions: readonly TraceContribution[];
}

/** One backward pass. */
export interface TracePass {
  /** The pass was recorded itself; what its rules computed is among the nodes. */
  readonly createGraph: boolean;
  readonly seeds: readonly TraceSeed[];
  /** In the order of the sweep: every node after all its consumers. */
  readonly steps: readonly TraceStep[];
}

/** A recorded program: its ops in order of execution, and every backward pass in small steps. */
export interface Trace {
  readonly version: 1;
  /** What the writer noted. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly scopes: readonly TraceScope[];
  readonly nodes: readonly TraceNode[];
  readonly passes: readonly TracePass[];
}
