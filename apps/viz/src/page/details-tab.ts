/** The first tab: the latest step of the backward pass in full, or the chosen node. */

import { stateAfter } from "../backward-states.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import type { entryPanel } from "./entry/entry-panel.ts";
import { nodePanel } from "./node-panel.ts";
import type { NodeSection } from "./node-sections.ts";
import type { Shown } from "./session.ts";
import { type PanelContext, seedPanel, stepPanel } from "./step-panel.ts";
import type { PanelTab } from "./tabs.ts";

/** What the details of a node are shown with, beside its numbers. */
export interface DetailTools {
  readonly sections: readonly NodeSection[];
  readonly entryPanel: typeof entryPanel;
}

/** The first tab, which is there before the tools are. */
export interface DetailsTab extends PanelTab {
  /** Gives it the tools; what is shown is made anew with them. */
  equip(tools: DetailTools): void;
}

/** The tab of steps, nodes and entries. */
export function detailsTab(app: App): DetailsTab {
  const element = html("div");
  let outdated = new AbortController();
  let latest: Shown | null = null;
  let tools: DetailTools | null = null;
  const render = (shown: Shown, before: Shown | null): void => {
    latest = shown;
    outdated.abort();
    outdated = new AbortController();
    const focused = element.contains(document.activeElement);
    // Numbers that the engine gives come a moment later: the panel keeps its height, and with it where it is scrolled to.
    element.style.minHeight = samePlace(shown, before) ? `${element.offsetHeight}px` : "";
    element.replaceChildren(panelOf(app, tools, shown, outdated.signal));
    // Whoever works with the keyboard goes on from the beginning of what came.
    const heading = focused ? element.querySelector("h2") : null;
    if (heading !== null) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    if (element.parentElement !== null && !samePlace(shown, before)) element.parentElement.scrollTop = 0;
  };
  // Pictures are painted in the colours of the moment.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (latest !== null && element.isConnected) render(latest, latest);
  });
  return {
    id: "details",
    title: "Details",
    element,
    show(shown: Shown, before: Shown | null): void {
      // Marks are the graph's business: the numbers of a step or a node are not other for them.
      const same = before !== null && samePlace(shown, before) && before.trace === shown.trace;
      if (!same) render(shown, before);
    },
    hide: () => outdated.abort(),
    equip(given): void {
      tools = given;
      if (latest !== null && latest.chosen !== null && element.isConnected) render(latest, latest);
    },
  };
}

/** The same step, node and entry, though it be of another trace. */
function samePlace(shown: Shown, before: Shown | null): boolean {
  return (
    before !== null &&
    before.step === shown.step &&
    before.pass === shown.pass &&
    before.chosen === shown.chosen &&
    before.entry === shown.entry &&
    before.via.length === shown.via.length
  );
}

function panelOf(app: App, tools: DetailTools | null, shown: Shown, signal: AbortSignal): HTMLElement {
  const { trace, nodes, chosen, entry, frames, step, state } = shown;
  const context: PanelContext = {
    trace,
    nodes,
    choose: (id) => app.session.choose(id),
    chooseEntry: (id, index) => app.session.choose(id, index),
    showCode: () => app.selectTab("code"),
  };
  const node = chosen === null ? undefined : nodes.get(chosen);
  if (node !== undefined && entry !== null && tools !== null) {
    return tools.entryPanel({ app, shown, node, index: entry, signal });
  }
  if (node !== undefined) {
    const sections = tools?.sections.flatMap((section) => section(app, shown, node, signal) ?? []) ?? [];
    return nodePanel(context, node, state, sections, () => app.session.choose(null));
  }
  if (frames.frames.length === 0) {
    const words = "This trace holds no backward pass. Click a node for its numbers.";
    return html("p", { class: "quiet" }, words);
  }
  if (step === 0) return seedPanel(context, frames);
  return stepPanel(context, frames, step, stateAfter(frames, step - 1));
}
