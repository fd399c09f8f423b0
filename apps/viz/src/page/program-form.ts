/** The form that chooses a program. */
import type { Command } from "./commands.ts";

/** Shows the fields of the chosen program alone. */
export function showFields(form: HTMLFormElement): void {
  const chosen = new FormData(form).get("program");
  for (const label of form.querySelectorAll<HTMLElement>("[data-for]")) {
    const hidden = !(label.dataset.for ?? "").split(" ").includes(String(chosen));
    label.hidden = hidden;
    for (const field of label.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select"))
      field.disabled = hidden;
  }
}

/** Fills the form with what an address keeps; names and values that the form has not are passed over. */
export function fillForm(form: HTMLFormElement, settings: ReadonlyMap<string, string>): void {
  for (const [name, value] of settings) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLSelectElement)) continue;
    const before = field.value;
    field.value = value;
    if (!field.checkValidity() || field.value !== value) field.value = before;
  }
  showFields(form);
}

/** A command for each program, which runs it with what its fields say. */
export function programCommands(form: HTMLFormElement): Command[] {
  const select = form.elements.namedItem("program");
  if (!(select instanceof HTMLSelectElement)) return [];
  return Array.from(select.options, ({ value, text }) => ({
    title: text,
    kind: "Program",
    run: () => {
      select.value = value;
      showFields(form);
      form.requestSubmit();
    },
  }));
}

/** What the form says, for the address. */
export function formSettings(form: HTMLFormElement): Map<string, string> {
  return new Map([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}
