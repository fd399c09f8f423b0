/** The latest step of the backward pass in full: rules, incoming adjoint, contributions, running sums. */
import {
  readPlace,
  type Trace,
  type TraceContribution,
  type TraceNode,
  type TraceStep,
  type TraceTensor,
} from "@adjoint/autograd/graph";
import { type BackwardFrames, type BackwardState, type Frame, sumBefore } from "../backward-states.ts";
import { shapeText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { tensorView } from "./tensor-view.ts";

/** What the panels need to know of the page. */
export interface PanelContext {
  readonly trace: Trace;
  readonly nodes: ReadonlyMap<number, TraceNode>;
  /** Shows a node in the panel. */
  choose(node: number): void;
  /** Shows one entry of a node in the panel, by its position in row-major order. */
  chooseEntry(node: number, index: number): void;
  /** Shows the line of the program that the panel's node comes from. */
  showCode(): void;
}

/** A button with a node's name, which leads to it. */
export function nodeLink(context: Pick<PanelContext, "nodes" | "choose">, id: number): HTMLElement {
  const node = context.nodes.get(id);
  const link = html(
    "button",
    { type: "button", class: "link" },
    node === undefined ? `node ${id}` : titleOf({ node, folded: null }),
  );
  link.addEventListener("click", () => context.choose(id));
  return link;
}

/** Where a node belongs: its module and its place in the source. */
export function whereabouts(context: PanelContext, node: TraceNode): HTMLElement {
  const scope = context.trace.scopes.find(({ id }) => id === node.scope);
  const module = scope === undefined ? "" : `in module ${scope.name || "(outermost)"} · ${scope.kind}`;
  const dash = scope === undefined || node.place === null ? "" : " — ";
  return html("p", { class: "quiet" }, module, dash, ...placePart(context, node.place));
}

/** The file's name and the line, which lead to the code; a place of another form as it is. */
function placePart(context: PanelContext, place: string | null): (HTMLElement | string)[] {
  const found = place === null ? null : readPlace(place);
  if (place === null || found === null) return [place ?? ""];
  const name = found.address.split(/[/\\]/).at(-1) ?? "";
  const link = html("button", { type: "button", class: "link place", title: place }, `${name}:${found.line}`);
  link.addEventListener("click", () => context.showCode());
  return [link];
}

/** A gradient of `node`, of which an entry can be chosen. */
function gradientView(
  { chooseEntry }: PanelContext,
  tensor: TraceTensor,
  { title, role, node }: { readonly title: string; readonly role: string; readonly node: number },
): HTMLElement {
  const choose = (index: number): void => chooseEntry(node, index);
  return tensorView(tensor, { title, role, scale: "gradient", choose });
}

/** Before the first step: the seeds. */
export function seedPanel(context: PanelContext, { pass, frames }: BackwardFrames): HTMLElement {
  const panel = html(
    "div",
    { class: "step" },
    html("p", { class: "eyebrow" }, `Before step 1 of ${frames.length}`),
    html("h2", {}, "The seed"),
    html(
      "p",
      {},
      "The backward pass begins at the root with ∂root/∂root = 1, and walks the tape in reverse. Each step runs one op’s rules.",
    ),
  );
  for (const { node, sum } of pass.seeds) {
    panel.append(html("p", {}, "Goes in at ", nodeLink(context, node)));
    panel.append(gradientView(context, sum, { title: "Seed", role: "seed", node }));
  }
  panel.append(
    html(
      "p",
      { class: "hint" },
      html("kbd", {}, "→"),
      " runs a step, ",
      html("kbd", {}, "←"),
      " takes it back. Click a node for its numbers.",
    ),
  );
  return panel;
}

/** A frame: `before` is the state that it starts from. */
export function stepPanel(
  context: PanelContext,
  { frames }: BackwardFrames,
  position: number,
  before: BackwardState,
): HTMLElement {
  const frame = frames[position - 1];
  const node = frame === undefined ? undefined : context.nodes.get(frame.step.node);
  if (frame === undefined || node === undefined) return html("div");
  const { step } = frame;
  return html(
    "div",
    { class: "step", "data-step": position, "data-node": node.id },
    html("p", { class: "eyebrow" }, `Step ${position} of ${frames.length}`),
    html("h2", {}, titleOf({ node, folded: null }), html("span", { class: "shape" }, shapeText(node.shape))),
    whereabouts(context, node),
    gradientView(context, step.adjoint, { title: "Incoming adjoint g", role: "incoming", node: node.id }),
    ...node.inputs.map((_, input) => inputPart(context, node, input, step, before)),
    ...arrivalPart(context, frame),
  );
}

function inputPart(
  context: PanelContext,
  node: TraceNode,
  input: number,
  step: TraceStep,
  before: BackwardState,
): HTMLElement {
  const edge = node.inputs[input];
  const source = edge?.source ?? null;
  const part = html("section", { class: "input", "data-input": input });
  const shape = source === null ? null : context.nodes.get(source)?.shape;
  const name = source === null ? "a value from before the recording" : nodeLink(context, source);
  part.append(
    html(
      "h3",
      {},
      html("span", { class: "quiet" }, `Input ${input} `),
      name,
      html("span", { class: "shape" }, shape == null ? "" : shapeText(shape)),
    ),
  );
  const position = step.contributions.findIndex((each) => each.input === input);
  const contribution = step.contributions[position];
  if (contribution === undefined) {
    part.classList.add("untracked");
    part.append(html("p", { class: "quiet" }, "No gradient is asked for here, so the rule does not run."));
    return part;
  }
  part.append(html("p", { class: "formula" }, edge?.formula ?? ""));
  const { value, target } = contribution;
  part.append(
    gradientView(context, value, { title: "Contribution", role: "contribution", node: target }),
    ...sumPart(context, contribution, sumBefore(before, step, position)),
  );
  return part;
}

function sumPart(
  context: PanelContext,
  { value, sum, target }: TraceContribution,
  before: ReturnType<typeof sumBefore>,
): HTMLElement[] {
  if (before === null) {
    return [
      html(
        "p",
        { class: "sum", "data-target": target },
        "The first to arrive: the running sum is this contribution.",
      ),
    ];
  }
  const numberOf = (tensor: typeof value): number =>
    tensor.data?.length === 1 ? (tensor.data[0] ?? Number.NaN) : (tensor.statistics?.norm ?? Number.NaN);
  const single = sum.data?.length === 1;
  const words = single ? "Running sum" : "Running sum, by norms";
  return [
    html(
      "p",
      { class: "sum", "data-target": target },
      `${words}: `,
      exactNumber("b", numberOf(before), { "data-sum": "before" }),
      single ? " + " : " and ",
      exactNumber("b", numberOf(value), { "data-sum": "contribution" }),
      single ? " = " : " give ",
      exactNumber("b", numberOf(sum), { "data-sum": "after" }),
    ),
    gradientView(context, sum, { title: "Running sum", role: "sum", node: target }),
  ];
}

function arrivalPart(context: PanelContext, { arrivals }: Frame): HTMLElement[] {
  if (arrivals.length === 0) return [];
  const items = arrivals.map(({ node, adjoint }) => {
    const item = html("li", {}, nodeLink(context, node));
    item.append(gradientView(context, adjoint, { title: "Gradient", role: "arrival", node }));
    item.dataset.node = String(node);
    return item;
  });
  return [
    html(
      "section",
      { class: "arrivals" },
      html("h3", {}, "Complete at the leaves"),
      html("ul", {}, ...items),
    ),
  ];
}
