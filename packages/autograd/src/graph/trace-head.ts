/** The head of a trace file, checked from end to end: what is given back keeps every invariant of a Trace. */
import { dtypes, formatShape } from "@adjoint/tensor";
import type { JsonReader } from "./json-reader.ts";
import type {
  Json,
  Trace,
  TraceContribution,
  TraceEdge,
  TraceNode,
  TracePass,
  TraceScope,
  TraceStep,
  TraceTensor,
} from "./trace.ts";
import { partsToAStep } from "./trace-file.ts";
import { readShape } from "./trace-tensors.ts";

/** Reads all but the tensors, to which places in the head refer by their positions in `tensors`; in steps. */
export function readHead(head: JsonReader, tensors: readonly TraceTensor[]): Generator<void, Trace> {
  return new HeadReader(head, tensors).trace();
}

const kinds = ["op", "leaf", "constant"] as const;

class HeadReader {
  readonly #head: JsonReader;
  readonly #tensors: readonly TraceTensor[];
  readonly #scopes: Map<number, TraceScope> = new Map();
  readonly #nodes: Map<number, TraceNode> = new Map();
  /** All ids of nodes, so that an edge from a later node is told from one from nowhere. */
  readonly #ids: ReadonlySet<unknown>;
  readonly #passCount: number;
  #parts = 0;

  constructor(head: JsonReader, tensors: readonly TraceTensor[]) {
    this.#head = head;
    this.#tensors = tensors;
    this.#ids = new Set(
      head
        .field("nodes")
        .items()
        .map((node) => node.field("id").raw()),
    );
    this.#passCount = head.field("passes").items().length;
  }

  *trace(): Generator<void, Trace> {
    const head = this.#head;
    const metadata = new Map(
      head
        .field("metadata")
        .entries()
        .map(([key, value]) => [key, value.text()]),
    );
    for (const item of head.field("scopes").items()) {
      this.#addScope(item);
      if (this.#isStep()) yield;
    }
    for (const item of head.field("nodes").items()) {
      this.#addNode(item);
      if (this.#isStep()) yield;
    }
    const passes: TracePass[] = [];
    for (const item of head.field("passes").items()) passes.push(yield* this.#pass(item));
    const [scopes, nodes] = [[...this.#scopes.values()], [...this.#nodes.values()]];
    return { version: 1, metadata, scopes, nodes, passes };
  }

  /** Whether a part that was read now is the last of a step. */
  #isStep(): boolean {
    return ++this.#parts % partsToAStep === 0;
  }

  #addScope(item: JsonReader): void {
    const id = freshId(item, this.#scopes);
    const parent = item.field("parent").orNull((value) => existing(value, this.#scopes, "an earlier scope"));
    const [name, kind] = [item.field("name").text(), item.field("kind").text()];
    this.#scopes.set(id, { id, parent: parent?.id ?? null, name, kind });
  }

  #addNode(item: JsonReader): void {
    const id = freshId(item, this.#nodes);
    const kind = item.field("kind").choice(kinds);
    const inputs = item
      .field("inputs")
      .items()
      .map((edge) => this.#edge(edge));
    if (kind !== "op" && inputs.length > 0) throw item.field("inputs").wrong(`is not empty in a ${kind}`);
    const shape = readShape(item.field("shape"));
    const dtype = item.field("dtype").choice(dtypes);
    const scope = item.field("scope").orNull((value) => existing(value, this.#scopes, "a scope"));
    this.#nodes.set(id, {
      id,
      kind,
      op: item.field("op").text(),
      name: item.field("name").orNull((value) => value.text()),
      scope: scope?.id ?? null,
      pass: item.field("pass").orNull((value) => value.whole(this.#passCount - 1)),
      attributes: readJson(item.field("attributes")),
      inputs,
      shape,
      dtype,
      tracked: item.field("tracked").flag(),
      value: item.field("value").orNull((value) => this.#tensor(value, { shape, dtype })),
      place: item.field("place").orNull((value) => value.text()),
      nanoseconds: item.field("nanoseconds").whole(),
      savedBytes: item.field("savedBytes").whole(),
      valueBytes: item.field("valueBytes").whole(),
    });
  }

  #edge(item: JsonReader): TraceEdge {
    const source = item.field("source").orNull((value) => {
      if (this.#ids.has(value.raw()) && !this.#nodes.has(value.whole())) {
        throw value.wrong("is the node itself or a later one, which makes a cycle");
      }
      return existing(value, this.#nodes, "a node").id;
    });
    return { source, formula: item.field("formula").text(), tracked: item.field("tracked").flag() };
  }

  *#pass(item: JsonReader): Generator<void, TracePass> {
    const seeds = item
      .field("seeds")
      .items()
      .map((seed) => {
        const node = existing(seed.field("node"), this.#nodes, "a node");
        return { node: node.id, sum: this.#tensor(seed.field("sum"), node) };
      });
    const visited = new Set<number>();
    const steps: TraceStep[] = [];
    for (const step of item.field("steps").items()) {
      steps.push(this.#step(step, visited));
      if (this.#isStep()) yield;
    }
    return { createGraph: item.field("createGraph").flag(), seeds, steps };
  }

  #step(item: JsonReader, visited: Set<number>): TraceStep {
    const node = existing(item.field("node"), this.#nodes, "a node");
    if (visited.has(node.id)) throw item.field("node").wrong("comes up twice in a pass");
    visited.add(node.id);
    const adjoint = this.#tensor(item.field("adjoint"), node);
    const contributions = item
      .field("contributions")
      .items()
      .map((each) => this.#contribution(each, node));
    return { node: node.id, adjoint, contributions };
  }

  #contribution(item: JsonReader, node: TraceNode): TraceContribution {
    const input = item.field("input").whole();
    const edge = node.inputs[input];
    if (edge === undefined) throw item.field("input").wrong(`is no input of node ${node.id}`);
    const target = existing(item.field("target"), this.#nodes, "a node");
    if (target.id !== edge.source) throw item.field("target").wrong(`is not where input ${input} comes from`);
    return {
      input,
      target: target.id,
      value: this.#tensor(item.field("value"), target),
      sum: this.#tensor(item.field("sum"), target),
      ruleNanoseconds: item.field("ruleNanoseconds").whole(),
      sumNanoseconds: item.field("sumNanoseconds").whole(),
    };
  }

  /** The tensor at a position of the table; it belongs to `owner`, whose dtype it has, and whose shape at its end. */
  #tensor(item: JsonReader, { shape, dtype }: Pick<TraceNode, "shape" | "dtype">): TraceTensor {
    const tensor = this.#tensors[item.whole(this.#tensors.length - 1)];
    if (tensor === undefined) throw item.wrong("is no position in tensors");
    const hidden = tensor.shape.length - shape.length;
    const fits = hidden >= 0 && shape.every((size, axis) => tensor.shape[hidden + axis] === size);
    if (fits && tensor.dtype === dtype) return tensor;
    const [found, expected] = [
      `${tensor.dtype} ${formatShape(tensor.shape)}`,
      `${dtype} ${formatShape(shape)}`,
    ];
    throw item.wrong(`is a tensor ${found} where ${expected} belongs`);
  }
}

function freshId(item: JsonReader, known: ReadonlyMap<number, unknown>): number {
  const id = item.field("id").whole();
  if (known.has(id)) throw item.field("id").wrong("comes up twice");
  return id;
}

function existing<T>(item: JsonReader, known: ReadonlyMap<number, T>, what: string): T {
  const found = known.get(item.whole());
  if (found === undefined) throw item.wrong(`is not the id of ${what}`);
  return found;
}

/** How deep attributes may be; the head around them takes a few levels more. */
const attributeDepth = 24;

/** A copy of any data. A `__proto__` is refused: whoever copied it on would change an object's prototype. */
function readJson(item: JsonReader, depth = 0): Json {
  const value = item.raw();
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value + 0;
  if (depth === attributeDepth) throw item.wrong(`is nested deeper than ${attributeDepth}`);
  if (Array.isArray(value)) return item.items().map((each) => readJson(each, depth + 1));
  const entries = item.entries().map(([key, each]) => {
    if (key === "__proto__") throw item.wrong('has a property "__proto__"');
    return [key, readJson(each, depth + 1)] as const;
  });
  return Object.fromEntries(entries);
}
