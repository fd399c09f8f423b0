/** Prose of a lesson: text, names of nodes, and numbers out of a state. */
import type { Calc } from "../lessons/calc.ts";
import type { LessonBlock, LessonPart } from "../lessons/lesson.ts";
import { evaluate, findNode, type ResolvedState } from "../lessons/lesson-state.ts";
import { exactText, numberText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import { html } from "./dom.ts";
import { lessonFigure } from "./lesson-figures.ts";

/** What a lesson's words do; where they are null, numbers and names are no buttons. */
export interface LessonWords {
  /** A node's name, or a number of it, was clicked. */
  choose(node: number): void;
}

/** The element of a block that is no question. @throws {MissingError} if something it names is not there. */
export function lessonBlock(
  resolved: ResolvedState,
  block: Exclude<LessonBlock, { readonly kind: "question" }>,
  words: LessonWords | null,
): HTMLElement {
  if (block.kind === "prose") return html("p", {}, ...lessonParts(resolved, block.parts, words));
  if (block.kind === "formula")
    return html("p", { class: "formula" }, ...lessonParts(resolved, block.parts, words));
  return lessonFigure(resolved, block);
}

/** The pieces of a paragraph. @throws {MissingError} */
export function lessonParts(
  resolved: ResolvedState,
  parts: readonly LessonPart[],
  words: LessonWords | null,
): (Node | string)[] {
  return parts.map((part) => {
    if (part.kind === "text") return mathText(part.text);
    if (part.kind === "emphasis") return html("em", {}, part.text);
    if (part.kind === "code") return html("code", {}, part.text);
    if (part.kind === "node") return nodeButton(resolved, part.node, words);
    return liveNumber(resolved, part, words);
  });
}

/** `p_c`, `x_(ij)` and `e^(z_c)` with real indices and exponents. */
function mathText(text: string): Node {
  const made = document.createDocumentFragment();
  let rest = text;
  for (let at = rest.search(/[_^]/); at >= 0; at = rest.search(/[_^]/)) {
    const tag = rest[at] === "_" ? "sub" : "sup";
    const inner = rest[at + 1] === "(" ? closed(rest, at + 2) : (rest[at + 1] ?? "");
    made.append(rest.slice(0, at), html(tag, {}, mathText(inner)));
    rest = rest.slice(at + 1 + inner.length + (rest[at + 1] === "(" ? 2 : 0));
  }
  made.append(rest);
  return made;
}

/** What stands from `begin` to the parenthesis that closes. */
function closed(text: string, begin: number): string {
  let open = 1;
  let end = begin;
  for (; end < text.length && open > 0; end++) open += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
  return text.slice(begin, end - 1);
}

/** A number out of a state, exact in `data-exact`; a click shows the node that it is of. */
function liveNumber(
  resolved: ResolvedState,
  { calc, source, exact }: Extract<LessonPart, { readonly kind: "number" }>,
  words: LessonWords | null,
): HTMLElement {
  const x = evaluate(resolved, calc);
  const ref = refOf(calc);
  const attributes = {
    class: "live",
    "data-exact": exactText(x),
    "data-source": source,
    title: `${source} = ${exactText(x)}`,
  };
  const text = exact ? exactText(x).replace("-", "−") : numberText(x);
  if (ref === null || words === null) return html("b", attributes, text);
  const button = html(
    "button",
    { type: "button", ...attributes, "data-quantity": calc.kind === "entry" ? ref.quantity : "both" },
    text,
  );
  const { id } = findNode(resolved.trace, ref.node);
  button.addEventListener("click", () => words.choose(id));
  return button;
}

function nodeButton(resolved: ResolvedState, selector: string, words: LessonWords | null): HTMLElement {
  const node = findNode(resolved.trace, selector);
  if (words === null) return html("b", {}, titleOf({ node, folded: null }));
  const button = html("button", { type: "button", class: "link" }, titleOf({ node, folded: null }));
  button.addEventListener("click", () => words.choose(node.id));
  return button;
}

/** The first entries that a calculation reads. */
function refOf(calc: Calc): Extract<Calc, { readonly kind: "entry" }>["ref"] | null {
  if (calc.kind === "constant") return null;
  if (calc.kind === "entry" || calc.kind === "over") return calc.ref;
  if (calc.kind === "call") return refOf(calc.of);
  return refOf(calc.left) ?? refOf(calc.right);
}
