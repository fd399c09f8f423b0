/** Dialogs over the page: Escape and a press beside them close them, and the focus goes back to where it was. */
import { html } from "./dom.ts";

/** A dialog that is open. */
export interface Modal {
  readonly element: HTMLDialogElement;
  close(): void;
}

/** A modal dialog with `content`; it is made when it is opened and goes when it is closed. */
export function openModal(label: string, name: string, content: readonly HTMLElement[]): Modal {
  const element = html("dialog", { class: `modal ${name}`, "aria-label": label }, ...content);
  const close = (): void => {
    element.close();
    // Where nothing had the focus before, a field that is seen no more would keep it for a while, and take the next key.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && element.contains(activeElement)) activeElement.blur();
    element.remove();
  };
  element.addEventListener("keydown", (event) => {
    // What is pressed in here is not for the page behind.
    event.stopPropagation();
    if (event.key !== "Escape") return;
    // At once, and not when the browser comes to it: the next key may be for the page.
    event.preventDefault();
    close();
  });
  element.addEventListener("click", ({ target }) => {
    if (target === element) close();
  });
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  element.showModal();
  return { element, close };
}
