/** Compares what is shown with a trace that is kept: two steps of a run, two runs, two programs. */
import { differenceMarks } from "../difference-words.ts";
import { noMarks } from "../marks.ts";
import { traceTitle } from "../trace-title.ts";
import type { App } from "./app.ts";
import { CompareList } from "./compare-list.ts";
import type { Compared } from "./comparison.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";

/** The tab of comparisons. Marks and the badge follow the comparison whether the tab is shown or not. */
export function compareTab(app: App): PanelTab {
  const tab = new CompareTab(app);
  return {
    id: "compare",
    title: "Compare",
    element: tab.element,
    show: (shown, before) => tab.show(shown, before),
    hide: () => tab.hide(),
  };
}

class CompareTab {
  readonly element: HTMLElement = html("div", { class: "compare" });
  readonly #app: App;
  readonly #head: HTMLElement = html("div", { class: "compare-head" });
  readonly #says: HTMLElement = html("p", { class: "compare-says" });
  readonly #list: CompareList;
  readonly #marks: HTMLInputElement = html("input", { type: "checkbox", checked: true });
  readonly #picker: HTMLInputElement = html("input", { type: "file", id: "compare-file", hidden: true });
  readonly #rest: HTMLElement;
  #visible = false;
  /** What the list shows. */
  #listed: Compared | null = null;

  constructor(app: App) {
    this.#app = app;
    this.#list = new CompareList(app);
    const toggle = html("label", { class: "mark-toggle" }, this.#marks, "Mark the nodes in the graph");
    this.#marks.addEventListener("change", () => this.#mark());
    this.#rest = html("div", { class: "compare-rest" }, toggle, this.#list.element);
    this.element.append(html("h2", {}, "Compare"), this.#says, this.#head, this.#rest, this.#picker);
    this.#picker.addEventListener("change", () => {
      const file = this.#picker.files?.[0];
      this.#picker.value = "";
      if (file !== undefined) void app.comparison.open(file);
    });
    app.comparison.follow(() => this.#follow());
    this.#addCommands();
  }

  show(shown: Shown, before: Shown | null): void {
    const came = !this.#visible;
    this.#visible = true;
    if (came || shown.trace !== before?.trace || shown.pass !== before.pass) this.#render();
    else if (shown.chosen !== before.chosen) this.#list.choose();
  }

  hide(): void {
    this.#visible = false;
  }

  #follow(): void {
    this.#mark();
    const { stage, compared } = this.#app.comparison;
    // While it is computed, marks and numbers of before stand: they are overwritten in a moment.
    if (stage !== "busy") this.#badge(compared);
    if (this.#visible) this.#render();
  }

  #mark(): void {
    const { stage, compared } = this.#app.comparison;
    if (stage === "busy") return;
    const drawn = compared !== null && this.#marks.checked;
    this.#app.session.mark("compare", drawn ? differenceMarks(compared.difference, "second") : noMarks);
  }

  #badge(compared: Compared | null): void {
    const { stage } = this.#app.comparison;
    if (compared === null) {
      this.#app.badge("compare", stage === "same" ? "on" : "", stage === "same" ? "A reference is kept" : "");
      return;
    }
    const { changed, added, removed } = compared.difference.counts;
    const words = `${changed} changed, ${added} added, ${removed} removed`;
    this.#app.badge("compare", String(changed + added + removed), words);
    this.#app.speak(`Compared with ${compared.reference.title}: ${words}.`, "at last");
  }

  #render(): void {
    const { stage, compared, message } = this.#app.comparison;
    // Who pressed a button with the keyboard finds it again.
    const focused = this.#head.contains(document.activeElement) ? (document.activeElement?.id ?? "") : "";
    this.#head.replaceChildren(...this.#headParts());
    if (focused !== "") {
      const again = this.#head.querySelector<HTMLButtonElement>(`#${focused}:enabled`);
      (again ?? this.#head.querySelector("button"))?.focus({ preventScroll: true });
    }
    this.element.setAttribute("aria-busy", String(stage === "busy"));
    const says = {
      off: "Two steps of a run, two runs, two programs: which nodes were added, removed and changed, and by how much.",
      same: "What is shown is the reference itself. Scrub the timeline, record another seed, choose another program or open a file: the difference shows at once.",
      busy: "",
      done: "",
      failed: "",
    }[stage];
    this.#says.textContent = message === "" ? says : message;
    this.#says.hidden = this.#says.textContent === "";
    this.#rest.hidden = stage === "off" || stage === "same" || stage === "failed";
    if (compared === null) return;
    this.#rest.hidden = false;
    if (compared !== this.#listed) this.#list.show(compared);
    else this.#list.choose();
    this.#listed = compared;
  }

  #headParts(): HTMLElement[] {
    const { comparison, session } = this.#app;
    const { reference, stage } = comparison;
    const keep = (words: string, primary: boolean): HTMLElement =>
      button(
        words,
        () => comparison.keep(),
        primary ? { class: "primary", id: "compare-keep" } : { id: "compare-keep" },
      );
    const open = button("Open a file…", () => this.#picker.click(), { id: "compare-open" });
    if (reference === null)
      return [html("div", { class: "compare-buttons" }, keep("Keep this one", true), open)];
    const swap = button("Swap", () => comparison.swap(), {
      id: "compare-swap",
      title: "Show the reference, and keep what is shown",
    });
    swap.disabled = stage === "same";
    return [
      html(
        "dl",
        { class: "compare-sides" },
        html(
          "div",
          {},
          html("dt", {}, "Reference"),
          html("dd", { "data-side": "reference" }, reference.title),
        ),
        html(
          "div",
          {},
          html("dt", {}, "Shown"),
          html("dd", { "data-side": "shown" }, traceTitle(session.shown.trace)),
        ),
      ),
      html(
        "div",
        { class: "compare-buttons" },
        swap,
        keep("Keep this one", false),
        open,
        button("Stop", () => comparison.stop(), { id: "compare-stop" }),
      ),
    ];
  }

  #addCommands(): void {
    const { commands, comparison, selectTab } = this.#app;
    commands.add(
      {
        title: "Compare: keep what is shown as the reference",
        run: () => {
          comparison.keep();
          selectTab("compare");
        },
      },
      { title: "Compare: open a file as the reference", run: () => this.#picker.click() },
      {
        title: "Compare: swap the two",
        enabled: () => comparison.compared !== null,
        run: () => comparison.swap(),
      },
      { title: "Compare: stop", enabled: () => comparison.reference !== null, run: () => comparison.stop() },
    );
  }
}

function button(
  words: string,
  run: () => void,
  attributes: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const made = html("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", run);
  return made;
}
