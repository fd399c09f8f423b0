/** All that the page does not need to show a graph and to step it: loaded while that is being made. */
import type { App } from "./app.ts";
import type { DetailsTab } from "./details-tab.ts";
import { byId } from "./dom.ts";
import { entryPanel } from "./entry/entry-panel.ts";
import { nodeSections } from "./node-sections.ts";
import { addPageCommands } from "./page-commands.ts";
import type { Tabs } from "./tabs.ts";
import { Timeline } from "./timeline/timeline.ts";
import { panelTabs } from "./tools.ts";

/** Adds the tools to the page; what is returned outlives them. */
export function openToolbox(app: App, tabs: Tabs, details: DetailsTab, form: HTMLFormElement): Timeline {
  details.equip({ sections: nodeSections, entryPanel });
  const tools = panelTabs(app);
  tabs.add(tools);
  addPageCommands(app, form, [details, ...tools]);
  return new Timeline(byId("timeline", HTMLElement), app);
}
