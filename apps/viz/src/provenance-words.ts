/** What is said and drawn of the sources of NaN and infinity. Pure. */
import type { Trace, TraceNode } from "@adjoint/autograd/graph";
import type { Mark, Marks } from "./marks.ts";
import { numberText } from "./number-text.ts";
import type { Culprit, Ingredient, Provenance } from "./provenance.ts";
import { titleOf } from "./scene.ts";
import { type Entry, sizeOfShape } from "./tensor-entries.ts";

/**
 * A culprit in a sentence.
 *
 * @example `exp overflows: input 800 at [0, 3] gives ∞.`
 */
export function culpritSentence(trace: Trace, culprit: Culprit): string {
  const { cause, made, count, input } = culprit;
  const node = trace.nodes.find(({ id }) => id === culprit.node);
  const title = node === undefined ? String(culprit.node) : titleOf({ node, folded: null });
  const what = madeText(culprit);
  const size = sizeOfShape(made.shape);
  const among = count > 1 ? ` ${count} of its ${size} entries are bad.` : "";
  if (cause === "given") {
    const how =
      node?.kind === "op"
        ? "held it before the recording began"
        : `is a ${node?.kind ?? "value"} that holds it`;
    return `${title} ${how}: ${what}${placeText(culprit.entries[0])}.${among}`;
  }
  if (cause === "seed") return `The seed at ${title} is ${what}${placeText(culprit.entries[0])}.${among}`;
  const facts = factsText(culprit);
  const from = facts === null ? "" : `: ${facts.text}`;
  if (cause === "hook") return `A hook at ${title} makes ${what} of the adjoint${from}.${among}`;
  if (cause === "sum") return `The sum of the contributions at ${title} overflows to ${what}${from}.${among}`;
  if (cause === "rule") {
    const formula = node?.inputs[input ?? 0]?.formula ?? "";
    return `${title}'s rule ${formula} makes ${what} of finite numbers${from}.${among}`;
  }
  const reason = facts === null ? null : reasonText(node?.op ?? "", culprit);
  if (facts === null || reason === null) return `${title} makes ${what} of finite numbers${from}.${among}`;
  return `${title} ${reason}: ${facts.text} ${facts.several ? "give" : "gives"} ${what}.${among}`;
}

/** `∞`, `−∞`, `NaN`; for a tensor whose elements were not kept what its statistics tell. */
function madeText({ entries, made }: Culprit): string {
  const [first] = entries;
  if (first !== undefined) return numberText(first.value);
  return (made.statistics?.nan ?? 0) > 0 ? "NaN" : "an infinity";
}

/** `input 800 at [0, 3]`; null where no entries are known. */
function factsText({ ingredients }: Culprit): { readonly text: string; readonly several: boolean } | null {
  const known = ingredients.flatMap(({ entry, ...each }) => (entry === null ? [] : [{ ...each, entry }]));
  const places = new Set(known.map(({ entry }) => placeText(entry)));
  const shared = places.size === 1 ? [...places].join("") : null;
  const inputs = known.filter(({ role }) => role === "input").length;
  const names = known.map((each) => {
    return `${roleText(each, inputs)} ${numberText(each.entry.value)}${shared === null ? placeText(each.entry) : ""}`;
  });
  const last = names.pop();
  if (last === undefined) return null;
  const text = names.length === 0 ? last : `${names.join(", ")} and ${last}`;
  return { text: text + (shared ?? ""), several: names.length > 0 };
}

function roleText({ role, input }: Pick<Ingredient, "role" | "input">, inputs: number): string {
  if (role === "input") return inputs > 1 ? `input ${input} =` : "input";
  return { adjoint: "adjoint", output: "output", sum: "the sum before", contribution: "the contribution" }[
    role
  ];
}

function placeText(entry: Entry | undefined): string {
  return entry === undefined || entry.index.length === 0 ? "" : ` at [${entry.index.join(", ")}]`;
}

const logarithms: ReadonlySet<string> = new Set(["log", "log2", "log10", "log1p"]);
const bounded: ReadonlySet<string> = new Set(["acos", "asin", "acosh", "atanh"]);

/** Why an op's forward left the finite numbers; null where it is not known. */
function reasonText(op: string, { ingredients, entries }: Culprit): string | null {
  const [a = Number.NaN, b = Number.NaN] = ingredients.map(({ entry }) => entry?.value ?? Number.NaN);
  const pole = op === "log1p" ? -1 : 0;
  if (logarithms.has(op) && a === pole) return "takes the logarithm of 0";
  if (logarithms.has(op) && a < pole) return "takes the logarithm of a negative number";
  if ((op === "sqrt" || op === "rsqrt") && a < 0) return "takes the root of a negative number";
  if ((op === "rsqrt" || op === "reciprocal") && a === 0) return "divides by 0";
  if (op === "div" && b === 0) return a === 0 ? "divides 0 by 0" : "divides by 0";
  if (op === "pow" && a === 0 && b < 0) return "divides by 0";
  if (op === "pow" && a < 0) return "takes a fractional power of a negative number";
  if (bounded.has(op)) return "has no finite value there";
  const value = entries[0]?.value;
  return value === undefined || Number.isNaN(value) ? null : "overflows";
}

/** Culprits and tainted nodes with words for their cards, and the edges that the badness went along. */
export function provenanceMarks(trace: Trace, provenance: Provenance): Marks {
  const nodes = new Map<number, Mark[]>();
  for (const [position, culprit] of provenance.culprits.entries()) {
    const mark: Mark = { kind: "culprit", label: culpritLabel(culprit, position) };
    nodes.set(culprit.node, [...(nodes.get(culprit.node) ?? []), mark]);
  }
  for (const node of trace.nodes) {
    const label = taintLabel(node, provenance);
    if (label !== null && !nodes.has(node.id)) nodes.set(node.id, [{ kind: "tainted", label }]);
  }
  return { nodes, taintedEdges: new Set([...provenance.forwardEdges, ...provenance.backwardEdges]) };
}

function culpritLabel(culprit: Culprit, position: number): string {
  const what = madeText(culprit);
  const where = culprit.phase === "backward" ? " in backward" : "";
  return position === 0 ? `first ${what.replace("an ", "")}${where}` : `makes ${what}${where}`;
}

function taintLabel({ id }: TraceNode, { values, adjoints }: Provenance): string | null {
  if (values.has(id)) return adjoints.has(id) ? "bad value, gradient" : "bad value";
  return adjoints.has(id) ? "bad gradient" : null;
}
