/**
 * Which node of one trace is which of another. Pure.
 *
 * Nodes meet only within the same module path, with the same kind, op and name. Within a path the longest common
 * subsequence decides, so that an op that was added in the middle leaves the rest matched; among the longest the one in
 * which most nodes come from the same, go to the same, and have the same shape. Named leaves and constants stand in no
 * order: they meet by name.
 */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";

/** The pairs: from each node of the first trace to that of the second, by id. */
export type NodeMatching = ReadonlyMap<number, number>;

/** A node with what it comes from and what it goes to, as numbers that are equal where those are alike. */
interface Signed {
  readonly node: TraceNode;
  readonly label: number;
  readonly before: number;
  readonly after: number;
  readonly shape: number;
}

/** Above so many cells the table of an exact alignment is not made; what is alike on both sides then anchors it. */
const largestTable = 2 ** 22;

/** Matches the nodes of `a` with those of `b`. */
export function matchNodes(a: Trace, b: Trace): NodeMatching {
  const steps = matchSteps(a, b);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `matchNodes`, in steps between which the caller may do something else: each is one node, or a row of an alignment. */
export function* matchSteps(a: Trace, b: Trace): Generator<undefined, NodeMatching> {
  const numbers = new Map<string, number>();
  const intern = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
  const groupsOfB = yield* groupsOf(b, intern);
  const matching = new Map<number, number>();
  for (const [path, members] of yield* groupsOf(a, intern)) {
    const others = groupsOfB.get(path);
    if (others !== undefined) yield* align(members, others, matching);
  }
  return matching;
}

/** The nodes by the path that they may meet in, in order of execution. */
function* groupsOf(
  trace: Trace,
  intern: (key: string) => number,
): Generator<undefined, Map<string, Signed[]>> {
  const paths = new Map<number | null, string>([[null, ""]]);
  for (const { id, parent, name, kind } of trace.scopes) {
    paths.set(id, `${paths.get(parent) ?? ""}/${JSON.stringify([name, kind])}`);
  }
  const groups = new Map<string, Signed[]>();
  for (const signed of yield* sign(trace, intern)) {
    yield;
    const { kind, name, pass, scope } = signed.node;
    const inOrder = kind === "op" || name === null;
    const key = inOrder ? `${kind} ${pass} ${paths.get(scope) ?? ""}` : `${kind} named ${name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [signed]);
    else group.push(signed);
  }
  return groups;
}

function* sign({ nodes }: Trace, intern: (key: string) => number): Generator<undefined, Signed[]> {
  const labels: number[] = [];
  for (const { kind, op, name } of nodes) {
    yield;
    labels.push(intern(JSON.stringify([kind, op, name])));
  }
  const positions = new Map(nodes.map(({ id }, position) => [id, position]));
  const before: number[] = [];
  const readers: string[][] = nodes.map(() => []);
  for (const [i, { inputs }] of nodes.entries()) {
    yield;
    const sources = inputs.map(({ source }) => before[positions.get(source ?? -1) ?? -1] ?? -1);
    before.push(intern(`before ${labels[i]} ${sources.join(" ")}`));
  }
  const after = new Array<number>(nodes.length).fill(0);
  for (let i = nodes.length - 1; i >= 0; i--) {
    yield;
    after[i] = intern(`after ${labels[i]} ${(readers[i] ?? []).sort().join(" ")}`);
    for (const [input, { source }] of (nodes[i]?.inputs ?? []).entries()) {
      readers[positions.get(source ?? -1) ?? -1]?.push(`${after[i]}:${input}`);
    }
  }
  return nodes.map((node, i) => {
    const shape = intern(`shape ${node.dtype} ${node.shape.join(" ")}`);
    return { node, label: labels[i] ?? -1, before: before[i] ?? -1, after: after[i] ?? -1, shape };
  });
}

/** Part of a sequence: from `start` up to `end`, which is not in it. */
interface Span {
  start: number;
  end: number;
}

function* align(
  a: readonly Signed[],
  b: readonly Signed[],
  matching: Map<number, number>,
): Generator<undefined, void> {
  const pair = (i: number, j: number): void => {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && y !== undefined) matching.set(x.node.id, y.node.id);
  };
  const waiting: [Span, Span][] = [
    [
      { start: 0, end: a.length },
      { start: 0, end: b.length },
    ],
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield;
    const [left, right] = next;
    // What comes from the same at the beginning, and goes to the same at the end, is the same.
    while (
      left.start < left.end &&
      right.start < right.end &&
      a[left.start]?.before === b[right.start]?.before
    ) {
      pair(left.start++, right.start++);
    }
    while (
      left.start < left.end &&
      right.start < right.end &&
      a[left.end - 1]?.after === b[right.end - 1]?.after
    ) {
      pair(--left.end, --right.end);
    }
    const [rows, columns] = [left.end - left.start, right.end - right.start];
    if (rows === 0 || columns === 0) continue;
    if ((rows + 1) * (columns + 1) <= largestTable) yield* alignExactly(a, b, left, right, pair);
    else waiting.push(...split(a, b, left, right));
  }
}

/** The longest common subsequence of labels, with the most likeness among the longest. */
function* alignExactly(
  a: readonly Signed[],
  b: readonly Signed[],
  left: Span,
  right: Span,
  pair: (i: number, j: number) => void,
): Generator<undefined, void> {
  const [rows, columns] = [left.end - left.start, right.end - right.start];
  // One more match outweighs all likeness together, of which each match has at most 3.
  const match = 3 * Math.min(rows, columns) + 1;
  const width = columns + 1;
  // best[i, j] of what begins at row i and column j.
  const best = new Float64Array((rows + 1) * width);
  const gain = (i: number, j: number): number => {
    const [x, y] = [a[left.start + i], b[right.start + j]];
    if (x === undefined || y === undefined || x.label !== y.label) return 0;
    return match + Number(x.before === y.before) + Number(x.after === y.after) + Number(x.shape === y.shape);
  };
  for (let i = rows - 1; i >= 0; i--) {
    yield;
    for (let j = columns - 1; j >= 0; j--) {
      const skipped = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const gained = gain(i, j);
      const taken = gained === 0 ? 0 : gained + (best[(i + 1) * width + j + 1] ?? 0);
      best[i * width + j] = Math.max(skipped, taken);
    }
  }
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    const here = best[i * width + j] ?? 0;
    const gained = gain(i, j);
    if (gained > 0 && here === gained + (best[(i + 1) * width + j + 1] ?? 0))
      pair(left.start + i++, right.start + j++);
    else if (here === best[(i + 1) * width + j]) i++;
    else j++;
  }
}

/** Cuts two long parts at the pair nearest the middle that is alike and the only one of its kind; in halves without one. */
function split(a: readonly Signed[], b: readonly Signed[], left: Span, right: Span): [Span, Span][] {
  const middle = Math.floor((left.start + left.end) / 2);
  for (const side of ["before", "after", "label"] as const) {
    const places = onlyPlaces(b, right, side);
    const own = onlyPlaces(a, left, side);
    let nearest: readonly [number, number] | null = null;
    for (const [value, i] of own) {
      const j = places.get(value);
      if (j === undefined || a[i]?.label !== b[j]?.label) continue;
      if (nearest === null || Math.abs(i - middle) < Math.abs(nearest[0] - middle)) nearest = [i, j];
    }
    if (nearest === null) continue;
    const [i, j] = nearest;
    return [
      [
        { start: i, end: i + 1 },
        { start: j, end: j + 1 },
      ],
      [
        { start: left.start, end: i },
        { start: right.start, end: j },
      ],
      [
        { start: i + 1, end: left.end },
        { start: j + 1, end: right.end },
      ],
    ];
  }
  const half = Math.floor((right.start + right.end) / 2);
  return [
    [
      { start: left.start, end: middle },
      { start: right.start, end: half },
    ],
    [
      { start: middle, end: left.end },
      { start: half, end: right.end },
    ],
  ];
}

/** Where each value of `side` stands that stands once. */
function onlyPlaces(
  list: readonly Signed[],
  { start, end }: Span,
  side: "before" | "after" | "label",
): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const twice = new Set<number>();
  for (let i = start; i < end; i++) {
    const value = list[i]?.[side] ?? -1;
    if (places.has(value)) twice.add(value);
    places.set(value, i);
  }
  for (const value of twice) places.delete(value);
  return places;
}
