/**
 * Anomaly mode: which op made the first NaN or infinity, and where the user called it. Built on listening alone.
 */
import { checkOptions, type Tensor } from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import { GradientError } from "../errors.ts";
import { type ForwardEvent, type Listener, listen } from "../listener.ts";
import type { Node } from "../node.ts";
import type { Value } from "../variable.ts";
import { sourceLine, stackHere } from "./source-line.ts";
import { formatStatistics, type Statistics, statisticsOf } from "./statistics.ts";

/** The first NaN or infinity inside `detectAnomaly`. */
export class AnomalyError extends GradientError {
  /** Whether the op's forward made it, or its VJP. */
  readonly phase: "forward" | "backward";
  /** The user's line that applied the op; empty where the engine tells none. */
  readonly place: string;
  /** What the op's inputs held. */
  readonly inputs: readonly Statistics[];
  /** What came out: the output, or the cotangent of an input. */
  readonly output: Statistics;

  constructor(op: string, phase: "forward" | "backward", made: string, call: Call, output: Statistics) {
    const place = sourceLine(call.stack?.stack);
    const where = place === "" ? "" : ` It was applied at ${place}.`;
    const inputs = call.inputs.map((each, i) => ` Input ${i} is ${formatStatistics(each)}.`).join("");
    super(op, `${made} ${countsOf(output)}.${where}${inputs}`, remedies[phase]);
    this.phase = phase;
    this.place = place;
    this.inputs = call.inputs;
    this.output = output;
  }
}

/** One application of an op. */
interface Call {
  readonly stack: Error | null;
  readonly inputs: readonly Statistics[];
}

const remedies = {
  forward: "Look for a logarithm or root of what is not positive, a division by 0, or an overflow.",
  backward: "Look at the derivative there: a root or norm at 0, or 0·∞ behind a where.",
};

/** Settings of `detectAnomaly`. */
export interface AnomalyOptions {
  /** Report infinities too, not only NaN. Default true; false where −∞ is at home, as in masked logits. */
  readonly infinities?: boolean;
}

/**
 * Runs `body`, and stops at the first op whose forward or backward makes a NaN or an infinity.
 *
 * NaN is reported wherever it comes up first, an infinity where none went in. Every value is read: this is for looking
 * for a fault, not for training.
 *
 * @returns what body returns.
 * @throws {AnomalyError} with the op, the user's line that applied it, and what went in and came out.
 * @example detectAnomaly(() => sum(variable([1, 2])))   // 3
 */
export function detectAnomaly<R>(body: () => R, options: AnomalyOptions = {}): R {
  checkOptions("detectAnomaly", options, ["infinities"]);
  return listen(new AnomalyListener(options.infinities ?? true), body);
}

class AnomalyListener implements Listener {
  readonly #infinities: boolean;
  readonly #calls: WeakMap<Node, Call> = new WeakMap();
  #adjoint: Value | null = null;
  /** A rule is running: what it computes is judged as a whole, under its op's name. */
  #inRule = false;

  constructor(infinities: boolean) {
    this.#infinities = infinities;
  }

  forward({ op, inputs, output, node }: ForwardEvent): void {
    if (this.#inRule && node === null) return;
    const call = { stack: stackHere(), inputs: inputs.flatMap((x) => statisticsOf(tensorOf(x)) ?? []) };
    if (node !== null) this.#calls.set(node, call);
    const made = this.#anomaly(output, call.inputs);
    if (made !== null && !this.#inRule)
      throw new AnomalyError(op.name, "forward", "its forward made", call, made);
  }

  node(_node: Node, adjoint: Value): void {
    this.#adjoint = adjoint;
  }

  rule(): void {
    this.#inRule = true;
  }

  contribution(node: Node, input: number, _target: Node, value: Value): void {
    this.#inRule = false;
    const cotangent = this.#adjoint === null ? null : statisticsOf(tensorOf(this.#adjoint));
    const made = this.#anomaly(tensorOf(value), cotangent === null ? [] : [cotangent]);
    if (made === null) return;
    const call = this.#calls.get(node) ?? { stack: null, inputs: [] };
    const what = `its VJP for input ${input}, ${node.op.formula(input)}, made`;
    throw new AnomalyError(node.op.name, "backward", what, call, made);
  }

  /** The statistics of `x` if it holds what is reported. */
  #anomaly(x: Tensor, before: readonly Statistics[]): Statistics | null {
    const now = statisticsOf(x);
    if (now === null) return null;
    if (now.nan > 0) return now;
    const spoilt = before.some(({ nan, infinite }) => nan + infinite > 0);
    return this.#infinities && now.infinite > 0 && !spoilt ? now : null;
  }
}

/** `2 NaN and 1 infinity among 6 numbers` */
function countsOf({ nan, infinite, size }: Statistics): string {
  const parts = [
    ...(nan > 0 ? [`${nan} NaN`] : []),
    ...(infinite > 0 ? [`${infinite} ${infinite === 1 ? "infinity" : "infinities"}`] : []),
  ];
  return `${parts.join(" and ")} among ${size} ${size === 1 ? "number" : "numbers"}`;
}
