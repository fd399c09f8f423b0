/**
 * The profiler: what each op costs in time and in memory kept for the backward pass. Built on listening alone.
 */
import { bytesPerElement, checkOptions, type Storage } from "@adjoint/tensor";
import { type ForwardEvent, type Listener, listen } from "../listener.ts";
import type { Node } from "../node.ts";
import { BatchedStorage } from "./batched-storage.ts";

/** What one op, or one node of the tape, has cost. */
export interface Cost {
  /** The op's name. */
  readonly op: string;
  /** How often its forward ran. */
  readonly calls: number;
  /** Milliseconds in its forward. */
  readonly forward: number;
  /** Milliseconds in its VJP rules and in adding up what they gave. */
  readonly backward: number;
  /** Bytes that it saved for a backward pass and that no op before it had saved; what rules record is left out. */
  readonly savedBytes: number;
}

/** What `profile` found. */
export interface Profile<R> {
  /** What the body returned. */
  readonly result: R;
  /** One row for each op, the most expensive first. */
  readonly ops: readonly Cost[];
  /** One row for each node that was recorded, in that order. */
  readonly nodes: readonly Cost[];
  /** Milliseconds from beginning to end: more than the rows' sum, which leaves out what is no op. */
  readonly total: number;
  /** The ops as a table. */
  toString(): string;
}

/** Settings of `profile`. */
export interface ProfileOptions {
  /** The clock, in milliseconds. Default: performance.now. */
  readonly now?: () => number;
}

/**
 * Runs `body` and reports time, calls and saved bytes by op and by node.
 *
 * A rule's own ops count as the backward of the op that it belongs to. Time spent listening is part of the whole: on
 * small tensors the share is large, so compare rows with each other rather than with a run without a profiler.
 *
 * @example profile(() => sum(variable([1, 2]))).ops.map((row) => row.calls)   // [1]
 */
export function profile<R>(body: () => R, options: ProfileOptions = {}): Profile<R> {
  checkOptions("profile", options, ["now"]);
  const now = options.now ?? ((): number => performance.now());
  const listener = new ProfileListener(now);
  const start = now();
  const result = listen(listener, body);
  const total = now() - start;
  const [ops, nodes] = [listener.ops(), listener.nodes()];
  return { result, ops, nodes, total, toString: () => formatCosts(ops, total) };
}

type Tally = { -readonly [K in keyof Cost]: Cost[K] };

class ProfileListener implements Listener {
  readonly #now: () => number;
  readonly #byOp: Map<string, Tally> = new Map();
  readonly #byNode: Map<Node, Tally> = new Map();
  readonly #counted: WeakSet<Storage> = new WeakSet();
  #begun = 0;
  /** The node whose rule runs; what is applied meanwhile belongs to it. */
  #running: Node | null = null;
  /** The node recorded last. What it saves is counted later: other listeners may let go of some of it. */
  #latest: Node | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  applying(): void {
    if (this.#running !== null) return;
    this.#countSaved();
    this.#begun = this.#now();
  }

  forward({ op, node }: ForwardEvent): void {
    if (this.#running !== null) return;
    const time = this.#now() - this.#begun;
    const row = this.#rowOf(op.name);
    row.calls++;
    row.forward += time;
    if (node === null) return;
    this.#byNode.set(node, { op: op.name, calls: 1, forward: time, backward: 0, savedBytes: 0 });
    this.#latest = node;
  }

  rule(node: Node): void {
    this.#countSaved();
    this.#running = node;
    this.#begun = this.#now();
  }

  accumulated(): void {
    const node = this.#running;
    if (node === null) return;
    this.#running = null;
    const time = this.#now() - this.#begun;
    this.#rowOf(node.op.name).backward += time;
    const row = this.#byNode.get(node);
    if (row !== undefined) row.backward += time;
  }

  ops(): Cost[] {
    this.#countSaved();
    const cost = ({ forward, backward }: Cost): number => forward + backward;
    return [...this.#byOp.values()].sort((a, b) => cost(b) - cost(a));
  }

  nodes(): Cost[] {
    return [...this.#byNode.values()];
  }

  #rowOf(op: string): Tally {
    const row = this.#byOp.get(op) ?? { op, calls: 0, forward: 0, backward: 0, savedBytes: 0 };
    this.#byOp.set(op, row);
    return row;
  }

  /** Counts what the latest node is the first to save; memory that several nodes save is there once. */
  #countSaved(): void {
    const node = this.#latest;
    this.#latest = null;
    for (const tensor of node?.saved ?? []) {
      if (node === null || tensor === undefined || this.#counted.has(tensor.storage)) continue;
      this.#counted.add(tensor.storage);
      const bytes = bytesOf(tensor.storage);
      this.#rowOf(node.op.name).savedBytes += bytes;
      const row = this.#byNode.get(node);
      if (row !== undefined) row.savedBytes += bytes;
    }
  }
}

function bytesOf(storage: Storage): number {
  const { length, dtype } = storage instanceof BatchedStorage ? storage.physical : storage;
  return length * bytesPerElement(dtype);
}

/** The rows under a heading, columns aligned, and a line with the sums. */
function formatCosts(rows: readonly Cost[], total: number): string {
  const sum: Tally = { op: "all ops", calls: 0, forward: 0, backward: 0, savedBytes: 0 };
  for (const { calls, forward, backward, savedBytes } of rows) {
    sum.calls += calls;
    sum.forward += forward;
    sum.backward += backward;
    sum.savedBytes += savedBytes;
  }
  const cells = [...rows, sum].map(({ op, calls, forward, backward, savedBytes }) => {
    return [op, String(calls), forward.toFixed(3), backward.toFixed(3), String(savedBytes)];
  });
  const table = [["op", "calls", "forward ms", "backward ms", "saved bytes"], ...cells];
  const widths = table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, `from beginning to end ${total.toFixed(3)} ms`].join("\n");
}
