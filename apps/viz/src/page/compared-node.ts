/** One node in two traces: its numbers beside each other, and what lies between them. */
import type { Trace, TraceNode, TraceTensor } from "@adjoint/autograd/graph";
import { largestGaps, modulePlace, removedPlaces } from "../compare-rows.ts";
import type { NodeDifference } from "../difference.ts";
import { differenceWords } from "../difference-words.ts";
import type { TensorPair } from "../engine/subtract-task.ts";
import { shapeText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import { indexAt } from "../tensor-entries.ts";
import type { App } from "./app.ts";
import { type Compared, passAt } from "./comparison.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { tensorView } from "./tensor-view.ts";
import { during } from "./work.ts";

/** So many entries stand beside each other. */
const mostEntries = 6;

/** What is shown of one tensor of a node. */
interface Part extends TensorPair {
  readonly name: "Value" | "Gradient";
  readonly scale: "value" | "gradient";
  /** For the tests and the styles. */
  readonly role: "value" | "adjoint";
}

/** Both sides of `node`, and their difference, which the engine subtracts meanwhile. */
export function comparedNode(app: App, compared: Compared, node: NodeDifference): HTMLElement {
  const [first, second] = [sideOf(compared.reference, node.first), sideOf(compared, node.second)];
  const element = html(
    "div",
    { class: "compared-node", "data-status": node.status },
    html("p", { class: "compared-words" }, sentence(compared, node)),
    ...changedFacts(compared, node),
  );
  const parts: Part[] = [
    { name: "Value", scale: "value", role: "value", first: first.value, second: second.value },
    { name: "Gradient", scale: "gradient", role: "adjoint", first: first.adjoint, second: second.adjoint },
  ];
  const present = parts.filter((part) => part.first !== null || part.second !== null);
  const bodies = present.map((part) =>
    html("section", { class: "compared-part", "data-part": part.role }, html("h4", {}, part.name)),
  );
  element.append(...bodies);
  void during(fill(app, present, bodies));
  return element;
}

async function fill({ engine }: App, parts: readonly Part[], bodies: readonly HTMLElement[]): Promise<void> {
  const pairs = parts.map(({ first, second }) => ({ first, second }));
  try {
    const tensors = await engine.ask("subtract", pairs);
    for (const [i, part] of parts.entries()) bodies[i]?.append(...partBody(part, tensors[i] ?? null));
  } catch (error) {
    bodies[0]?.append(html("p", {}, error instanceof Error ? error.message : String(error)));
  }
}

function partBody(part: Part, difference: TraceTensor | null): HTMLElement[] {
  const { first, second, scale, role } = part;
  const view = (tensor: TraceTensor | null, title: string, side: string): HTMLElement | null =>
    tensor === null ? null : tensorView(tensor, { title, scale, role: `${side}-${role}` });
  if (difference?.data == null || first?.data == null || second?.data == null) {
    const sides = [view(first, "Reference", "reference"), view(second, "Shown", "shown")];
    return sides.filter((each) => each !== null);
  }
  const gaps = largestGaps(difference.data, mostEntries);
  if (gaps.length === 0) {
    const single = first.data.length === 1 ? [exactNumber("b", first.data[0] ?? Number.NaN)] : [];
    return [
      html(
        "p",
        { class: "quiet" },
        "The same on both sides",
        ...(single.length > 0 ? [": ", ...single] : ["."]),
      ),
    ];
  }
  const table = entryTable(gaps, { first: first.data, second: second.data, shape: difference.shape });
  // All that differs is in the table.
  if (difference.data.length <= mostEntries) return [table];
  const title = "Shown − reference";
  const both = html("details", {}, html("summary", {}, "Both in full"));
  const sides = [view(first, "Reference", "reference"), view(second, "Shown", "shown")];
  both.append(...sides.filter((each) => each !== null));
  return [table, tensorView(difference, { title, scale: "gradient", role: `difference-${role}` }), both];
}

/** The entries that differ most: where, what they were, what they are, and the difference. */
function entryTable(
  gaps: ReturnType<typeof largestGaps>,
  {
    first,
    second,
    shape,
  }: {
    readonly first: ArrayLike<number>;
    readonly second: ArrayLike<number>;
    readonly shape: readonly number[];
  },
): HTMLElement {
  const head = ["Entry", "Reference", "Shown", "Difference"].map((name) =>
    html("th", { scope: "col" }, name),
  );
  const rows = gaps.map(({ offset, gap }) =>
    html(
      "tr",
      { "data-index": offset },
      html(
        "th",
        { scope: "row" },
        shape.length === 0 ? "the number" : `[${indexAt(offset, shape).join(", ")}]`,
      ),
      exactNumber("td", first[offset] ?? Number.NaN, { "data-side": "reference" }),
      exactNumber("td", second[offset] ?? Number.NaN, { "data-side": "shown" }),
      exactNumber("td", gap, { "data-side": "difference" }),
    ),
  );
  return html(
    "table",
    { class: "entry-differences" },
    html("thead", {}, html("tr", {}, ...head)),
    html("tbody", {}, ...rows),
  );
}

interface NodeSide {
  readonly value: TraceTensor | null;
  readonly adjoint: TraceTensor | null;
}

function sideOf(
  { trace, pass }: { readonly trace: Trace; readonly pass: number },
  id: number | null,
): NodeSide {
  const node = nodeOf(trace, id);
  const step = passAt(trace, pass)?.steps.find((each) => each.node === id);
  return { value: node?.value ?? null, adjoint: step?.adjoint ?? null };
}

function nodeOf(trace: Trace, id: number | null): TraceNode | undefined {
  return trace.nodes.find((each) => each.id === id);
}

function sentence({ reference, trace, difference }: Compared, node: NodeDifference): string {
  if (node.status === "same") return "The same in both: value, gradient, shape and inputs.";
  if (node.status === "added") return "Added: the reference has no such node.";
  if (node.status === "changed") return `Changed: ${differenceWords(node)}.`;
  const place = removedPlaces(reference.trace, trace, difference).get(node.first ?? -1) ?? "";
  const removed = nodeOf(reference.trace, node.first);
  const module = modulePlace(reference.trace, removed?.scope ?? null);
  return `Removed: it stood ${[place, module, removed?.place ?? ""].filter((each) => each !== "").join(", ")}.`;
}

/** Shape, attributes and inputs of both sides, where they differ. */
function changedFacts(
  { reference, trace }: Compared,
  { facets, first, second }: NodeDifference,
): HTMLElement[] {
  const [before, after] = [nodeOf(reference.trace, first), nodeOf(trace, second)];
  if (before === undefined || after === undefined) return [];
  const inputs = (of: Trace, { inputs: all }: TraceNode): string =>
    all.map(({ source }) => nameOf(of, source)).join(", ") || "none";
  const facts: readonly (readonly [string, string, string])[] = [
    ["shape", `${before.dtype} ${shapeText(before.shape)}`, `${after.dtype} ${shapeText(after.shape)}`],
    ["attributes", JSON.stringify(before.attributes), JSON.stringify(after.attributes)],
    ["inputs", inputs(reference.trace, before), inputs(trace, after)],
  ];
  const changed = facts.filter(([name]) => facets.some((facet) => facet === name));
  if (changed.length === 0) return [];
  const rows = changed.map(([name, was, is]) =>
    html("div", {}, html("dt", {}, name), html("dd", {}, was), " → ", html("dd", {}, is)),
  );
  return [html("dl", { class: "changed-facts" }, ...rows)];
}

function nameOf(trace: Trace, id: number | null): string {
  const node = nodeOf(trace, id);
  return node === undefined ? "a value from before" : titleOf({ node, folded: null });
}
