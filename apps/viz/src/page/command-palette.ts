/** The command palette: everything that can be done or gone to, by a few letters of its name. */
import { fuzzyRank, type Ranked } from "../fuzzy.ts";
import { shapeText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import type { App } from "./app.ts";
import { Combobox } from "./combobox.ts";
import type { Command } from "./commands.ts";
import { html } from "./dom.ts";
import { openModal } from "./modal.ts";
import { modifierName } from "./page-keys.ts";
import { during } from "./work.ts";

/** One line of the palette. */
interface Entry {
  /** What is searched and shown. */
  readonly title: string;
  readonly detail: string;
  readonly kind: string;
  readonly keys: string;
  run(): unknown;
}

const longestList = 50;

/** Opens the palette; another is not opened over it. */
export function openCommandPalette(app: App): void {
  if (document.querySelector("dialog[open]") !== null) return;
  const input = html("input", {
    ...{ type: "text", "aria-label": "Command, node, program or tab", autofocus: true },
    ...{ spellcheck: "false", autocomplete: "off", placeholder: "Command, node, program or tab" },
  });
  const list = html("div", { class: "options", "aria-label": "Commands and nodes" });
  const says = html("p", { class: "says", role: "status" });
  const dialog = openModal("Command palette", "palette", [input, list, says]);
  const commands = app.commands.all.filter((command) => command.enabled?.() !== false).map(entryOf);
  const nodes = nodeEntries(app);
  const all = [...commands, ...nodes];
  let shown: readonly Ranked<Entry>[] = [];
  const combobox = new Combobox(input, list, {
    first: true,
    accept: (at) => {
      const taken = shown[at]?.item;
      dialog.close();
      void taken?.run();
    },
  });
  const show = (): void => {
    const query = input.value.trim();
    // To begin with all that can be done, and no nodes: they are too many to be read.
    shown = fuzzyRank(query, query === "" ? commands : all, ({ title }) => title, longestList);
    combobox.show(shown.map(optionOf));
    says.textContent = shown.length > 0 ? "" : "Nothing has these letters in its name.";
  };
  input.addEventListener("input", show);
  show();
  const more = app.commands.later().then((later) => {
    commands.push(...later.map(entryOf));
    all.splice(0, all.length, ...commands, ...nodes);
    // Whoever has gone down the list already goes on in it.
    if (dialog.element.open && combobox.active <= 0) show();
  });
  // What cannot be fetched is missing in the list, which is no problem of whoever looks for something else.
  void during(more.catch(() => undefined));
}

function entryOf({ title, keys, kind, run }: Command): Entry {
  return { title, detail: "", kind: kind ?? "", keys: keys ?? "", run };
}

function nodeEntries({ session, graph }: App): Entry[] {
  return session.shown.trace.nodes.map((node) => {
    const name = titleOf({ node, folded: null });
    return {
      title: name === node.op || node.kind !== "op" ? name : `${name} ${node.op}`,
      detail: shapeText(node.shape),
      kind: "Node",
      keys: "",
      run: () => {
        session.choose(node.id);
        return graph.unfoldTo(node.id);
      },
    };
  });
}

function optionOf({ item, at }: Ranked<Entry>): HTMLElement {
  const { title, detail, kind, keys } = item;
  const name = html("span", { class: "name" });
  const places = new Set(at);
  for (let i = 0, from = 0; i < title.length; i++) {
    if (i + 1 < title.length && places.has(i) === places.has(i + 1)) continue;
    const run = title.slice(from, i + 1);
    name.append(places.has(i) ? html("mark", {}, run) : run);
    from = i + 1;
  }
  const option = html("div", {}, name, " ", html("span", { class: "detail" }, detail), " ");
  option.append(html("span", { class: "kind" }, kind), " ");
  if (keys !== "") option.append(html("kbd", {}, keys.replace("Ctrl", modifierName())));
  return option;
}
