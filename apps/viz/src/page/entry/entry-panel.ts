/** One entry in full: its value, its adjoint, and where that comes from, term by term, on to the seed. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { entryName, positionText } from "../../entry-name.ts";
import { titleOf } from "../../scene.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import type { Shown } from "../session.ts";
import { tensorView } from "../tensor-view.ts";
import { entryCheck } from "./entry-check.ts";
import type { EntryContext } from "./entry-context.ts";
import { entryPicture } from "./entry-picture.ts";
import { originSection } from "./origin-section.ts";

/** The panel of the entry of `context`. */
export function entryPanel(context: EntryContext): HTMLElement {
  const { app, shown, node, index } = context;
  const title = titleOf({ node, folded: null });
  const whole = html("button", { type: "button" }, `All of ${title}`);
  whole.addEventListener("click", () => app.session.choose(node.id));
  const adjoint = adjointOf(shown, node.id);
  const panel = html(
    "div",
    { class: "entry", "data-node": node.id, "data-entry": index },
    html("p", { class: "eyebrow" }, "One entry", whole),
    ...crumbs(context),
    head(context, title, adjoint),
  );
  if (adjoint === null) {
    const words =
      node.tracked || node.kind === "leaf"
        ? "The backward pass did not come by here."
        : "No gradient is asked for here: it is a number that the gradients of others are multiplied with.";
    panel.append(html("p", { class: "quiet" }, words));
  } else {
    panel.append(originSection(context), entryCheck(context));
  }
  panel.append(...tensors(context, adjoint));
  return panel;
}

/** The complete adjoint of a node in the pass that is shown. */
function adjointOf({ frames }: Shown, node: number): TraceTensor | null {
  return frames.pass.steps.find((step) => step.node === node)?.adjoint ?? null;
}

/** The way that led here, each entry a button that leads back. */
function crumbs({ app, shown, node, index }: EntryContext): HTMLElement[] {
  const { via, nodes } = shown;
  if (via.length === 0) return [];
  const items = via.map((place, position) => {
    const at = nodes.get(place.node);
    const name = at === undefined ? `node ${place.node}` : entryName(at, place.index);
    const link = html("button", { type: "button", class: "link" }, name);
    link.addEventListener("click", () => app.session.backTo(position));
    return html("li", {}, link);
  });
  const here = html("li", { "aria-current": "location" }, entryName(node, index));
  return [html("nav", { class: "crumbs", "aria-label": "The way here" }, html("ol", {}, ...items, here))];
}

/** The name and the numbers; beside them the picture that the entry is a pixel of. */
function head(context: EntryContext, title: string, adjoint: TraceTensor | null): HTMLElement {
  const { app, node, index } = context;
  const heading = html(
    "h2",
    {},
    title,
    html("span", { class: "position" }, positionText(index, node.value?.shape ?? node.shape)),
  );
  const list = html("dl", { class: "entry-numbers" });
  const add = (name: string, role: string, tensor: TraceTensor | null, note: string | null): void => {
    const x = tensor?.data?.[index];
    if (x === undefined) return;
    const term = html("dt", {}, name, ...(note === null ? [] : [html("small", {}, note)]));
    list.append(html("div", { class: role }, term, exactNumber("dd", x, { "data-role": role })));
  };
  add("adjoint", "entry-adjoint", adjoint, completeAt(context));
  add("value", "entry-value", node.value, null);
  const choose = (to: number): void => app.session.choose(node.id, to);
  const tensor = adjoint ?? node.value;
  const picture = entryPicture(tensor, index, adjoint === null ? "value" : "gradient", choose);
  const named = html("div", {}, heading, list);
  return html("div", { class: "entry-top" }, named, ...(picture === null ? [] : [picture]));
}

/** When the adjoint is complete, where the pass has not come so far. */
function completeAt({ shown, node }: EntryContext): string | null {
  const { state, frames } = shown;
  if (state.adjoints.get(node.id)?.complete === true) return null;
  const arrives = frames.frames.findIndex(
    ({ step, arrivals }) => step.node === node.id || arrivals.some((leaf) => leaf.node === node.id),
  );
  return `complete after step ${arrives + 1} of ${frames.frames.length}`;
}

/** The whole tensors, in which another entry can be chosen. */
function tensors({ app, node, index }: EntryContext, adjoint: TraceTensor | null): HTMLElement[] {
  const choose = (to: number): void => app.session.choose(node.id, to);
  const views: HTMLElement[] = [];
  if (adjoint !== null && adjoint.data?.length !== 1) {
    const options = { title: "Adjoint", scale: "gradient", role: "adjoint" } as const;
    views.push(tensorView(adjoint, { ...options, chosen: index, choose }));
  }
  if (node.value !== null && node.value.data?.length !== 1) {
    const options = { title: "Value", scale: "value", role: "value" } as const;
    views.push(tensorView(node.value, { ...options, chosen: index, choose }));
  }
  if (views.length === 0) return [];
  return [html("section", { class: "others" }, html("h3", {}, "Other entries"), ...views)];
}
