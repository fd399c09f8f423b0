/** A source of NaN or infinity as a card: what went in, what came out, and how far it went. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Culprit, CulpritCause, Ingredient, Provenance } from "../provenance.ts";
import { culpritSentence } from "../provenance-words.ts";
import { titleOf } from "../scene.ts";
import { type Entry, sizeOfShape } from "../tensor-entries.ts";
import type { App } from "./app.ts";
import type { Findings } from "./diagnosis.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { icon } from "./mark-icon.ts";
import { nodeButton, showButton } from "./node-button.ts";

/** The card of the culprit at `position` in `findings`. */
export function culpritCard(app: App, { trace, provenance }: Findings, position: number): HTMLElement {
  const card = html("article", { class: "finding culprit" });
  const culprit = provenance.culprits[position];
  if (culprit === undefined) return card;
  const { node, phase, cause, press } = culprit;
  card.dataset.node = String(node);
  card.dataset.cause = cause;
  card.append(
    html("p", { class: "eyebrow" }, html("span", {}, icon("culprit"), kicker(culprit, position))),
    html("h3", { class: "sentence" }, culpritSentence(trace, culprit)),
    flow(app, trace, culprit),
    madeList(culprit),
    html("p", { class: "reach" }, reachWords(provenance, position)),
    html(
      "p",
      { class: "actions" },
      showButton(app, { node, press }),
      html("span", { class: "quiet" }, whereWords(phase, press)),
    ),
  );
  return card;
}

function kicker({ phase }: Culprit, position: number): string {
  const pass = phase === "forward" ? "forward pass" : "backward pass";
  return position === 0 ? `The first · ${pass}` : `Source ${position + 1} · ${pass}`;
}

function whereWords(phase: Culprit["phase"], press: number | null): string {
  if (press === null) return phase === "forward" ? "in the forward pass" : "recorded in a backward pass";
  return press === 0 ? "the seed of the backward pass" : `step ${press} of the backward pass`;
}

/** What stands before and behind the name of what made it. */
const verbs: Readonly<Record<CulpritCause, readonly [string, string]>> = {
  given: ["", "holds"],
  op: ["", "gives"],
  seed: ["seed at", "is"],
  rule: ["rule of", "gives"],
  sum: ["sum at", "gives"],
  hook: ["hook at", "gives"],
};

/** What went in, through what, and what came out, from left to right. */
function flow(app: App, trace: Trace, culprit: Culprit): HTMLElement {
  const { ingredients, node, input, cause } = culprit;
  const formula =
    cause === "rule" ? trace.nodes.find(({ id }) => id === node)?.inputs[input ?? 0]?.formula : "";
  const [first] = culprit.entries;
  const [before, after] = verbs[cause];
  const out = html(
    "div",
    { class: "ingredient made" },
    html("small", {}, culprit.count > 1 ? `first of ${culprit.count} results` : "result"),
  );
  out.append(
    first === undefined ? html("b", {}, "not kept") : exactNumber("b", first.value),
    place(first ?? null),
  );
  const through = html(
    "div",
    { class: "through" },
    html("span", { class: "through-name" }, `${before} `, nodeButton(app, node), ` ${after}`),
    formula ? html("span", { class: "formula" }, formula) : "",
  );
  return html(
    "div",
    { class: "culprit-flow" },
    html("div", { class: "ingredients" }, ...ingredients.map((each) => chip(app, trace, culprit, each))),
    html("div", { class: "outcome" }, through, out),
  );
}

function chip(app: App, trace: Trace, { node: own }: Culprit, ingredient: Ingredient): HTMLElement {
  const { role, input, node, entry, tensor } = ingredient;
  const words = {
    input: `input ${input}`,
    adjoint: "adjoint g",
    output: "output y",
    sum: "the sum before",
    contribution: "contribution",
  }[role];
  const source = role === "input" && node !== null && node !== own ? nodeName(trace, node) : "";
  const made = html("div", { class: "ingredient", "data-role": role }, html("small", {}, words));
  if (entry === null) made.append(html("b", {}, sizeOfShape(tensor.shape) === 0 ? "empty" : "not kept"));
  else
    made.append(exactNumber("b", entry.value, input === null ? {} : { "data-input": input }), place(entry));
  if (source !== "" && node !== null) made.append(nodeButton(app, node));
  return made;
}

function nodeName(trace: Trace, id: number): string {
  const node = trace.nodes.find((each) => each.id === id);
  return node === undefined ? "" : titleOf({ node, folded: null });
}

function place(entry: Entry | null): HTMLElement | string {
  return entry === null || entry.index.length === 0 ? "" : html("code", {}, `[${entry.index.join(", ")}]`);
}

/** All entries that it made itself, as far as they are known; nothing for a single one, which stands above. */
function madeList({ entries, count }: Culprit): HTMLElement | string {
  if (count <= 1 || entries.length === 0) return "";
  const items = entries.map((entry) => html("li", {}, place(entry), exactNumber("b", entry.value)));
  const more = count - entries.length;
  return html(
    "ol",
    { class: "made-entries", "aria-label": "The entries that it made" },
    ...items,
    more > 0 ? html("li", { class: "quiet" }, `and ${more} more`) : "",
  );
}

/** How many values and gradients the culprit was the first to reach. */
function reachWords({ values, adjoints }: Provenance, position: number): string {
  const reached = (map: ReadonlyMap<number, number>): number =>
    [...map.values()].filter((origin) => origin === position).length;
  const [forward, backward] = [reached(values), reached(adjoints)];
  const parts = [
    forward === 0 ? "" : `${forward} value${forward === 1 ? "" : "s"}`,
    backward === 0 ? "" : `${backward} gradient${backward === 1 ? "" : "s"}`,
  ].filter((part) => part !== "");
  return parts.length === 0
    ? "What it made came earlier by another way."
    : `From here it is in ${parts.join(" and ")}.`;
}
