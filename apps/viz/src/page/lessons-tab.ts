/** Lessons: prose tied to states of the inspector, one step after another. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Lesson, LessonQuestion, LessonState, LessonStep } from "../lessons/lesson.ts";
import { type ResolvedState, resolveState } from "../lessons/lesson-state.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import { lessonBlock } from "./lesson-parts.ts";
import { lessonQuestion } from "./lesson-question.ts";
import { pageData } from "./page-data.ts";
import type { Shown } from "./session.ts";
import type { PanelTab } from "./tabs.ts";
import { during, idle } from "./work.ts";

/** The tab of lessons. */
export function lessonsTab(app: App): PanelTab {
  const tab = new LessonsTab(app);
  return {
    id: "lessons",
    title: "Lessons",
    element: tab.element,
    show: (shown) => tab.show(shown),
    hide: () => tab.hide(),
    place: () => tab.place,
    goTo: (place) => tab.goTo(place),
  };
}

/** So many traces of programs are kept: the steps before and behind open at once. */
const keptTraces = 5;

class LessonsTab {
  readonly element: HTMLElement = html("div", { class: "lessons" });
  readonly #app: App;
  readonly #traces: Map<string, Promise<Trace>> = new Map();
  readonly #away: HTMLButtonElement;
  #lessons: readonly Lesson[] = [];
  #lesson: Lesson | null = null;
  #step = 0;
  /** The state that was shown last, of a step or of an answer. */
  #state: LessonState | null = null;
  #resolved: ResolvedState | null = null;
  /** The tab is the one that is shown. */
  #open = false;

  constructor(app: App) {
    this.#app = app;
    this.#away = html(
      "button",
      { type: "button", class: "away", hidden: true },
      "Show this step’s state again",
    );
    this.#away.addEventListener("click", () => {
      if (this.#state !== null) void during(this.#attempt(() => this.#enter(this.#state)));
    });
    document.addEventListener("keydown", (event) => this.#key(event));
    // Pictures are painted in the colours of their moment.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#turn(0));
    const turn = (by: number): void => {
      app.selectTab("lessons");
      this.#turn(by);
    };
    app.commands.add(
      { title: "Next step of the lesson", keys: "PageDown", enabled: () => this.#has(1), run: () => turn(1) },
      {
        title: "Step before in the lesson",
        keys: "PageUp",
        enabled: () => this.#has(-1),
        run: () => turn(-1),
      },
    );
    app.commands.addLater(async () => {
      await this.#load();
      return this.#lessons.map(({ id, title }) => ({ title, kind: "Lesson", run: () => this.#begin(id) }));
    });
  }

  /** `backward.3`: lesson and step, counted from 1; empty in the list of lessons. */
  get place(): string {
    return this.#lesson === null ? "" : `${this.#lesson.id}.${this.#step + 1}`;
  }

  show({ trace, step, chosen }: Shown): void {
    this.#open = true;
    if (this.#lessons.length === 0) void during(this.#attempt(() => this.#load()));
    const wanted = this.#resolved;
    this.#away.hidden =
      wanted === null || (trace === wanted.trace && step === wanted.step && chosen === wanted.node);
  }

  hide(): void {
    this.#open = false;
  }

  /** Shows a step by its place; the list of lessons for a place that there is not. */
  goTo(place: string): Promise<void> {
    return during(
      this.#attempt(async () => {
        await this.#load();
        const [id, number] = place.split(".");
        const lesson = this.#lessons.find((each) => each.id === id);
        if (lesson === undefined) this.#list();
        else await this.#go(lesson, Number(number) - 1);
      }),
    );
  }

  #begin(lesson: string): Promise<void> {
    this.#app.selectTab("lessons");
    return this.goTo(`${lesson}.1`);
  }

  async #load(): Promise<void> {
    if (this.#lessons.length > 0) return;
    this.#lessons = await pageData("lessons.json");
    if (this.#lesson === null) this.#list();
  }

  async #attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#app.problem(error instanceof Error ? error.message : String(error));
    }
  }

  #list(): void {
    this.#lesson = null;
    this.#resolved = null;
    const items = this.#lessons.map((lesson) => {
      const button = html(
        "button",
        { type: "button", class: "lesson-card", "data-lesson": lesson.id },
        html("b", {}, lesson.title),
        html(
          "span",
          {},
          `${lesson.steps.length} steps: ${lesson.steps.map(({ title }) => title).join(" · ")}`,
        ),
      );
      button.addEventListener("click", () => void during(this.#attempt(() => this.#go(lesson, 0))));
      return html("li", {}, button);
    });
    this.element.replaceChildren(
      html("h2", {}, "Lessons"),
      html(
        "p",
        {},
        "Each step sets the graph to a state and tells what it shows. The numbers in the text are the graph’s own; click one to see where it stands. Before a number is told, you guess it.",
      ),
      html("ol", { class: "lesson-list" }, ...items),
    );
  }

  /** The step before or behind, in the next lesson too; null in the list, and at either end. */
  #neighbour(by: number): { readonly lesson: Lesson; readonly step: number } | null {
    const { length } = this.#lesson?.steps ?? [];
    const step = this.#step + by;
    if (this.#lesson !== null && step >= 0 && step < length) return { lesson: this.#lesson, step };
    const at = this.#lesson === null ? -1 : this.#lessons.indexOf(this.#lesson);
    const lesson = at < 0 ? undefined : this.#lessons[at + by];
    return lesson === undefined ? null : { lesson, step: by > 0 ? 0 : lesson.steps.length - 1 };
  }

  #has(by: number): boolean {
    return this.#neighbour(by) !== null;
  }

  #turn(by: number): void {
    const to = this.#neighbour(by);
    if (to !== null) void during(this.#attempt(() => this.#go(to.lesson, to.step)));
  }

  #key(event: KeyboardEvent): void {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!this.#open || by === undefined || !this.#has(by)) return;
    event.preventDefault();
    this.#turn(by);
  }

  async #go(lesson: Lesson, wanted: number): Promise<void> {
    const at = Math.max(0, Math.min(lesson.steps.length - 1, Number.isInteger(wanted) ? wanted : 0));
    const step = lesson.steps[at];
    if (step === undefined) return;
    this.#lesson = lesson;
    this.#step = at;
    const resolved = await this.#enter(step.state);
    if (resolved === null || this.#lesson !== lesson || this.#step !== at) return;
    this.#render(lesson, step, resolved);
  }

  /** Shows a state in the graph. */
  async #enter(state: LessonState | null): Promise<ResolvedState | null> {
    if (state === null) return null;
    this.#state = state;
    const trace = await this.#traceOf(state);
    const resolved = resolveState(trace, state);
    if (this.#state !== state) return null;
    this.#resolved = resolved;
    const settings = new Map(state.program);
    const at = { pass: 0, step: resolved.step, node: resolved.node };
    await this.#app.documents.open(() => trace, { kind: "program", settings }, at);
    // Once it is laid out: in a graph that is larger than the window the node is to be seen.
    if (at.node !== null) void idle().then(() => this.#app.graph.reveal(resolved.node ?? 0));
    return resolved;
  }

  #traceOf({ program }: LessonState): Promise<Trace> {
    const key = JSON.stringify(program);
    const trace = this.#traces.get(key) ?? this.#app.engine.ask("record", new Map(program));
    this.#traces.delete(key);
    this.#traces.set(key, trace);
    trace.catch(() => this.#traces.delete(key));
    for (const old of [...this.#traces.keys()].slice(0, -keptTraces)) this.#traces.delete(old);
    return trace;
  }

  #render(lesson: Lesson, step: LessonStep, resolved: ResolvedState): void {
    const choose = (node: number): void => {
      this.#app.session.choose(node);
      this.#app.graph.reveal(node);
    };
    const blocks = step.blocks.map((block) =>
      block.kind === "question"
        ? this.#question(resolved, block, choose)
        : lessonBlock(resolved, block, { choose }),
    );
    const button = (
      words: readonly [step: string, lesson: string],
      by: number,
      kind: string,
    ): HTMLElement => {
      const title = (this.#neighbour(by)?.lesson ?? lesson) === lesson ? words[0] : words[1];
      const made = html("button", { type: "button", class: kind, disabled: !this.#has(by) }, title);
      made.addEventListener("click", () => this.#turn(by));
      return made;
    };
    const all = html("button", { type: "button", class: "link" }, "All lessons");
    all.addEventListener("click", () => this.#list());
    this.element.replaceChildren(
      html("p", { class: "eyebrow" }, `${lesson.title} · ${this.#step + 1} of ${lesson.steps.length}`, all),
      html("h2", { tabindex: -1 }, step.title),
      this.#away,
      html("div", { class: "lesson-text" }, ...blocks),
      html(
        "nav",
        { "aria-label": "Steps of the lesson" },
        button(["← Back", "← Lesson before"], -1, "back"),
        html("span", { class: "quiet" }, html("kbd", {}, "PageUp"), " ", html("kbd", {}, "PageDown")),
        button(["Next →", "Next lesson →"], 1, "primary"),
      ),
    );
    if (this.element.parentElement !== null) this.element.parentElement.scrollTop = 0;
    this.#app.speak(`Step ${this.#step + 1} of ${lesson.steps.length}: ${step.title}`);
  }

  #question(resolved: ResolvedState, question: LessonQuestion, choose: (node: number) => void): HTMLElement {
    const reveal = async (): Promise<ResolvedState> => (await this.#enter(question.afterwards)) ?? resolved;
    return lessonQuestion(resolved, question, {
      choose,
      reveal: () => during(reveal()),
      speak: (words) => this.#app.speak(words),
    });
  }
}
