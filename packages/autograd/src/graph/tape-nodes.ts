/** The nodes of a trace as they come up: ops that run, and the leaves and constants that they find. */
import { bytesPerElement, type Storage, type Tensor } from "@adjoint/tensor";
import { tensorOf } from "../apply.ts";
import type { ForwardEvent } from "../listener.ts";
import type { Node } from "../node.ts";
import { BatchedStorage } from "../transforms/batched-storage.ts";
import { sourceLine, stackHere } from "../transforms/source-line.ts";
import { type Value, Variable } from "../variable.ts";
import type { Captures } from "./captures.ts";
import { jsonData } from "./json-data.ts";
import type { TraceEdge, TraceNode } from "./trace.ts";

/** A node that is not finished: what it saves is counted later, and its stack, if it has one, is read last. */
interface Draft extends Omit<TraceNode, "savedBytes" | "place"> {
  savedBytes: number;
  readonly place: Error | string | null;
}

/** What only the recorder knows of an op that ran. */
interface Circumstances {
  readonly scope: number | null;
  readonly pass: number | null;
  readonly nanoseconds: number;
}

/** How an op's place is found; see `RecordOptions`. */
type Places = boolean | (() => string | null);

/** Where a value is in the trace, and the version of its storage then. */
interface Place {
  readonly id: number;
  readonly version: number;
}

/** The packages whose lines are no user's. A program among Adjoint's packages, the training on MNIST, is a user. */
const libraries = ["wasm", "tensor", "autograd", "compile", "onnx", "nn"];

/** The nodes of one trace. Ids are positions. */
export class TapeNodes {
  readonly #captures: Captures;
  readonly #names: ReadonlyMap<Tensor, string>;
  readonly #placeHere: () => Error | string | null;
  readonly #drafts: Draft[] = [];
  readonly #byNode: WeakMap<Node, Place> = new WeakMap();
  readonly #byTensor: WeakMap<Tensor, Place> = new WeakMap();
  readonly #brought: WeakSet<Storage> = new WeakSet();
  readonly #saved: WeakSet<Storage> = new WeakSet();
  /** The op recorded last. What it saves is counted a moment later: checkpoint lets go of some of it. */
  #latest: { readonly node: Node; readonly id: number } | null = null;

  constructor(captures: Captures, names: ReadonlyMap<Tensor, string>, places: Places) {
    this.#captures = captures;
    this.#names = names;
    this.#placeHere =
      typeof places === "function" ? places : (): Error | null => (places ? stackHere() : null);
  }

  /** Adds an op that ran. */
  addOp({ op, attributes, inputs, output, node }: ForwardEvent, around: Circumstances): void {
    const edges = inputs.map((input, i): TraceEdge => {
      return { source: this.#sourceOf(input), formula: op.formula(i), tracked: node?.edges[i] != null };
    });
    const id = this.#add({
      kind: "op",
      op: op.name,
      name: null,
      ...around,
      attributes: jsonData(attributes),
      inputs: edges,
      shape: output.shape,
      dtype: output.dtype,
      tracked: node !== null,
      value: this.#captures.of(output),
      valueBytes: this.#bytesBrought(output.storage),
      place: this.#placeHere(),
    });
    const place = { id, version: output.storage.version };
    // An op that gives its very input back makes no new tensor; off the tape it stays the earlier node's.
    if (this.#known(output) === null) this.#byTensor.set(output, place);
    if (node === null) return;
    this.#byNode.set(node, place);
    this.#latest = { node, id };
  }

  /** The id of a node on the tape, which is added with all that lies behind it if it is not there yet. */
  idOf(node: Node): number {
    const { variable } = node;
    if (variable !== null) return this.#leaf(node, variable.value);
    const known = this.#byNode.get(node);
    if (known !== undefined) return known.id;
    this.#addEarlier(node);
    return this.#byNode.get(node)?.id ?? 0;
  }

  /** Where the rule of input `input` of node `id` sends what it gives. */
  targetOf(id: number, input: number, target: Node): number {
    return this.#drafts[id]?.inputs[input]?.source ?? this.idOf(target);
  }

  /** Counts what the latest op is the first to save. To be called before anything else is saved or freed. */
  countSaved(): void {
    const latest = this.#latest;
    this.#latest = null;
    const draft = latest === null ? undefined : this.#drafts[latest.id];
    if (latest === null || draft === undefined) return;
    for (const tensor of latest.node.saved ?? []) {
      if (tensor === undefined || this.#saved.has(tensor.storage)) continue;
      this.#saved.add(tensor.storage);
      draft.savedBytes += bytesOf(tensor.storage);
    }
  }

  /** All nodes, finished. */
  finish(): TraceNode[] {
    this.countSaved();
    return this.#drafts.map((node) => ({ ...node, place: placeOf(node.place) }));
  }

  #add(draft: Omit<Draft, "id" | "savedBytes">): number {
    const id = this.#drafts.length;
    this.#drafts.push({ id, savedBytes: 0, ...draft });
    return id;
  }

  #sourceOf(input: Value): number {
    const tensor = tensorOf(input);
    const node = input instanceof Variable ? input.node : null;
    if (node === null) return this.#known(tensor)?.id ?? this.#constant(tensor);
    const id = this.idOf(node);
    const draft = this.#drafts[id];
    // An op from before the recording: its value is known now.
    if (draft !== undefined && draft.value === null) {
      this.#drafts[id] = { ...draft, value: this.#captures.of(tensor) };
      this.#byTensor.set(tensor, { id, version: tensor.storage.version });
    }
    return id;
  }

  /** The node that holds `tensor`, unless it was written since. */
  #known(tensor: Tensor): Place | null {
    const place = this.#byTensor.get(tensor);
    return place !== undefined && place.version === tensor.storage.version ? place : null;
  }

  /** The node of a leaf; a new one where an optimizer wrote to it since. */
  #leaf(node: Node, tensor: Tensor): number {
    const known = this.#byNode.get(node);
    if (known !== undefined && known.version === tensor.storage.version) return known.id;
    const place = { id: this.#addFound("leaf", tensor), version: tensor.storage.version };
    this.#byNode.set(node, place);
    this.#byTensor.set(tensor, place);
    return place.id;
  }

  #constant(tensor: Tensor): number {
    const id = this.#addFound("constant", tensor);
    this.#byTensor.set(tensor, { id, version: tensor.storage.version });
    return id;
  }

  #addFound(kind: "leaf" | "constant", tensor: Tensor): number {
    return this.#add({
      kind,
      op: kind,
      name: this.#names.get(tensor) ?? null,
      ...nowhere,
      attributes: null,
      inputs: [],
      shape: tensor.shape,
      dtype: tensor.dtype,
      tracked: kind === "leaf",
      value: this.#captures.of(tensor),
      valueBytes: this.#bytesBrought(tensor.storage),
      place: null,
    });
  }

  /** Adds an op that ran before the recording, after all that it came from. Iterative: graphs may be 100,000 deep. */
  #addEarlier(root: Node): void {
    const missing = new Set([root]);
    for (const node of missing) {
      for (const edge of node.edges) if (edge !== null && !this.#byNode.has(edge)) missing.add(edge);
    }
    for (const node of [...missing].sort((a, b) => a.sequence - b.sequence)) {
      const { op, attributes, edges, shape, dtype, variable } = node;
      if (variable !== null) {
        this.#leaf(node, variable.value);
        continue;
      }
      const inputs = edges.map((edge, i): TraceEdge => {
        return { source: edge && this.idOf(edge), formula: op.formula(i), tracked: edge !== null };
      });
      const id = this.#add({
        kind: "op",
        op: op.name,
        name: null,
        ...nowhere,
        attributes: jsonData(attributes),
        inputs,
        shape,
        dtype,
        tracked: true,
        value: null,
        valueBytes: 0,
        place: null,
      });
      this.#byNode.set(node, { id, version: 0 });
    }
  }

  /** Bytes of `storage`, which count where it comes up first. */
  #bytesBrought(storage: Storage): number {
    if (this.#brought.has(storage)) return 0;
    this.#brought.add(storage);
    return bytesOf(storage);
  }
}

const nowhere: Circumstances = { scope: null, pass: null, nanoseconds: 0 };

function bytesOf(storage: Storage): number {
  const { length, dtype } = storage instanceof BatchedStorage ? storage.physical : storage;
  return length * bytesPerElement(dtype);
}

/** The user's line; a place that was told stays as it is. */
function placeOf(place: Error | string | null): string | null {
  if (!(place instanceof Error)) return place;
  const line = sourceLine(place.stack, import.meta.url, libraries);
  return line === "" ? null : line;
}
