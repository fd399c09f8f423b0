/** A node's adjoint against finite differences. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { checkSummary } from "../../check-words.ts";
import type { App } from "../app.ts";
import { html } from "../dom.ts";
import type { Shown } from "../session.ts";
import { checkResult } from "./check-result.ts";
import { CheckRun } from "./check-run.ts";
import { checksOf } from "./checks.ts";

/** The section of `node`, where the pass came by it. */
export function checkSection(
  app: App,
  shown: Shown,
  node: TraceNode,
  signal: AbortSignal,
): HTMLElement | null {
  if (!shown.frames.pass.steps.some((step) => step.node === node.id)) return null;
  const checks = checksOf(app);
  const found = html("div");
  const links = {
    choose: (id: number): void => app.session.choose(id),
    chooseEntry: (id: number, index: number): void => app.session.choose(id, index),
  };
  const tell = (): void => {
    const answer = checks.ofNode(node.id);
    found.replaceChildren(...(answer === null ? [] : [checkResult(answer, shown, links)]));
  };
  const { element } = new CheckRun({
    title: "Check",
    unit: "entries",
    signal,
    async run(options) {
      const { check } = await checks.node({ pass: shown.pass, node: node.id }, options);
      tell();
      app.speak(checkSummary(check));
    },
  });
  tell();
  const about =
    "Moves each entry of its value a little, computes the root again, and compares the slope with the complete adjoint.";
  return html(
    "section",
    { class: "check", "data-node": node.id },
    html("h3", {}, "Check against finite differences"),
    html("p", { class: "quiet" }, about),
    element,
    found,
  );
}
