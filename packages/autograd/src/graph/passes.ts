/** The backward passes of a trace, step by step as the sweep tells them. */
import { tensorOf } from "../apply.ts";
import type { Node } from "../node.ts";
import type { Value } from "../variable.ts";
import type { Captures } from "./captures.ts";
import type { TapeNodes } from "./tape-nodes.ts";
import type { TraceContribution, TracePass, TraceSeed, TraceStep, TraceTensor } from "./trace.ts";

/** A contribution whose sum is not known yet. */
interface Given {
  readonly input: number;
  readonly target: number;
  readonly value: TraceTensor;
  readonly ruleNanoseconds: number;
}

/** A pass that is under way. */
export class PassRecorder {
  readonly createGraph: boolean;
  /** Its position in the trace. */
  readonly position: number;
  readonly #nodes: TapeNodes;
  readonly #captures: Captures;
  readonly #now: () => number;
  readonly #seeds: TraceSeed[] = [];
  readonly #steps: (TraceStep & { readonly contributions: TraceContribution[] })[] = [];
  /** Where what has arrived at a node went: a leaf that was written since may be there twice. */
  readonly #arrived: Map<Node, number> = new Map();
  #given: Given | null = null;
  #begun = 0;

  constructor(
    createGraph: boolean,
    position: number,
    nodes: TapeNodes,
    captures: Captures,
    now: () => number,
  ) {
    this.createGraph = createGraph;
    this.position = position;
    this.#nodes = nodes;
    this.#captures = captures;
    this.#now = now;
  }

  /** What was recorded up to now. */
  get pass(): TracePass {
    return { createGraph: this.createGraph, seeds: this.#seeds, steps: this.#steps };
  }

  /** The adjoint of `node` is complete. */
  node(node: Node, adjoint: Value): void {
    const id = this.#arrived.get(node) ?? this.#nodes.idOf(node);
    this.#steps.push({ node: id, adjoint: this.#captures.of(tensorOf(adjoint)), contributions: [] });
  }

  /** A rule is about to run. */
  rule(): void {
    this.#begun = this.#now();
  }

  /** A rule of the latest step's node gave `value`. */
  contribution(input: number, target: Node, value: Value): void {
    const ruleNanoseconds = this.#elapsed();
    const id = this.#nodes.targetOf(this.#steps.at(-1)?.node ?? 0, input, target);
    this.#arrived.set(target, id);
    this.#given = { input, target: id, value: this.#captures.of(tensorOf(value)), ruleNanoseconds };
    this.#begun = this.#now();
  }

  /** The sum at `target` after a contribution, or after a seed. */
  accumulated(target: Node, sum: Value): void {
    const sumNanoseconds = this.#elapsed();
    const shown = this.#captures.of(tensorOf(sum));
    const given = this.#given;
    this.#given = null;
    if (given !== null) this.#steps.at(-1)?.contributions.push({ ...given, sum: shown, sumNanoseconds });
    else this.#seeds.push({ node: this.#nodes.idOf(target), sum: shown });
  }

  #elapsed(): number {
    return nanoseconds(this.#now() - this.#begun);
  }
}

/** Milliseconds as whole nanoseconds; 0 where a clock ran backwards. */
export function nanoseconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1e6));
}
