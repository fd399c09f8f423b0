/** The help of all keys. */
import { html } from "./dom.ts";
import { keyTable } from "./key-table.ts";
import { openModal } from "./modal.ts";
import { modifierName, setSingleKeys, singleKeys } from "./page-keys.ts";

/** Opens the dialog that lists all keys of the page. */
export function openKeyboardHelp(): void {
  const close = html("button", { type: "button", autofocus: true }, "Close");
  const groups = keyTable.map(({ where, lines }) => {
    const list = html("dl", {});
    for (const { keys, does } of lines) {
      const names = keys.flatMap((key) => [html("kbd", {}, key.replace("Ctrl", modifierName())), " "]);
      list.append(html("div", {}, html("dt", {}, ...names), html("dd", {}, does)));
    }
    return html("section", {}, html("h3", {}, where), list);
  });
  const single = html("input", { type: "checkbox" });
  single.checked = singleKeys();
  single.addEventListener("change", () => setSingleKeys(single.checked));
  const dialog = openModal("Keyboard", "keyboard", [
    html("header", {}, html("h2", {}, "Keyboard"), close),
    html("div", { class: "groups" }, ...groups),
    html("label", { class: "choice" }, single, " Single characters (/ and ?) are shortcuts"),
  ]);
  close.addEventListener("click", () => dialog.close());
}
