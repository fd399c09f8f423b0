/** One node in full: value, adjoint so far, attributes, cost. */
import type { TraceNode } from "@adjoint/autograd/graph";
import type { BackwardState } from "../backward-states.ts";
import { byteText, shapeText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import { html } from "./dom.ts";
import { nodeLink, type PanelContext, whereabouts } from "./step-panel.ts";
import { tensorView } from "./tensor-view.ts";

/** The panel of `node`, with what tools add to it; `back` leads to the step again. */
export function nodePanel(
  context: PanelContext,
  node: TraceNode,
  state: BackwardState,
  sections: readonly HTMLElement[],
  back: () => void,
): HTMLElement {
  const close = html("button", { type: "button", class: "close" }, "Back to the step");
  close.addEventListener("click", back);
  const kind = { op: "Op", leaf: "Leaf: requires grad", constant: "Constant" }[node.kind];
  const panel = html(
    "div",
    { class: "node", "data-node": node.id },
    html("p", { class: "eyebrow" }, kind, close),
    html("h2", {}, titleOf({ node, folded: null }), html("span", { class: "shape" }, shapeText(node.shape))),
    whereabouts(context, node),
  );
  if (node.value !== null) {
    const choose = (index: number): void => context.chooseEntry(node.id, index);
    panel.append(tensorView(node.value, { title: "Value", scale: "value", role: "value", choose }));
  }
  panel.append(adjointPart(context, node, state));
  if (node.inputs.length > 0) panel.append(inputsPart(context, node));
  panel.append(...sections, factsPart(node));
  return panel;
}

function adjointPart({ chooseEntry }: PanelContext, node: TraceNode, state: BackwardState): HTMLElement {
  const partial = state.adjoints.get(node.id);
  if (partial !== undefined) {
    const title = partial.complete ? "Adjoint, complete" : "Adjoint so far";
    const choose = (index: number): void => chooseEntry(node.id, index);
    return tensorView(partial.tensor, { title, scale: "gradient", role: "adjoint", choose });
  }
  const tracked = node.tracked || node.kind === "leaf";
  const words = tracked ? "No contribution has come here yet." : "It needs no gradient.";
  return html("p", { class: "quiet" }, words);
}

function inputsPart(context: PanelContext, node: TraceNode): HTMLElement {
  const rows = node.inputs.map(({ source, formula, tracked }) =>
    html(
      "li",
      {},
      source === null ? "a value from before the recording" : nodeLink(context, source),
      html("p", { class: tracked ? "formula" : "quiet" }, tracked ? formula : "no gradient is asked for"),
    ),
  );
  return html(
    "section",
    { class: "inputs" },
    html("h3", {}, "Inputs and their rules"),
    html("ol", { start: 0 }, ...rows),
  );
}

function factsPart(node: TraceNode): HTMLElement {
  const facts: Record<string, string> = { dtype: node.dtype };
  if (node.kind === "op") {
    const microseconds = Number((node.nanoseconds / 1000).toPrecision(3));
    // The clock of a page ticks every 0.1 ms.
    facts["forward time"] = microseconds > 0 ? `${microseconds} µs` : "too short for the clock";
    facts["memory of its value"] = byteText(node.valueBytes);
    facts["saved for backward"] = byteText(node.savedBytes);
  }
  if (node.attributes !== null) facts.attributes = JSON.stringify(node.attributes);
  const list = html("dl", { class: "facts" });
  for (const [name, value] of Object.entries(facts)) {
    list.append(html("div", {}, html("dt", {}, name), html("dd", {}, value)));
  }
  return list;
}
