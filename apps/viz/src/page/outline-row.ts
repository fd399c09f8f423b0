/** What stands in one row of the outline: name, shape, marks, the step of the backward pass, value and gradient. */
import type { TraceNode } from "@adjoint/autograd/graph";
import type { Mark } from "../marks.ts";
import { exactText, numberText, shapeText } from "../number-text.ts";
import type { OutlineItem, OutlineRow } from "../outline.ts";
import { summaryOf } from "../tensor-summary.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";

/** What rows say besides the trace. */
export interface OutlineState {
  readonly shown: Shown;
  /** The step of the backward pass at which a node's adjoint is complete, by node. */
  readonly steps: ReadonlyMap<number, number>;
  /** The nodes that the search found; null while nothing is searched. */
  readonly found: ReadonlySet<number> | null;
}

/** Fills `element` with the row. */
export function fillOutlineRow(element: HTMLElement, row: OutlineRow, state: OutlineState): void {
  const { item, open } = row;
  const { node } = item;
  const { shown } = state;
  element.setAttribute("aria-selected", String(node !== null && node.id === shown.chosen));
  element.classList.toggle("module", node === null);
  element.classList.toggle("found", node !== null && state.found?.has(node.id) === true);
  const now = node !== null && shown.frames.frames[shown.step - 1]?.step.node === node.id;
  element.classList.toggle("now", now);
  const sign = open === null ? "" : open ? "▾" : "▸";
  const twisty = html("span", { class: "twisty", "aria-hidden": "true" }, sign);
  twisty.style.marginInlineStart = `${(item.level - 1) * 14}px`;
  const name = html("span", { class: "name" }, html("b", {}, item.title));
  element.replaceChildren(twisty, name);
  if (node === null) return;
  if (node.name !== null && node.kind === "op") name.append(` ${node.op}`);
  name.append(html("span", { class: "shape" }, shapeText(node.shape)));
  name.append(...marksOf(state, item));
  element.append(
    stepPart(node, state, now),
    numberPart("value", node, shown),
    numberPart("gradient", node, shown),
  );
}

function marksOf({ shown }: OutlineState, { node }: OutlineItem): HTMLElement[] {
  const marks: readonly Mark[] = (node === null ? undefined : shown.marks.nodes.get(node.id)) ?? [];
  // What was found is all that there is to be seen, and underlined; the other marks need their words.
  return marks
    .filter(({ kind }) => kind !== "found")
    .map(({ kind, label }) => html("span", { class: "chip", "data-mark": kind }, label));
}

function stepPart({ id }: TraceNode, { steps }: OutlineState, now: boolean): HTMLElement {
  const step = steps.get(id);
  if (step === undefined) return html("span", { class: "step-of" });
  const words = html("span", { class: "unseen" }, step === 0 ? ", complete at the seed" : ", step ");
  const shown = html("span", step === 0 ? { "aria-hidden": "true" } : {}, String(step));
  return html("span", { class: "step-of" }, words, now ? "▸ " : "", shown);
}

function numberPart(scale: "value" | "gradient", node: TraceNode, { state }: Shown): HTMLElement {
  const partial = state.adjoints.get(node.id);
  const tensor = scale === "value" ? node.value : (partial?.tensor ?? null);
  const summary = tensor === null ? null : summaryOf(tensor);
  const cell = html("span", { class: `number ${scale}` });
  if (summary === null) return cell;
  const sofar = scale === "gradient" && partial?.complete === false;
  const norm = tensor?.shape.some((size) => size !== 1) ? "norm " : "";
  cell.append(html("span", { class: "unseen" }, `, ${scale}${sofar ? " so far" : ""} ${norm}`));
  if (scale === "gradient") cell.append(html("span", { "aria-hidden": "true" }, sofar ? "Σ " : "∂ "));
  const number = html("span", { "data-scale": scale }, numberText(summary.number));
  number.dataset.exact = exactText(summary.number);
  cell.append(number);
  return cell;
}
