/** Recording a trace. Built on listening alone: neither the tape nor the sweep knows of it. */
import { ArgumentError, checkOptions, type Tensor } from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import { type ForwardEvent, type Listener, listen } from "../listener.ts";
import type { Node } from "../node.ts";
import type { Value } from "../variable.ts";
import { Captures } from "./captures.ts";
import { nanoseconds, PassRecorder } from "./passes.ts";
import { TapeNodes } from "./tape-nodes.ts";
import type { Trace, TraceScope } from "./trace.ts";

/** Settings of `record`. */
export interface RecordOptions {
  /** What leaves and constants are called: `model.namedParameters()`, or `[["images", images]]`. */
  readonly names?: Iterable<readonly [string, Value]>;
  /** The copies of tensors take at most so many bytes; tensors beyond it keep their statistics. Default 256 MiB. */
  readonly maxBytes?: number;
  /**
   * Note the user's line of each op, as the engine's stack tells it. Costs several times what a small op costs. Or a
   * function that tells the place: it is called when an op was applied. Default false.
   */
  readonly places?: boolean | (() => string | null);
  /** Texts that are kept with the trace. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** The clock, in milliseconds. Default: performance.now. */
  readonly now?: () => number;
}

const optionNames = ["names", "maxBytes", "places", "metadata", "now"];

/**
 * Runs `body` and gives a trace of it: every op with its value, every backward pass with each edge's contribution, each
 * running sum and each complete adjoint. No number changes: what `body` computes is the same to the last bit.
 *
 * Values are copied when they come up, so that later writes do not show; every one is read for its statistics, which
 * makes a recorded step several times slower. What ops compute inside a backward pass is recorded where the pass itself
 * is (createGraph). Module paths appear as scopes if the modules announce themselves: see `withModuleScopes` in nn.
 *
 * @throws {ArgumentError} if body returns a promise (a listener hears nothing after an await), or on an option that is
 * unknown or out of range.
 * @example const trace = record(() => step(images, labels), { names: model.namedParameters() });
 */
export function record(body: () => unknown, options: RecordOptions = {}): Trace {
  checkOptions("record", options, optionNames);
  const { maxBytes = 256 * 2 ** 20 } = options;
  if (!(maxBytes >= 0)) {
    const remedy = "Give a number of bytes of at least 0; 0 keeps statistics alone.";
    throw new ArgumentError("record", "maxBytes", `maxBytes is ${maxBytes}.`, remedy);
  }
  const recorder = new Recorder(maxBytes, options);
  const result = listen(recorder, body);
  if (!(result instanceof Promise)) return recorder.trace(options.metadata ?? {});
  // The promise is nobody's any more; its failure shall not end the program.
  result.catch(() => {});
  throw new ArgumentError(
    "record",
    "body",
    "body returned a promise, and what runs after an await is not heard.",
    "Await what it needs before, and record one step.",
  );
}

class Recorder implements Listener {
  readonly #now: () => number;
  readonly #captures: Captures;
  readonly #nodes: TapeNodes;
  readonly #scopes: TraceScope[] = [];
  readonly #openScopes: number[] = [];
  readonly #passes: PassRecorder[] = [];
  readonly #openPasses: PassRecorder[] = [];
  /** Since when the ops compute that are at it, the outermost first: the forward of one may apply others. */
  readonly #computing: number[] = [];

  constructor(maxBytes: number, { names = [], places = false, now }: RecordOptions) {
    this.#now = now ?? ((): number => performance.now());
    this.#captures = new Captures(maxBytes);
    const byTensor = new Map<Tensor, string>();
    for (const [name, value] of names) byTensor.set(tensorOf(value), name);
    this.#nodes = new TapeNodes(this.#captures, byTensor, places);
  }

  trace(metadata: Readonly<Record<string, string>>): Trace {
    return {
      version: 1,
      metadata: new Map(Object.entries(metadata)),
      scopes: this.#scopes,
      nodes: this.#nodes.finish(),
      passes: this.#passes.map(({ pass }) => pass),
    };
  }

  enter(name: string, kind: string): void {
    const id = this.#scopes.length;
    this.#scopes.push({ id, parent: this.#openScopes.at(-1) ?? null, name, kind });
    this.#openScopes.push(id);
  }

  leave(): void {
    this.#openScopes.pop();
  }

  applying(): void {
    this.#nodes.countSaved();
    this.#computing.push(this.#now());
  }

  forward(event: ForwardEvent): void {
    const end = this.#now();
    const pass = this.#openPasses.at(-1);
    const begun = this.#computing.pop() ?? end;
    // What a rule computes is its own business, unless it is recorded; so is what an op's forward applies.
    if (this.#computing.length > 0 || pass?.createGraph === false) return;
    this.#nodes.addOp(event, {
      scope: this.#openScopes.at(-1) ?? null,
      pass: pass?.position ?? null,
      nanoseconds: nanoseconds(end - begun),
    });
  }

  failed(): void {
    this.#computing.pop();
  }

  sweep(createGraph: boolean): void {
    this.#nodes.countSaved();
    const position = this.#passes.length;
    const pass = new PassRecorder(createGraph, position, this.#nodes, this.#captures, this.#now);
    this.#passes.push(pass);
    this.#openPasses.push(pass);
  }

  swept(): void {
    this.#openPasses.pop();
  }

  node(node: Node, adjoint: Value): void {
    this.#openPasses.at(-1)?.node(node, adjoint);
  }

  rule(): void {
    this.#nodes.countSaved();
    this.#openPasses.at(-1)?.rule();
  }

  contribution(_node: Node, input: number, target: Node, value: Value): void {
    this.#openPasses.at(-1)?.contribution(input, target, value);
  }

  accumulated(target: Node, sum: Value): void {
    this.#openPasses.at(-1)?.accumulated(target, sum);
  }
}
