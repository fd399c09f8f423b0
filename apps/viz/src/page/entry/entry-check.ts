/** One entry of an adjoint against finite differences. */
import { checkSummary } from "../../check-words.ts";
import { checkResult } from "../check/check-result.ts";
import { CheckRun } from "../check/check-run.ts";
import { checksOf } from "../check/checks.ts";
import { html } from "../dom.ts";
import type { EntryContext } from "./entry-context.ts";

/** The button that checks the entry, and what was found. */
export function entryCheck({ app, shown, node, index, signal }: EntryContext): HTMLElement {
  const found = html("div");
  const links = {
    choose: (id: number): void => app.session.choose(id),
    chooseEntry: (id: number, entry: number): void => app.session.choose(id, entry),
  };
  const { element } = new CheckRun({
    title: "Check against finite differences",
    unit: "entries",
    signal,
    async run(options) {
      const question = { pass: shown.pass, node: node.id, entries: [index] };
      const answer = await checksOf(app).node(question, options);
      found.replaceChildren(checkResult(answer, shown, links));
      app.speak(checkSummary(answer.check));
    },
  });
  return html("section", { class: "entry-check" }, element, found);
}
