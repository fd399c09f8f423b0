/** Predict, then reveal: the learner answers, the page tells the number and why, and goes to the state that shows it. */
import type { LessonAnswer, LessonQuestion } from "../lessons/lesson.ts";
import { evaluate, type ResolvedState } from "../lessons/lesson-state.ts";
import { exactText, numberText } from "../number-text.ts";
import { html } from "./dom.ts";
import { type LessonWords, lessonBlock, lessonParts } from "./lesson-parts.ts";

/** What a question needs of the page. */
export interface QuestionEvents extends LessonWords {
  /** Shows the state that belongs to the answer, and gives it. */
  reveal(): Promise<ResolvedState>;
  speak(words: string): void;
}

/** What the learner said. */
type Guess = { readonly kind: "none" } | { readonly kind: "option" | "number"; readonly value: number };

/** The question, with its figures not yet told. Its own numbers are of `resolved`. */
export function lessonQuestion(
  resolved: ResolvedState,
  question: LessonQuestion,
  events: QuestionEvents,
): HTMLElement {
  const { ask, answer, reveal } = question;
  const told = html("div", { class: "reveal" });
  const fields = answer.kind === "choice" ? choiceFields(resolved, answer) : numberField();
  const submit = html("button", { type: "submit", class: "primary" }, "Reveal");
  const form = html(
    "form",
    { class: "question" },
    html("p", { class: "eyebrow" }, "Predict, then reveal"),
    ...ask.map((parts) => html("p", {}, ...lessonParts(resolved, parts, events))),
    ...fields,
    submit,
    told,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const guess = guessOf(form);
    if (guess === null) {
      const words = "Type a number, such as 0.25 or −3e-2, or leave the field empty.";
      told.replaceChildren(html("p", {}, words));
      events.speak(words);
      return;
    }
    void events.reveal().then((then) => {
      const verdict = verdictOf(then, answer, guess);
      const blocks = reveal.flatMap((block) =>
        block.kind === "question" ? [] : [lessonBlock(then, block, events)],
      );
      told.replaceChildren(...(verdict === null ? [] : [verdict]), ...blocks);
      markOptions(form, answer);
      submit.textContent = "Revealed";
      submit.disabled = true;
      told.scrollIntoView({ block: "nearest" });
      form.dataset.revealed = "";
      events.speak(told.firstElementChild?.textContent ?? "");
    });
  });
  return form;
}

function choiceFields(
  resolved: ResolvedState,
  { options }: Extract<LessonAnswer, { readonly kind: "choice" }>,
): HTMLElement[] {
  return options.map(({ parts }, i) =>
    html(
      "label",
      { class: "option" },
      html("input", { type: "radio", name: "answer", value: i }),
      html("span", {}, ...lessonParts(resolved, parts, null)),
    ),
  );
}

function numberField(): HTMLElement[] {
  const field = html("input", {
    name: "answer",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 30,
  });
  return [html("label", { class: "guess" }, "Your number", field)];
}

/** Null for what is no number. */
function guessOf(form: HTMLFormElement): Guess | null {
  const answer = new FormData(form).get("answer");
  const text = (typeof answer === "string" ? answer : "").trim().replace(",", ".").replace("−", "-");
  if (text === "") return { kind: "none" };
  const value = Number(text);
  return Number.isFinite(value)
    ? { kind: form.querySelector("[type=radio]") ? "option" : "number", value }
    : null;
}

function verdictOf(then: ResolvedState, answer: LessonAnswer, guess: Guess): HTMLElement | null {
  if (answer.kind === "choice") {
    if (guess.kind === "none") return null;
    return verdict(answer.options[guess.value]?.right === true, "Right.", "Not quite.");
  }
  const x = evaluate(then, answer.calc);
  const number = html(
    "b",
    { "data-exact": exactText(x), "data-source": answer.source, class: "live" },
    numberText(x),
  );
  if (guess.kind === "none") return html("p", { class: "verdict" }, "It is ", number, ".");
  const near = isNear(guess.value, x, answer.within);
  const made = verdict(near, "Close: it is ", "Not quite: it is ");
  made.append(number, ".");
  return made;
}

/** Off by at most `within` of the number's size; of what is as good as 0, by that itself. */
function isNear(guess: number, x: number, within: number): boolean {
  const size = Math.abs(x) < 1e-9 ? 1 : Math.abs(x);
  return Math.abs(guess - x) <= within * size;
}

function verdict(right: boolean, yes: string, no: string): HTMLElement {
  return html(
    "p",
    { class: "verdict", "data-right": String(right) },
    html("span", { class: "sign", "aria-hidden": true }, right ? "✓ " : "✗ "),
    right ? yes : no,
  );
}

/** Says which option is right, in words too. */
function markOptions(form: HTMLFormElement, answer: LessonAnswer): void {
  for (const field of form.querySelectorAll<HTMLInputElement>("[name=answer]")) field.disabled = true;
  if (answer.kind !== "choice") return;
  for (const [i, label] of [...form.querySelectorAll<HTMLElement>(".option")].entries()) {
    if (answer.options[i]?.right !== true) continue;
    label.dataset.right = "";
    label.append(html("span", { class: "quiet" }, "the answer"));
  }
}
