/** The tabs of the panel beside the first, in their order. A new tool is a file of its own and a line here. */
import type { App } from "./app.ts";
import { checkTab } from "./check/check-tab.ts";
import { codeTab } from "./code-tab.ts";
import { compareTab } from "./compare-tab.ts";
import { costsTab } from "./costs-tab.ts";
import { drawTab } from "./draw-tab.ts";
import { healthTab } from "./health-tab.ts";
import { lessonsTab } from "./lessons-tab.ts";
import { outlineTab } from "./outline-tab.ts";
import type { PanelTab } from "./tabs.ts";

/** Makes the tabs. */
export function panelTabs(app: App): readonly PanelTab[] {
  return [
    outlineTab(app),
    healthTab(app),
    checkTab(app),
    compareTab(app),
    codeTab(app),
    costsTab(app),
    drawTab(app),
    lessonsTab(app),
  ];
}
