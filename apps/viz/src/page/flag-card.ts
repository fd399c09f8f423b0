/** A health flag as a card: how grave, what was measured against which threshold, the layers or units, and where they are. */
import type { Trace } from "@adjoint/autograd/graph";
import type { HealthFlag } from "../health.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";
import { layerChart } from "./layer-chart.ts";
import { icon } from "./mark-icon.ts";
import { nodeButton } from "./node-button.ts";
import { unitStrip } from "./unit-strip.ts";

const titles: Readonly<Record<HealthFlag["kind"], string>> = {
  dead: "Dead ReLU units",
  vanishing: "Vanishing gradients",
  exploding: "Exploding gradients",
  saturated: "Saturation",
};

const severities = {
  severe: { word: "Severe", icon: "culprit" },
  warning: { word: "Warning", icon: "warning" },
  note: { word: "Note", icon: "note" },
} as const;

const beyond: Readonly<Record<HealthFlag["kind"], string>> = {
  dead: "at or below the threshold",
  vanishing: "below the threshold",
  exploding: "above the threshold",
  saturated: "above the threshold",
};

/** So many nodes are named on a card; the others are in its list of layers, or marked in the graph. */
const mostNodes = 8;

/** The card of `flag`. */
export function flagCard(app: App, trace: Trace, flag: HealthFlag): HTMLElement {
  const { kind, severity, words, number, threshold, measure, series, nodes, units, unitCount } = flag;
  const look = severities[severity];
  const card = html(
    "article",
    { class: `finding ${severity}`, "data-kind": kind, "data-severity": severity },
    html("p", { class: "eyebrow" }, html("span", {}, icon(look.icon), `${look.word} · ${titles[kind]}`)),
    html("h3", { class: "sentence" }, words),
    html(
      "p",
      { class: "measure" },
      exactNumber("b", number, { "data-measure": "number" }),
      ` ${beyond[kind]} `,
      exactNumber("b", threshold, { "data-measure": "threshold" }),
      html("span", { class: "quiet" }, measure),
    ),
  );
  if (series.length > 1) {
    card.append(layerChart(flag), layerList(app, flag));
  }
  if (units.length > 0) card.append(unitStrip(kind, units, unitCount));
  const more = nodes.length - mostNodes;
  card.append(
    html(
      "p",
      { class: "where" },
      html("span", { class: "quiet" }, nodes.length === 1 ? "Node" : "Nodes"),
      ...nodes.slice(0, mostNodes).map((id) => nodeWithModule(app, trace, id)),
      more > 0 ? html("span", { class: "quiet" }, `and ${more} more`) : "",
    ),
  );
  return card;
}

/** A button for the node, with the module that it is in: thirty layers have thirty nodes called linear. */
function nodeWithModule(app: App, trace: Trace, id: number): HTMLElement {
  const scope = trace.nodes.find((node) => node.id === id)?.scope ?? null;
  const name = trace.scopes.find((each) => each.id === scope)?.name ?? "";
  const module = name === "" ? "" : html("small", {}, `in ${name}`);
  return html("span", { class: "node-of" }, nodeButton(app, id), module);
}

/** The chart's numbers for those who read them: every layer with all digits, and a button to it. */
function layerList(app: App, { series, threshold, kind }: HealthFlag): HTMLElement {
  const items = series.map(({ node, number }) => {
    const over = kind === "vanishing" ? number < threshold : !(number <= threshold);
    return html(
      "li",
      { "data-layer": node },
      nodeButton(app, node),
      exactNumber("b", number),
      over ? html("span", { class: "over" }, "flagged") : "",
    );
  });
  return html(
    "details",
    { class: "layers" },
    html("summary", {}, `The numbers of all ${series.length} layers`),
    html("ol", {}, ...items),
  );
}
