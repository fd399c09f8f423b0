/** The first tab: the latest step of the backward pass in full, or the chosen node. */

import { stateAfter } from "../backward-states.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { nodePanel } from "./node-panel.ts";
import { nodeSections } from "./node-sections.ts";
import type { Shown } from "./session.ts";
import { type PanelContext, seedPanel, stepPanel } from "./step-panel.ts";
import type { PanelTab } from "./tabs.ts";

/** The tab of steps and nodes. */
export function detailsTab(app: App): PanelTab {
  const element = html("div");
  return {
    id: "details",
    title: "Details",
    element,
    show(shown: Shown, before: Shown | null): void {
      // Marks are the graph's business: the numbers of a step or a node are not other for them.
      const same =
        before !== null &&
        before.state === shown.state &&
        before.trace === shown.trace &&
        before.chosen === shown.chosen;
      if (same) return;
      element.replaceChildren(panelOf(app, shown));
      if (element.parentElement !== null) element.parentElement.scrollTop = 0;
    },
  };
}

function panelOf(app: App, shown: Shown): HTMLElement {
  const { trace, nodes, chosen, frames, step, state } = shown;
  const context: PanelContext = {
    trace,
    nodes,
    choose: (id) => app.session.choose(id),
    showCode: () => app.selectTab("code"),
  };
  const node = chosen === null ? undefined : nodes.get(chosen);
  if (node !== undefined) {
    const sections = nodeSections.flatMap((section) => section(app, shown, node) ?? []);
    return nodePanel(context, node, state, sections, () => app.session.choose(null));
  }
  if (frames.frames.length === 0) {
    const words = "This trace holds no backward pass. Click a node for its numbers.";
    return html("p", { class: "quiet" }, words);
  }
  if (step === 0) return seedPanel(context, frames);
  return stepPanel(context, frames, step, stateAfter(frames, step - 1));
}
