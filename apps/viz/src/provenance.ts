/**
 * Where NaN and infinity come from: the nodes, rules and sums that made the first ones, and the way they went. Pure.
 *
 * The notion is that of the library's `detectAnomaly`: bad is what comes out where nothing bad went in. It differs in that
 * nothing stops: several independent culprits are all found. Of elementwise ops each entry is judged by itself, so that
 * an op that passes one NaN on and makes another is a culprit too; of others the tensors as a whole are.
 */
import type {
  Trace,
  TraceContribution,
  TraceNode,
  TracePass,
  TraceStep,
  TraceTensor,
} from "@adjoint/autograd/graph";
import { edgeKey } from "./backward-states.ts";
import { elementwiseOps } from "./elementwise-ops.ts";
import {
  type Badness,
  badCount,
  broadcastEntry,
  type Entry,
  entriesWhere,
  farthestEntry,
  isBad,
} from "./tensor-entries.ts";

/**
 * What made the first bad number: `given` is a leaf, a constant or an op from before the recording; `op` a forward;
 * `seed` what went in at a root; `rule` a VJP; `sum` the addition of two contributions; `hook` what changed an adjoint.
 */
export type CulpritCause = "given" | "op" | "seed" | "rule" | "sum" | "hook";

/** Something that the culprit computed with. */
export interface Ingredient {
  /** A forward input, the incoming adjoint, the op's own output, the running sum before, or the contribution added. */
  readonly role: "input" | "adjoint" | "output" | "sum" | "contribution";
  /** The position among the node's inputs; null for what is none. */
  readonly input: number | null;
  /** The node whose value or adjoint it is. */
  readonly node: number | null;
  readonly tensor: TraceTensor;
  /** The entry that met the bad one; where entries do not meet one to one, the one farthest from 0; null if not kept. */
  readonly entry: Entry | null;
}

/** A source of NaN or infinity. */
export interface Culprit {
  readonly phase: "forward" | "backward";
  readonly cause: CulpritCause;
  readonly node: number;
  /** The input whose rule it was, or whose contribution overflowed the sum; null for all others. */
  readonly input: number | null;
  /** What came out. */
  readonly made: TraceTensor;
  /** The first bad entries that it made itself, at most eight; none where the elements were not kept. */
  readonly entries: readonly Entry[];
  /** How many it made itself; all that came out where they cannot be told apart. */
  readonly count: number;
  readonly ingredients: readonly Ingredient[];
  /** The press of the stepper that shows it; null in the forward pass, 0 for a seed. */
  readonly press: number | null;
}

/** The ways that NaN and infinities went. */
export interface Provenance {
  /** The first first: those of the forward pass in order of execution, then those of the sweep. */
  readonly culprits: readonly Culprit[];
  /** Nodes with a bad value, culprits too; each with the position in `culprits` of the first that reached it. */
  readonly values: ReadonlyMap<number, number>;
  /** Nodes with a bad adjoint or running sum, likewise. */
  readonly adjoints: ReadonlyMap<number, number>;
  /** Edges that a bad value went along into a bad value, as `edgeKey` names them. */
  readonly forwardEdges: ReadonlySet<string>;
  /** Edges that a bad contribution went along. */
  readonly backwardEdges: ReadonlySet<string>;
}

/** What counts as bad. */
export interface ProvenanceOptions {
  /** Infinities too. Default true; false where −∞ is at home, as in masked logits. */
  readonly infinities?: boolean;
}

const maximalEntries = 8;

/**
 * Follows NaN and infinity through the forward pass of `trace` and through `pass`.
 *
 * @param pass one of the trace's passes; null for the forward pass alone.
 * @example provenanceOf(trace, trace.passes[0] ?? null).culprits[0]
 */
export function provenanceOf(
  trace: Trace,
  pass: TracePass | null,
  options: ProvenanceOptions = {},
): Provenance {
  const steps = provenanceSteps(trace, pass, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * As `provenanceOf`, in steps between which the caller may do something else: each is one node, or one visit of the sweep.
 *
 * @returns the provenance, when the steps have come to their end.
 */
export function* provenanceSteps(
  trace: Trace,
  pass: TracePass | null,
  { infinities = true }: ProvenanceOptions = {},
): Generator<undefined, Provenance> {
  const search = new Search(trace, { infinities });
  yield* search.forward();
  if (pass !== null) yield* search.backward(pass);
  return search;
}

class Search implements Provenance {
  readonly culprits: Culprit[] = [];
  readonly values: Map<number, number> = new Map();
  readonly adjoints: Map<number, number> = new Map();
  readonly forwardEdges: Set<string> = new Set();
  readonly backwardEdges: Set<string> = new Set();
  readonly #nodes: ReadonlyMap<number, TraceNode>;
  readonly #bad: Badness;
  /** Bad tensors whose culprit is known: a rule of a recorded pass gives a tensor that is a node's value too. */
  readonly #told: Map<TraceTensor, number> = new Map();

  constructor(trace: Trace, bad: Badness) {
    this.#nodes = new Map(trace.nodes.map((node) => [node.id, node]));
    this.#bad = bad;
  }

  *forward(): Generator<undefined, void> {
    for (const node of this.#nodes.values()) {
      yield;
      if (node.value === null || badCount(node.value, this.#bad) === 0) continue;
      let origin = Number.POSITIVE_INFINITY;
      for (const [input, { source }] of node.inputs.entries()) {
        const from = source === null ? undefined : this.values.get(source);
        if (from === undefined) continue;
        this.forwardEdges.add(edgeKey(node.id, input));
        origin = Math.min(origin, from);
      }
      const own = this.#judgeForward(node, node.value, origin === Number.POSITIVE_INFINITY);
      origin = Math.min(origin, own);
      this.values.set(node.id, origin);
      this.#told.set(node.value, origin);
    }
  }

  /** The position of the culprit that `node` is; infinity if it is none. */
  #judgeForward(node: TraceNode, made: TraceTensor, cleanInputs: boolean): number {
    const ingredients = this.#inputsOf(node);
    const own = this.#own(node, made, cleanInputs, ingredients);
    if (own === null) return Number.POSITIVE_INFINITY;
    const whole = node.kind === "op" && ingredients.length === node.inputs.length;
    return this.#accuse({
      phase: node.pass === null ? "forward" : "backward",
      cause: whole ? "op" : "given",
      node: node.id,
      input: null,
      made,
      ...own,
      press: null,
    });
  }

  #inputsOf(node: TraceNode): Omit<Ingredient, "entry">[] {
    return node.inputs.flatMap(({ source }, input) => {
      const tensor = source === null ? null : this.#nodes.get(source)?.value;
      return tensor == null ? [] : [{ role: "input", input, node: source, tensor } as const];
    });
  }

  /** The bad entries that did not come out of bad ones; null if there are none. */
  #own(
    node: TraceNode,
    made: TraceTensor,
    clean: boolean,
    ingredients: readonly Omit<Ingredient, "entry">[],
  ): Pick<Culprit, "entries" | "count" | "ingredients"> | null {
    const entrywise = elementwiseOps.has(node.op) && sameShape(made.shape, node.value?.shape ?? []);
    if (!clean && !(entrywise && made.data !== null)) return null;
    const meet = (entry: Entry, { tensor }: Omit<Ingredient, "entry">): Entry | null =>
      entrywise ? broadcastEntry(tensor, entry.index) : farthestEntry(tensor);
    let entries = entriesWhere(
      made,
      (value) => isBad(value, this.#bad),
      clean ? maximalEntries : Number.POSITIVE_INFINITY,
    );
    let count = badCount(made, this.#bad);
    if (!clean) {
      entries = entries.filter((entry) =>
        ingredients.every((each) => {
          const met = meet(entry, each);
          return met !== null && !isBad(met.value, this.#bad);
        }),
      );
      count = entries.length;
      if (count === 0) return null;
    }
    const [first] = entries;
    return {
      entries: entries.slice(0, maximalEntries),
      count,
      ingredients: ingredients.map((each) => ({
        ...each,
        entry: first === undefined ? null : meet(first, each),
      })),
    };
  }

  *backward({ seeds, steps }: TracePass): Generator<undefined, void> {
    const sums = new Map<number, TraceTensor>();
    for (const { node, sum } of seeds) {
      this.#judge(sum, node, [sums.get(node)], { cause: "seed", node, input: null, ingredients: [] }, 0);
      sums.set(node, sum);
    }
    let press = 0;
    for (const step of steps) {
      yield;
      if (this.#nodes.get(step.node)?.kind !== "leaf") press++;
      const before = sums.get(step.node);
      const ingredients =
        before === undefined ? [] : [{ role: "sum", input: null, node: step.node, tensor: before } as const];
      this.#judge(
        step.adjoint,
        step.node,
        [before],
        { cause: "hook", node: step.node, input: null, ingredients },
        press,
      );
      for (const contribution of step.contributions) this.#contribute(step, contribution, sums, press);
    }
  }

  #contribute(
    step: TraceStep,
    contribution: TraceContribution,
    sums: Map<number, TraceTensor>,
    press: number,
  ): void {
    const { input, target, value, sum } = contribution;
    if (badCount(value, this.#bad) > 0) {
      this.backwardEdges.add(edgeKey(step.node, input));
      if (!this.#told.has(value)) this.#told.set(value, this.#judgeRule(step, contribution, press));
    }
    const before = sums.get(target);
    sums.set(target, sum);
    const ingredients: Omit<Ingredient, "entry">[] = [
      { role: "contribution", input, node: step.node, tensor: value },
    ];
    if (before !== undefined) ingredients.unshift({ role: "sum", input: null, node: target, tensor: before });
    this.#judge(sum, target, [before, value], { cause: "sum", node: target, input, ingredients }, press);
  }

  /** The position of the first culprit of a bad contribution: the rule itself, or what it read. */
  #judgeRule({ node: id, adjoint }: TraceStep, { input, value }: TraceContribution, press: number): number {
    const node = this.#nodes.get(id);
    if (node === undefined) return 0;
    const ingredients: Omit<Ingredient, "entry">[] = [
      { role: "adjoint", input: null, node: id, tensor: adjoint },
      ...this.#inputsOf(node),
      ...(node.value === null
        ? []
        : [{ role: "output", input: null, node: id, tensor: node.value } as const]),
    ];
    const origins = ingredients.flatMap((each) => this.#originOf(each) ?? []);
    const origin = Math.min(...origins, Number.POSITIVE_INFINITY);
    const own = this.#own(node, value, origins.length === 0, ingredients);
    if (own === null) return origin;
    const culprit = {
      phase: "backward",
      cause: "rule",
      node: id,
      input,
      made: value,
      ...own,
      press,
    } as const;
    return Math.min(origin, this.#accuse(culprit));
  }

  #originOf({ role, node, tensor }: Omit<Ingredient, "entry">): number | undefined {
    if (badCount(tensor, this.#bad) === 0) return undefined;
    return (node === null ? undefined : (role === "adjoint" ? this.adjoints : this.values).get(node)) ?? 0;
  }

  /** Notes a bad sum or adjoint at `target`, and accuses what made it if nothing bad went in. */
  #judge(
    made: TraceTensor,
    target: number,
    before: readonly (TraceTensor | undefined)[],
    suspect: Pick<Culprit, "cause" | "node" | "input"> & {
      readonly ingredients: readonly Omit<Ingredient, "entry">[];
    },
    press: number,
  ): void {
    const count = badCount(made, this.#bad);
    if (count === 0) return;
    const origins = before.flatMap((each) =>
      each && badCount(each, this.#bad) > 0 ? [this.#told.get(each) ?? 0] : [],
    );
    const known = this.#told.get(made);
    if (known !== undefined) origins.push(known);
    if (origins.length === 0) {
      const entries = entriesWhere(made, (value) => isBad(value, this.#bad), maximalEntries);
      const [first] = entries;
      const ingredients = suspect.ingredients.map((each) => {
        return { ...each, entry: first === undefined ? null : broadcastEntry(each.tensor, first.index) };
      });
      origins.push(this.#accuse({ ...suspect, phase: "backward", made, entries, count, ingredients, press }));
    }
    const origin = Math.min(...origins, this.adjoints.get(target) ?? Number.POSITIVE_INFINITY);
    this.adjoints.set(target, origin);
    this.#told.set(made, origin);
  }

  #accuse(culprit: Culprit): number {
    return this.culprits.push(culprit) - 1;
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}
