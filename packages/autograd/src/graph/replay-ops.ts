/** The nodes of a trace as ops that can be applied again, and the values that the trace holds. */
import { type DType, formatShape, isFloat, sameShape, type Tensor, tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { ReplayError } from "../errors.ts";
import type { AnyOp } from "../op.ts";
import { cast } from "../ops/cast.ts";
import type { Value } from "../variable.ts";
import { attributesFrom, isWhole } from "./attributes.ts";
import * as libraryOps from "./op-table.ts";
import type { Trace, TraceNode, TraceTensor } from "./trace.ts";

/** How a trace is run again. */
export interface RunSettings {
  /** Whose errors they are. */
  readonly caller: string;
  /** Ops that are not the library's own, or that shall stand in place of the library's of the same name. */
  readonly ops?: readonly AnyOp[] | undefined;
  /** Every floating-point value is brought to it. Without it each node keeps its own. */
  readonly dtype?: "float32" | "float64" | undefined;
}

/** An op with its attributes. */
interface Applicable {
  readonly op: AnyOp;
  readonly attributes: unknown;
}

/** A trace, ready to be run again. What is asked of a node twice is worked out once. */
export class ReplayOps {
  readonly trace: Trace;
  readonly #settings: RunSettings;
  readonly #nodes: ReadonlyMap<number, TraceNode>;
  readonly #ops: ReadonlyMap<string, AnyOp>;
  readonly #applicable: Map<number, Applicable> = new Map();
  readonly #recorded: Map<number, Tensor> = new Map();

  constructor(trace: Trace, settings: RunSettings) {
    this.trace = trace;
    this.#settings = settings;
    this.#nodes = new Map(trace.nodes.map((node) => [node.id, node]));
    this.#ops = new Map(
      [...Object.values<AnyOp>(libraryOps), ...(settings.ops ?? [])].map((op) => [op.name, op]),
    );
  }

  /** The node with that id. @throws {RangeError} if the trace has none. */
  node(id: number): TraceNode {
    const node = this.#nodes.get(id);
    if (node !== undefined) return node;
    throw new RangeError(
      `[${this.#settings.caller}] the trace has no node ${id}. Give the id of one of trace.nodes.`,
    );
  }

  /** The op that `node` applied. @throws {ReplayError} if it cannot be had. */
  opOf(node: TraceNode): AnyOp {
    return this.#applicableOf(node).op;
  }

  /** `node`'s op applied to other inputs. @throws {ReplayError} if it cannot be. */
  apply(node: TraceNode, inputs: readonly Value[]): Value {
    const { op, attributes } = this.#applicableOf(node);
    const output = this.#tried(node, () => apply(op, inputs, attributes));
    if (!sameShape(output.shape, node.shape)) {
      const what = `gave ${formatShape(output.shape)}, and the trace says ${formatShape(node.shape)}`;
      throw this.#obstacle("numbers", node, what, sameShapes);
    }
    const { dtype } = this.#settings;
    if (dtype === undefined || !isFloat(output.dtype) || output.dtype === dtype) return output;
    return cast(output, dtype);
  }

  /** The value that the trace holds of node `id`. @throws {ReplayError} if it holds none. */
  recorded(id: number): Tensor {
    const known = this.#recorded.get(id);
    if (known !== undefined) return known;
    const node = this.node(id);
    if (node.value === null)
      throw this.#obstacle(
        "data",
        node,
        "ran before the recording, and its value is not in the trace",
        record,
      );
    const value = this.tensor(node.value, node);
    this.#recorded.set(id, value);
    return value;
  }

  /** A tensor of the trace, which belongs to `node`, in the dtype of the run. @throws {ReplayError} if it has no data. */
  tensor(value: TraceTensor, node: TraceNode): Tensor {
    const { data, shape, dtype, statistics } = value;
    this.#checkPlain(value, node);
    if (data === null) {
      const why =
        statistics === null ? "was recorded for compilation, without numbers" : "has its statistics alone";
      throw this.#obstacle(
        "data",
        node,
        why,
        statistics === null ? record : "Record it with a larger maxBytes.",
      );
    }
    return this.converted(tensor(data, { shape, dtype }), node);
  }

  /** The node whose value input `input` of `node` reads. @throws {ReplayError} if it is not in the trace. */
  source(node: TraceNode, input: number): TraceNode {
    const source = node.inputs[input]?.source ?? null;
    if (source !== null) return this.node(source);
    throw this.#obstacle(
      "earlier",
      node,
      `ran before the recording, and its input ${input} is not in the trace`,
      record,
    );
  }

  #applicableOf(node: TraceNode): Applicable {
    const known = this.#applicable.get(node.id);
    if (known !== undefined) return known;
    const op = this.#checkedOp(node);
    if (!isWhole(node.attributes)) {
      const what = "has attributes that were too large for the trace";
      throw this.#obstacle("op", node, what, "Record an op with fewer of them.");
    }
    const attributes = attributesFrom(node.attributes);
    const { dtype } = this.#settings;
    // In another precision a cast between floats goes to that precision.
    const changed = op.name === "cast" && isFloat(attributes as DType) ? (dtype ?? attributes) : attributes;
    const applicable = { op, attributes: changed };
    this.#applicable.set(node.id, applicable);
    return applicable;
  }

  #checkPlain({ shape }: TraceTensor, node: TraceNode): void {
    if (shape.length === node.shape.length) return;
    const what = `has the hidden axes of vmap: its value is ${formatShape(shape)}`;
    throw this.#obstacle("vmap", node, what, recordPlain);
  }

  /** The op by name, if it says of its rules what the trace says: a customVjp may be called `relu` too. */
  #checkedOp(node: TraceNode): AnyOp {
    if (node.value !== null) this.#checkPlain(node.value, node);
    const op = this.#ops.get(node.op);
    if (op === undefined) {
      const remedy =
        "Give it in ops if defineOp made it; a customVjp and what runs inside vmap cannot be run from a trace.";
      throw this.#obstacle("op", node, "is no op of the library", remedy);
    }
    const formulas = node.inputs.map((_, i) => formulaOf(op, i));
    const other = node.inputs.findIndex(({ formula }, i) => formulas[i] !== formula);
    if (other < 0) return op;
    const what = `says "${node.inputs[other]?.formula}" of input ${other}, and the op of that name "${formulas[other]}"`;
    const remedy = "Give the op that was recorded in ops; a customVjp cannot be run from a trace.";
    throw this.#obstacle("op", node, what, remedy);
  }

  /** `value` for `node`: in the dtype of the run, without one in the node's own. */
  converted(value: Tensor, node: TraceNode): Tensor {
    const { dtype = node.dtype } = this.#settings;
    const wanted = isFloat(node.dtype) ? dtype : node.dtype;
    return value.dtype === wanted ? value : value.cast(wanted);
  }

  /** What `run` gives. The op of a file may have attributes or inputs that no op ever had. */
  #tried(node: TraceNode, run: () => Value): Value {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof Error) || error instanceof ReplayError) throw error;
      throw this.#obstacle("op", node, `cannot be applied: ${error.message}`, sameShapes);
    }
  }

  #obstacle(
    obstacle: ReplayError["obstacle"],
    { id, op }: TraceNode,
    what: string,
    remedy: string,
  ): ReplayError {
    return new ReplayError(this.#settings.caller, `node ${id}, ${op}, ${what}.`, remedy, obstacle, id);
  }
}

/** The formula of input `input`; a trace may have more inputs than its op. */
function formulaOf(op: AnyOp, input: number): string {
  try {
    return op.formula(input);
  } catch {
    return "no such input";
  }
}

const sameShapes = "Give values of the shapes that were recorded, to the ops that were recorded.";
const record = "Record the whole program, from its leaves on.";
const recordPlain = "Record the program without vmap, on the batch or on one example.";
