/**
 * A trace on its way to the engine. Pure.
 *
 * What is sent to a worker is copied at once, while the page stands still: 10,000 nodes take 100 ms. So a large trace goes
 * in parts, and is put together there. A small one goes whole: tensors that are one and the same stay so.
 */
import type { Trace, TraceNode, TracePass, TraceStep, TraceTensor } from "@adjoint/autograd/graph";

/** A piece of a trace. */
export type TracePart =
  | { readonly kind: "whole"; readonly trace: Trace }
  | { readonly kind: "head"; readonly head: Omit<Trace, "nodes" | "passes"> }
  | { readonly kind: "nodes"; readonly nodes: readonly TraceNode[] }
  | { readonly kind: "pass"; readonly pass: Omit<TracePass, "steps"> }
  /** Of the pass that came last. */
  | { readonly kind: "steps"; readonly steps: readonly TraceStep[] };

/** A part has at most so many nodes or steps, and ends after so many bytes of numbers. */
const atMost = { items: 100, bytes: 4_000_000 } as const;

/** The parts of `trace`, in the order in which they are put together. */
export function* traceParts(trace: Trace): Generator<TracePart, void> {
  const { nodes, passes, ...head } = trace;
  const steps = passes.reduce((count, pass) => count + pass.steps.length, 0);
  if (nodes.length + steps <= atMost.items) {
    yield { kind: "whole", trace };
    return;
  }
  yield { kind: "head", head };
  for (const some of pieces(nodes, ({ value }) => bytesOf(value))) yield { kind: "nodes", nodes: some };
  for (const { steps: all, ...pass } of passes) {
    yield { kind: "pass", pass };
    for (const some of pieces(all, stepBytes)) yield { kind: "steps", steps: some };
  }
}

function* pieces<T>(all: readonly T[], sizeOf: (item: T) => number): Generator<readonly T[], void> {
  let [begin, bytes] = [0, 0];
  for (const [i, item] of all.entries()) {
    bytes += sizeOf(item);
    if (i + 1 - begin < atMost.items && bytes < atMost.bytes) continue;
    yield all.slice(begin, i + 1);
    [begin, bytes] = [i + 1, 0];
  }
  if (begin < all.length) yield all.slice(begin);
}

function stepBytes({ adjoint, contributions }: TraceStep): number {
  return contributions.reduce((sum, each) => sum + bytesOf(each.value) + bytesOf(each.sum), bytesOf(adjoint));
}

function bytesOf(tensor: TraceTensor | null): number {
  return tensor?.data?.byteLength ?? 0;
}

/** A trace that grows by its parts; it is whole when all have come. */
export class GrowingTrace {
  readonly #nodes: TraceNode[] = [];
  readonly #passes: TracePass[] = [];
  #steps: TraceStep[] = [];
  #trace: Trace = { version: 1, metadata: new Map(), scopes: [], nodes: this.#nodes, passes: this.#passes };

  /** What has come so far. */
  get trace(): Trace {
    return this.#trace;
  }

  add(part: TracePart): void {
    if (part.kind === "whole") this.#trace = part.trace;
    else if (part.kind === "head") this.#trace = { ...part.head, nodes: this.#nodes, passes: this.#passes };
    else if (part.kind === "nodes") this.#nodes.push(...part.nodes);
    else if (part.kind === "steps") this.#steps.push(...part.steps);
    else {
      this.#steps = [];
      this.#passes.push({ ...part.pass, steps: this.#steps });
    }
  }
}
