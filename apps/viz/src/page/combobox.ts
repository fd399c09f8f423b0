/** A text field with a list to choose from, by the ARIA pattern: the focus stays in the field, arrows go through the list. */

/** How a field and its list are together. */
export interface ComboboxOptions {
  /** The first of the list is chosen to begin with, so that Enter takes it. Default: none is. */
  readonly first?: boolean;
  /** The one at `at` is taken. */
  accept(at: number): void;
}

let made = 0;

/** Ties a list to a field. */
export class Combobox {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #settings: ComboboxOptions;
  readonly #prefix: string = `option-${++made}`;
  #options: readonly HTMLElement[] = [];
  #active = -1;

  /** `list` gets the role of a listbox; it needs a label of its own. */
  constructor(input: HTMLInputElement, list: HTMLElement, settings: ComboboxOptions) {
    this.#input = input;
    this.#list = list;
    this.#settings = settings;
    list.id = `${this.#prefix}-list`;
    list.setAttribute("role", "listbox");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.addEventListener("keydown", (event) => this.#key(event));
    // A press in the list must not take the focus from the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const at = this.#options.findIndex((option) => target instanceof Node && option.contains(target));
      if (at >= 0) settings.accept(at);
    });
    this.show([]);
  }

  /** Shows other options; without any the list is hidden. */
  show(options: readonly HTMLElement[]): void {
    this.#options = options;
    for (const [at, option] of options.entries()) {
      option.id = `${this.#prefix}-${at}`;
      option.setAttribute("role", "option");
    }
    this.#list.replaceChildren(...options);
    this.#list.hidden = options.length === 0;
    this.#list.scrollTop = 0;
    this.#input.setAttribute("aria-expanded", String(options.length > 0));
    this.#activate(this.#settings.first === true && options.length > 0 ? 0 : -1);
  }

  /** Whether there is a list. */
  get open(): boolean {
    return this.#options.length > 0;
  }

  /** The position of the option that Enter takes; −1 for none. */
  get active(): number {
    return this.#active;
  }

  #activate(at: number): void {
    this.#active = at;
    for (const [each, option] of this.#options.entries()) {
      option.setAttribute("aria-selected", String(each === at));
    }
    const option = this.#options[at];
    if (option === undefined) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", option.id);
    option?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    const count = this.#options.length;
    if (count === 0 || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = this.#active;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1 < count ? at + 1 : 0,
      ArrowUp: at > 0 ? at - 1 : count - 1,
      PageDown: Math.min(at + 8, count - 1),
      PageUp: Math.max(at - 8, 0),
    };
    if (Object.hasOwn(moves, event.key)) this.#activate(moves[event.key] ?? -1);
    else if (event.key === "Enter" && !event.shiftKey && at >= 0) this.#settings.accept(at);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
