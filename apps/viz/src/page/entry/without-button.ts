/** The button that takes one example, or one unit, out of a gradient: the pass is run again without it. */
import type { Portion } from "../../attribution/portions.ts";
import type { WithoutQuestion } from "../../engine/attribution-task.ts";
import { numberText } from "../../number-text.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import { during } from "../work.ts";
import { type EntryContext, placeOf } from "./entry-context.ts";

/** A button which the result takes the place of. */
export function withoutButton(
  context: EntryContext,
  what: Pick<WithoutQuestion, "consumer" | "axis" | "position">,
  portion: Portion,
  kind: "example" | "unit",
): HTMLElement {
  const made = html("div", { class: "without" });
  const name = `Without it: run the pass again without ${kind} ${what.position}`;
  const button = html("button", { type: "button", "aria-label": name, title: name }, "Without it");
  button.addEventListener("click", () => void during(run()));
  made.append(button);
  const run = async (): Promise<void> => {
    const { app, shown, node, index, signal } = context;
    const { trace, pass, frames } = shown;
    button.disabled = true;
    try {
      const question = { pass, entry: placeOf(context), ...what };
      const after = await app.analysis.ask("without", question, { trace, signal });
      const adjoint = frames.pass.steps.find((step) => step.node === node.id)?.adjoint;
      const before = adjoint?.data?.[index] ?? Number.NaN;
      made.classList.add("told");
      made.replaceChildren(resultOf(before, after, portion.value, kind));
      app.speak(`Without this ${kind} the entry is ${numberText(after)}.`);
    } catch (error) {
      if (signal.aborted) return;
      made.replaceChildren(
        html("p", { class: "quiet" }, error instanceof Error ? error.message : String(error)),
      );
    }
  };
  return made;
}

function resultOf(before: number, after: number, term: number, kind: string): HTMLElement {
  const change = before - after;
  const off = Math.abs(change - term);
  const isTerm = off <= 1e-9 * Math.max(Math.abs(before), Math.abs(after), Math.abs(term));
  return html(
    "p",
    {},
    `Run again without this ${kind}, it is `,
    exactNumber("b", after, { "data-role": "without" }),
    ". It was ",
    exactNumber("b", before, { "data-role": "before" }),
    ": changed by ",
    exactNumber("b", change, { "data-role": "change" }),
    ", ",
    isTerm
      ? html("span", { class: "good" }, "✓ just this term")
      : html("span", {}, "which is not this term: it comes along other edges too"),
    ".",
  );
}
