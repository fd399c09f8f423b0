// A tagged template that escapes every value unless it is itself markup, so that no name or path can break the page.

/** Text that is already HTML or SVG. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: markup is inserted as it is, text is escaped, lists are joined, null is nothing. */
export type MarkupValue = Markup | string | number | null | readonly MarkupValue[];

/**
 * Builds markup from a template; every string is escaped.
 *
 * @example
 * markup`<p>${"1 < 2"}</p>`.text; // "<p>1 &lt; 2</p>"
 */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const text = parts.map(
    (part, index) => part + (index < values.length ? render(values[index] ?? null) : ""),
  );
  return new Markup(text.join(""));
}

function render(value: MarkupValue): string {
  if (value === null) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  return value.map(render).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
