/** Dialogs over the page: Escape and a press beside them close them, and the focus goes back to where it was. */
import { html } from "./dom.ts";

/** A modal dialog with `content`; it is made when it is opened and goes when it is closed. */
export function openModal(label: string, name: string, content: readonly HTMLElement[]): HTMLDialogElement {
  const dialog = html("dialog", { class: `modal ${name}`, "aria-label": label }, ...content);
  dialog.addEventListener("keydown", (event) => {
    // What is pressed in here is not for the page behind.
    event.stopPropagation();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
