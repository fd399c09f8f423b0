/** The field of the search: suggestions while it is written, the number of hits, the way from hit to hit, the help. */
import { searchHelp } from "../search-help.ts";
import { type Suggestion, type Suggestions, suggestionsAt } from "../search-suggestions.ts";
import { Combobox } from "./combobox.ts";
import { html } from "./dom.ts";
import type { NodeSearch, SearchResult } from "./node-search.ts";

/** What the field tells of. */
export interface SearchEvents {
  /** To the next hit, or to the one before. */
  go(direction: 1 | -1): void;
  /** Out of the field, into what was found. */
  leave(): void;
}

const longestList = 9;

/** The field with what belongs to it. */
export class SearchBox {
  readonly element: HTMLElement;
  readonly #search: NodeSearch;
  readonly #events: SearchEvents;
  readonly #input: HTMLInputElement = html("input", {
    ...{ id: "search", type: "text", spellcheck: "false", autocomplete: "off", autocapitalize: "off" },
    ...{ maxlength: 1000, placeholder: "op:relu |grad|>1 nan", "aria-describedby": "search-says" },
    ...{ "aria-keyshortcuts": "/" },
  });
  readonly #says: HTMLElement = html("p", { id: "search-says", class: "says" });
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #combobox: Combobox;
  #suggestions: Suggestions | null = null;

  constructor(search: NodeSearch, events: SearchEvents) {
    this.#search = search;
    this.#events = events;
    const list = html("div", { class: "options", "aria-label": "Ways to go on" });
    this.#combobox = new Combobox(this.#input, list, { accept: (at) => this.#accept(at) });
    this.#input.addEventListener("input", () => this.#changed());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#suggest(null));
    // The index takes longer than a keystroke may: it is there before the first.
    this.#input.addEventListener("focus", () => setTimeout(() => void this.#search.index));
    this.#buttons = [button("↑", "Hit before (Shift Enter)"), button("↓", "Next hit (Enter)")];
    for (const [i, each] of this.#buttons.entries()) {
      each.addEventListener("click", () => events.go(i === 0 ? -1 : 1));
    }
    this.element = html(
      "div",
      { role: "search", class: "search" },
      html("label", { for: "search" }, "Search ", html("kbd", { "aria-hidden": "true" }, "/")),
      html("div", { class: "field" }, this.#input, list),
      ...this.#buttons,
      this.#says,
      help((example) => this.write(example)),
    );
    this.show(search.result, null);
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  /** Puts a query in the field and searches for it. */
  write(query: string): void {
    this.#input.value = query;
    this.#suggest(null);
    this.#search.search(query);
    this.#input.focus();
  }

  /** Shows how a search went; `at` is the position of the hit that is chosen. */
  show({ query, found, error }: SearchResult, at: number | null): void {
    if (document.activeElement !== this.#input) this.#input.value = query;
    const none = found === null || found.length === 0;
    for (const each of this.#buttons) each.disabled = none;
    // What has ways to go on is not wrong: it is not finished.
    const wrong = error !== null && !(this.#combobox.open && error.position >= query.trimEnd().length);
    this.#input.setAttribute("aria-invalid", String(wrong));
    this.#says.classList.toggle("wrong", wrong);
    this.#says.textContent = error === null ? hitWords(found, at) : error.message.replace("[search] ", "");
  }

  #changed(): void {
    this.#suggest(this.#input.value === "" ? null : this.#suggestionsHere());
    this.#search.search(this.#input.value);
  }

  #suggestionsHere(): Suggestions {
    const { value, selectionStart } = this.#input;
    return suggestionsAt(value, selectionStart ?? value.length, this.#search.index, longestList);
  }

  #suggest(suggestions: Suggestions | null): void {
    this.#suggestions = suggestions;
    this.#combobox.show((suggestions?.list ?? []).map(optionOf));
  }

  #accept(at: number): void {
    const taken = this.#suggestions?.list[at];
    if (this.#suggestions === null || taken === undefined) return;
    const { from, to } = this.#suggestions;
    const { value } = this.#input;
    // A whole term is followed by a space, so that the next can be written; a beginning such as `op:` is gone on with.
    const begun =
      !/^[^:]+:.|^(nan|inf|zero|dead|tracked|or|not)$/.test(taken.text) || taken.text.endsWith("[");
    const text = begun ? taken.text : `${taken.text} `;
    this.#input.value = value.slice(0, from) + text + value.slice(to).trimStart();
    this.#input.setSelectionRange(from + text.length, from + text.length);
    this.#search.search(this.#input.value);
    this.#suggest(begun ? this.#suggestionsHere() : null);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const { key, shiftKey } = event;
    if (key === "Enter") {
      this.#suggest(null);
      this.#events.go(shiftKey ? -1 : 1);
    } else if (key === "ArrowDown") {
      this.#suggest(this.#suggestionsHere());
      if (!this.#combobox.open) this.#events.leave();
    } else if (key === "Escape" && this.#combobox.open) this.#suggest(null);
    else if (key === "Escape" && this.#input.value !== "") this.write("");
    else if (key === "Escape") this.#events.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function hitWords(found: readonly number[] | null, at: number | null): string {
  if (found === null) return "";
  if (found.length === 0) return "No node";
  const nodes = found.length === 1 ? "1 node" : `${found.length} nodes`;
  return at === null ? nodes : `${at + 1} of ${nodes}`;
}

function optionOf({ text, detail }: Suggestion): HTMLElement {
  return html("div", {}, html("code", {}, text), html("span", {}, detail));
}

function button(sign: string, title: string): HTMLButtonElement {
  return html("button", { type: "button", title, "aria-label": title }, sign);
}

function help(write: (example: string) => void): HTMLElement {
  const list = html("dl", {});
  for (const { example, words } of searchHelp) {
    const link = html("button", { type: "button", class: "link" }, html("code", {}, example));
    link.addEventListener("click", () => write(example));
    list.append(html("div", {}, html("dt", {}, link), html("dd", {}, words)));
  }
  return html("details", {}, html("summary", {}, "What can be searched"), list);
}
