/** Searching the nodes of a trace by predicates. Pure; the index is made once for a trace, a search then is linear. */
import type { Trace, TraceNode, TracePass, TraceTensor } from "@adjoint/autograd/graph";
import type { BackwardState } from "./backward-states.ts";
import { healthThresholds } from "./health.ts";
import { deadUnits } from "./health-units.ts";
import type { Mark, Marks } from "./marks.ts";
import { titleOf } from "./scene.ts";
import { fuzzyMatcher, patternMatcher } from "./search-patterns.ts";
import { type Comparison, parseQuery, type Query, type SearchField } from "./search-query.ts";
import { sizeOfShape } from "./tensor-entries.ts";
import { scopesOfNodes } from "./visible-graph.ts";

/** The gradient of each node, as far as there is one. */
export type Gradients = (node: number) => TraceTensor | null;

/** The gradients that a state of the stepper knows, complete or not. */
export function gradientsOfState({ adjoints }: BackwardState): Gradients {
  return (node) => adjoints.get(node)?.tensor ?? null;
}

/** The complete gradients of a pass; none without a pass. */
export function gradientsOfPass(pass: TracePass | null): Gradients {
  const adjoints = new Map(pass?.steps.map(({ node, adjoint }) => [node, adjoint]));
  return (node) => adjoints.get(node) ?? null;
}

/** A node with what searches ask of it. */
interface Entry {
  readonly node: TraceNode;
  /** What a bare word is looked for in: title, op and name. */
  readonly texts: readonly string[];
  /** Names and classes of the modules that it is in. */
  readonly scopes: readonly string[];
  readonly fanOut: number;
}

type Predicate = (entry: Entry, gradient: TraceTensor | null) => boolean;

/** The nodes of a trace, ready to be searched. */
export class SearchIndex {
  readonly #entries: readonly Entry[];
  readonly #nodes: ReadonlyMap<number, TraceNode>;
  /** Found out when it is first asked for: it reads every ReLU's elements. */
  #dead: ReadonlySet<number> | null = null;

  constructor(trace: Trace) {
    this.#nodes = new Map(trace.nodes.map((node) => [node.id, node]));
    const scopeOf = scopesOfNodes(trace);
    const scopes = scopeNames(trace);
    const fanOut = new Map<number, number>();
    for (const { source } of trace.nodes.flatMap(({ inputs }) => inputs)) {
      if (source !== null) fanOut.set(source, (fanOut.get(source) ?? 0) + 1);
    }
    this.#entries = trace.nodes.map((node): Entry => {
      const texts = new Set([titleOf({ node, folded: null }), node.op, node.name ?? node.op]);
      const inside = scopes.get(scopeOf.get(node.id) ?? -1) ?? [];
      return { node, texts: [...texts], scopes: inside, fanOut: fanOut.get(node.id) ?? 0 };
    });
  }

  /**
   * The nodes for which `query` holds, in order of execution; all for an empty one.
   *
   * @throws {SearchError} if the query cannot be read.
   * @example new SearchIndex(trace).search("op:relu |grad|>1 nan", gradientsOfState(state))
   */
  search(query: string, gradients: Gradients): number[] {
    const holds = this.#compile(parseQuery(query));
    const found: number[] = [];
    for (const entry of this.#entries) {
      if (holds(entry, gradients(entry.node.id))) found.push(entry.node.id);
    }
    return found;
  }

  /** What can stand behind `field:` here, each once, in alphabetical order. */
  values(field: SearchField): string[] {
    const values = new Set(this.#entries.flatMap((entry) => textsOf(field, entry)));
    return [...values].filter((each) => each !== "").sort((a, b) => (a < b ? -1 : 1));
  }

  #compile(query: Query): Predicate {
    switch (query.kind) {
      case "all": {
        const parts = query.parts.map((part) => this.#compile(part));
        return (entry, gradient) => parts.every((holds) => holds(entry, gradient));
      }
      case "any": {
        const parts = query.parts.map((part) => this.#compile(part));
        return (entry, gradient) => parts.some((holds) => holds(entry, gradient));
      }
      case "not": {
        const holds = this.#compile(query.part);
        return (entry, gradient) => !holds(entry, gradient);
      }
      case "field": {
        const { field } = query;
        const matches = patternMatcher(query.pattern, field === "name" ? "within" : "whole");
        return (entry) => textsOf(field, entry).some(matches);
      }
      case "shape":
        return ({ node }) => fitsShape(node.shape, query.axes);
      case "compare": {
        const measure = measures[query.measure] ?? ((): number => Number.NaN);
        const { comparison, number } = query;
        return (entry, gradient) => compares(measure(entry, gradient), comparison, number);
      }
      case "flag":
        return this.#flag(query);
      case "text": {
        const matches = query.exact ? patternMatcher(query.text, "literal") : fuzzyMatcher(query.text);
        return ({ texts }) => texts.some(matches);
      }
    }
  }

  #flag({ flag, of }: Query & { readonly kind: "flag" }): Predicate {
    if (flag === "tracked") return ({ node }) => node.tracked;
    if (flag === "dead") {
      this.#dead ??= this.#findDead();
      const dead = this.#dead;
      return ({ node }) => dead.has(node.id);
    }
    const holds = tensorFlags[flag];
    return ({ node }, gradient) => {
      return (of !== "grad" && holds(node.value)) || (of !== "value" && holds(gradient));
    };
  }

  #findDead(): ReadonlySet<number> {
    const dead = [...this.#nodes.values()].filter((node) => {
      return (deadUnits(node, this.#nodes, healthThresholds.wakeRate)?.dead.length ?? 0) > 0;
    });
    return new Set(dead.map(({ id }) => id));
  }
}

/** Names and classes of each scope and of those around it. */
function scopeNames({ scopes }: Trace): ReadonlyMap<number, readonly string[]> {
  const names = new Map<number, readonly string[]>();
  for (const { id, parent, name, kind } of scopes) {
    names.set(id, [...new Set([...(names.get(parent ?? -1) ?? []), name, kind])]);
  }
  return names;
}

function textsOf(field: SearchField, { node, scopes }: Entry): readonly string[] {
  if (field === "scope" || field === "in") return scopes;
  if (field === "name") return node.name === null ? [] : [node.name];
  return [node[field]];
}

function fitsShape(shape: readonly number[], axes: (Query & { readonly kind: "shape" })["axes"]): boolean {
  const gap = axes.indexOf("…");
  if (gap < 0) return shape.length === axes.length && fitsSizes(shape, axes);
  const behind = axes.length - gap - 1;
  if (shape.length < gap + behind) return false;
  return (
    fitsSizes(shape, axes.slice(0, gap)) && fitsSizes(shape.slice(shape.length - behind), axes.slice(gap + 1))
  );
}

function fitsSizes(sizes: readonly number[], axes: readonly (number | null | "…")[]): boolean {
  return axes.every((axis, i) => axis === null || axis === sizes[i]);
}

/** What a comparison asks; NaN where the node has no such number. */
const measures: Readonly<Record<string, (entry: Entry, gradient: TraceTensor | null) => number>> = {
  value: ({ node }) => single(node.value),
  grad: (_, gradient) => single(gradient),
  "|value|": ({ node }) => norm(node.value),
  "|grad|": (_, gradient) => norm(gradient),
  "max(value)": ({ node }) => node.value?.statistics?.max ?? Number.NaN,
  "max(grad)": (_, gradient) => gradient?.statistics?.max ?? Number.NaN,
  "min(value)": ({ node }) => node.value?.statistics?.min ?? Number.NaN,
  "min(grad)": (_, gradient) => gradient?.statistics?.min ?? Number.NaN,
  "mean(value)": ({ node }) => node.value?.statistics?.mean ?? Number.NaN,
  "mean(grad)": (_, gradient) => gradient?.statistics?.mean ?? Number.NaN,
  bytes: ({ node }) => node.valueBytes + node.savedBytes,
  saved: ({ node }) => node.savedBytes,
  time: ({ node }) => node.nanoseconds / 1000,
  size: ({ node }) => sizeOfShape(node.shape),
  rank: ({ node }) => node.shape.length,
  "fan-in": ({ node }) => node.inputs.length,
  "fan-out": ({ fanOut }) => fanOut,
};

/** The number itself of a tensor of one entry. */
function single(tensor: TraceTensor | null): number {
  if (tensor === null || sizeOfShape(tensor.shape) !== 1) return Number.NaN;
  // Of a single number that was not kept the statistics still know it, unless it is infinite: that loses its sign.
  return Number(tensor.data?.[0] ?? tensor.statistics?.min ?? Number.NaN);
}

/** √Σx²; NaN where an entry is, else infinite where one is. */
function norm(tensor: TraceTensor | null): number {
  const statistics = tensor?.statistics;
  if (statistics == null || statistics.nan > 0) return Number.NaN;
  return statistics.infinite > 0 ? Number.POSITIVE_INFINITY : statistics.norm;
}

function compares(x: number, comparison: Comparison, number: number): boolean {
  switch (comparison) {
    case ">":
      return x > number;
    case ">=":
      return x >= number;
    case "<":
      return x < number;
    case "<=":
      return x <= number;
    case "=":
      return x === number;
    case "!=":
      return !Number.isNaN(x) && x !== number;
  }
}

const tensorFlags: Readonly<Record<"nan" | "inf" | "zero", (tensor: TraceTensor | null) => boolean>> = {
  nan: (tensor) => (tensor?.statistics?.nan ?? 0) > 0,
  inf: (tensor) => (tensor?.statistics?.infinite ?? 0) > 0,
  zero: (tensor) => {
    const size = tensor === null ? 0 : sizeOfShape(tensor.shape);
    return size > 0 && tensor?.statistics?.zeros === size;
  },
};

/** What was found as marks on the cards. */
export function searchMarks(found: readonly number[]): Marks {
  const mark: Mark = { kind: "found", label: "found" };
  return { nodes: new Map(found.map((node) => [node, [mark]])), taintedEdges: new Set() };
}
