/** What can be saved besides the trace. Another kind of file is a line here. */
import type { App } from "./app.ts";
import type { MenuItem } from "./menu.ts";
import { saveChrome } from "./save-chrome.ts";
import { saveFile } from "./save-file.ts";
import { savePage } from "./save-page.ts";

/** The entries of the menu beside "Save trace"; an entry's `run` may reject, and what it rejects with is told. */
export function saveItems({ session, graph }: Pick<App, "session" | "graph">): readonly MenuItem[] {
  const some = (): boolean => session.shown.trace.nodes.length > 0;
  return [
    {
      id: "save-page",
      title: "Save page as HTML",
      detail: "Trace and inspector in one file",
      enabled: some,
      run: () => savePage(session.shown.trace),
    },
    {
      id: "save-svg",
      title: "Save graph as SVG",
      detail: "The whole graph, as it is shown",
      enabled: some,
      run: () => saveFile("graph.svg", new Blob([graph.svgText()], { type: "image/svg+xml" })),
    },
    {
      id: "save-png",
      title: "Save graph as PNG",
      detail: "The whole graph, at twice the size",
      enabled: some,
      run: async () => saveFile("graph.png", await graph.png()),
    },
    {
      id: "save-chrome",
      title: "Save times as Chrome trace",
      detail: "For Perfetto and chrome://tracing",
      enabled: some,
      run: () => saveChrome(session.shown.trace),
    },
  ];
}
