/** The panel's tabs: one shown at a time, the others left alone until they are. */
import { breath } from "./breath.ts";
import { html } from "./dom.ts";
import type { Session, Shown } from "./session.ts";
import { during } from "./work.ts";

/** A tool of the panel. */
export interface PanelTab {
  /** For the address: `details`. */
  readonly id: string;
  readonly title: string;
  readonly element: HTMLElement;
  /** Brings the element up to date. Called when the tab is shown, and for each change while it is; `before` is null at first. */
  show(shown: Shown, before: Shown | null): void;
  /** The tab is shown no more. */
  hide?(): void;
  /** What the address keeps of the tab, in place of program, step and node; empty for a tab that needs those. */
  place?(): string;
  /** Shows what an address kept. */
  goTo?(place: string): Promise<void>;
}

/** Traces of so many nodes are large. */
const largeTrace = 5000;

/** The list of tabs over the panel, by the ARIA pattern: arrows move between them, Tab goes into the panel. */
export class Tabs {
  readonly #list: HTMLElement = html("div", { role: "tablist", "aria-label": "Tools", class: "tabs" });
  readonly #body: HTMLElement = html("div", { class: "tab-body", tabindex: -1 });
  readonly #tabs: PanelTab[] = [];
  readonly #buttons: Map<string, HTMLButtonElement> = new Map();
  readonly #session: Session;
  readonly #changed: (tab: string) => void;
  #current: PanelTab | null = null;
  /** What was shown before a large trace that the tab does not show yet. */
  #waiting: Shown | null = null;

  /** `changed` hears the id of the tab that is shown from now on. */
  constructor(
    panel: HTMLElement,
    session: Session,
    tabs: readonly PanelTab[],
    changed: (tab: string) => void,
  ) {
    this.#session = session;
    this.#changed = changed;
    this.add(tabs);
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    panel.replaceChildren(this.#list, this.#body);
    session.subscribe((shown, before) => this.#hear(shown, before));
  }

  /** Brings the tab up to date: of a large trace in a task of its own, since others have much to do with it too. */
  #hear(shown: Shown, before: Shown): void {
    // What comes meanwhile is shown along with it.
    if (this.#waiting !== null) return;
    if (shown.trace === before.trace || shown.trace.nodes.length < largeTrace) {
      this.#current?.show(shown, before);
      return;
    }
    this.#waiting = before;
    void during(this.#showSoon());
  }

  async #showSoon(): Promise<void> {
    await breath();
    const before = this.#waiting;
    this.#waiting = null;
    this.#current?.show(this.#session.shown, before);
  }

  /** Adds tabs behind those that are there. */
  add(tabs: readonly PanelTab[]): void {
    for (const tab of tabs) {
      const button = this.#button(tab);
      this.#tabs.push(tab);
      this.#buttons.set(tab.id, button);
      this.#list.append(button);
    }
  }

  /** The id of the tab that is shown. */
  get current(): string {
    return this.#current?.id ?? "";
  }

  /** Where the tab that is shown stands, if it says that of itself. */
  get place(): string {
    return this.#current?.place?.() ?? "";
  }

  /** Shows a tab at its place; false if it has none. */
  goTo(id: string, place: string): boolean {
    this.select(id);
    const tab = this.#current;
    if (tab?.id !== id || tab.goTo === undefined) return false;
    void tab.goTo(place);
    return true;
  }

  /** Shows a tab; an id that there is not shows the first. */
  select(id: string): void {
    const tab = this.#tabs.find((each) => each.id === id) ?? this.#tabs[0];
    if (tab === undefined || tab === this.#current) return;
    this.#current?.hide?.();
    this.#current = tab;
    for (const [each, button] of this.#buttons) {
      button.setAttribute("aria-selected", String(each === tab.id));
      button.tabIndex = each === tab.id ? 0 : -1;
    }
    this.#bringIn(tab.id);
    tab.element.setAttribute("role", "tabpanel");
    // What holds nothing to go to can still be scrolled.
    tab.element.tabIndex = 0;
    tab.element.setAttribute("aria-labelledby", `tab-${tab.id}`);
    this.#body.replaceChildren(tab.element);
    this.#body.scrollTop = 0;
    tab.show(this.#session.shown, null);
    this.#changed(tab.id);
  }

  /** Scrolls the row of tabs, and nothing else, so that the tab's title and a part of the next are in sight. */
  #bringIn(id: string): void {
    const button = this.#buttons.get(id);
    if (button === undefined) return;
    const { scrollLeft, clientWidth } = this.#list;
    const [left, right] = [button.offsetLeft - this.#list.offsetLeft, button.offsetWidth];
    const beside = 40;
    const most = left - beside;
    const least = left + right + beside - clientWidth;
    this.#list.scrollLeft = Math.min(most, Math.max(least, scrollLeft));
  }

  /** Scrolls the panel to its beginning. */
  scrollUp(): void {
    this.#body.scrollTop = 0;
  }

  /** A word or number beside the tab's title, which says that there is something to see; empty for none. */
  badge(id: string, text: string, words: string): void {
    const button = this.#buttons.get(id);
    const badge = button?.querySelector(".badge");
    if (button === undefined || !badge) return;
    badge.textContent = text;
    if (words === "") button.removeAttribute("title");
    else button.title = words;
  }

  #button({ id, title }: PanelTab): HTMLButtonElement {
    const button = html(
      "button",
      { type: "button", role: "tab", id: `tab-${id}`, "aria-selected": "false", tabindex: -1 },
      title,
      html("span", { class: "badge" }),
    );
    button.addEventListener("click", () => this.select(id));
    return button;
  }

  #key(event: KeyboardEvent): void {
    const at = this.#current === null ? -1 : this.#tabs.indexOf(this.#current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.#tabs.length - 1 }[event.key];
    const tab = to === undefined ? undefined : this.#tabs[(to + this.#tabs.length) % this.#tabs.length];
    if (tab === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.select(tab.id);
    this.#buttons.get(tab.id)?.focus();
  }
}
