/** The commands of the page itself: its buttons, the stepper, programs, tabs, what can be saved; and their keys. */
import { encodeTrace } from "@adjoint/autograd/graph";
import type { App } from "./app.ts";
import { openCommandPalette } from "./command-palette.ts";
import type { Command } from "./commands.ts";
import { byId } from "./dom.ts";
import { openKeyboardHelp } from "./keyboard-help.ts";
import { menuButton } from "./menu.ts";
import { modifierName, runCommandsByKey } from "./page-keys.ts";
import { programCommands } from "./program-form.ts";
import { saveFile } from "./save-file.ts";
import { saveItems } from "./save-items.ts";
import type { PanelTab } from "./tabs.ts";
import { during } from "./work.ts";

/** Adds the page's commands, wires the buttons that do the same, and listens for keys. */
export function addPageCommands(app: App, form: HTMLFormElement, tabs: readonly PanelTab[]): void {
  const { commands, graph } = app;
  const wire = (id: string, command: Command): void => {
    byId(id, HTMLElement).addEventListener("click", () => command.run());
    commands.add(command);
  };
  wire("palette", {
    title: "Command palette",
    keys: "Ctrl K",
    everywhere: true,
    // In the palette itself it would do nothing.
    enabled: () => document.querySelector("dialog[open]") === null,
    run: () => openCommandPalette(app),
  });
  byId("palette", HTMLElement).querySelector("kbd")?.replaceChildren(`${modifierName()} K`);
  wire("keyboard", { title: "Keyboard help", keys: "?", everywhere: true, run: openKeyboardHelp });
  commands.add(...stepCommands());
  wire("zoom-in", { title: "Zoom in", keys: "+", run: () => graph.zoomBy(1.3) });
  wire("zoom-out", { title: "Zoom out", keys: "−", run: () => graph.zoomBy(1 / 1.3) });
  wire("fit", { title: "Fit the graph", keys: "0", run: () => graph.fit() });
  wire("fold", { title: "Fold or unfold all modules", run: () => graph.toggleAll() });
  commands.add(...tabs.map((tab) => tabCommand(app, tab)), ...programCommands(form));
  wire("save", { title: "Save trace", run: () => saveTrace(app) });
  const items = saveItems(app);
  menuButton(byId("save-more", HTMLButtonElement), items, ({ run }) => attempt(app, run));
  commands.add(...items.map((item) => ({ ...item, run: () => attempt(app, item.run) })));
  runCommandsByKey(commands);
}

function stepCommands(): Command[] {
  const buttons = {
    forth: ["Step: run the next op's rules", "→"],
    back: ["Step back", "←"],
    first: ["Back to the seed", "Home"],
    last: ["To the end of the backward pass", "End"],
  } as const;
  return Object.entries(buttons).map(([id, [title, keys]]) => {
    const button = byId(id, HTMLButtonElement);
    return { title, keys, enabled: () => !button.disabled, run: () => button.click() };
  });
}

function tabCommand(app: App, { id, title }: PanelTab): Command {
  return {
    title: `Show ${title}`,
    kind: "Tab",
    run: () => {
      app.selectTab(id);
      byId(`tab-${id}`, HTMLElement).focus();
    },
  };
}

function saveTrace({ session }: App): void {
  const bytes = encodeTrace(session.shown.trace).slice();
  saveFile("step.trace", new Blob([bytes], { type: "application/octet-stream" }));
}

/** Does what may fail, and tells why it did. */
function attempt({ problem }: App, run: () => unknown): Promise<void> {
  const tried = Promise.resolve().then(run);
  return during(
    tried.then(
      () => problem(null),
      (error: unknown) => problem(error instanceof Error ? error.message : String(error)),
    ),
  );
}
