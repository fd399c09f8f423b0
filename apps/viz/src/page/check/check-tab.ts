/** All rules of a pass against finite differences, one row a rule. */
import type { GradientCheck, PassCheck } from "@adjoint/autograd/graph";
import { largestError } from "../../check-words.ts";
import { numberText } from "../../number-text.ts";
import { titleOf } from "../../scene.ts";
import type { App } from "../app.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import type { Shown } from "../session.ts";
import type { PanelTab } from "../tabs.ts";
import { verdictMark } from "./check-result.ts";
import { CheckRun } from "./check-run.ts";
import { checksOf } from "./checks.ts";

const title = "Check all rules of this pass";
const about =
  "Each rule by itself: the inputs of its op are moved a little, and the slope of ⟨g, op(inputs)⟩ is compared with what the rule gave. Eight entries of each, the largest among them.";

/** The tab, and the command that runs the check. */
export function checkTab(app: App): PanelTab {
  const checks = checksOf(app);
  const element = html("div", { class: "check-tab" });
  let outdated = new AbortController();
  let run = newRun();
  const tell = (shown: Shown): void => {
    const found = checks.ofPass();
    const parts = found === null ? [] : [passResult(app, shown, found)];
    element.replaceChildren(
      html("h2", {}, "Check against finite differences"),
      html("p", { class: "quiet" }, about),
      run.element,
      ...parts,
    );
    const wrong = found?.edges.filter(({ verdict }) => verdict === "wrong").length ?? 0;
    app.badge("check", wrong === 0 ? "" : String(wrong), wrong === 0 ? "" : `${wrong} wrong rules`);
  };
  function newRun(): CheckRun {
    const { signal } = outdated;
    return new CheckRun({
      title,
      unit: "rules",
      signal,
      async run(options) {
        const found = await checks.pass(options);
        tell(app.session.shown);
        app.speak(passSummary(found));
      },
    });
  }
  app.session.subscribe((shown, before) => {
    if (shown.trace === before.trace && shown.pass === before.pass) return;
    outdated.abort();
    outdated = new AbortController();
    run = newRun();
    tell(shown);
  });
  app.commands.add({
    title,
    enabled: () => app.session.shown.frames.pass.steps.length > 0,
    run: () => {
      app.selectTab("check");
      run.start();
    },
  });
  return {
    id: "check",
    title: "Check",
    element,
    show(shown, before) {
      if (before === null) tell(shown);
    },
  };
}

function passSummary({ edges, skipped }: PassCheck): string {
  const count = (verdict: GradientCheck["verdict"]): number =>
    edges.filter((edge) => edge.verdict === verdict).length;
  const error = Math.max(0, ...edges.map(largestError));
  const words = [
    `${count("ok")} of ${edges.length} rules agree, largest relative error ${numberText(error)}`,
  ];
  for (const [verdict, text] of [
    ["wrong", "wrong"],
    ["kink", "at a kink"],
    ["unknown", "cannot be told"],
  ] as const) {
    if (count(verdict) > 0) words.push(`${count(verdict)} ${text}`);
  }
  if (skipped.length > 0) words.push(`${skipped.length} cannot be run again`);
  return words.join("; ");
}

function passResult(app: App, { nodes }: Shown, found: PassCheck): HTMLElement {
  const link = (id: number): HTMLElement => {
    const node = nodes.get(id);
    const name = node === undefined ? `node ${id}` : titleOf({ node, folded: null });
    const made = html("button", { type: "button", class: "link" }, name);
    made.addEventListener("click", () => {
      app.session.choose(id);
      app.selectTab("details");
    });
    return made;
  };
  const row = (edge: GradientCheck): HTMLElement => {
    const source = nodes.get(edge.node)?.inputs[edge.input ?? -1]?.source ?? null;
    const checked = `${edge.entries.length} of ${edge.size.toLocaleString("en")}`;
    return html(
      "tr",
      { "data-node": edge.node, "data-input": edge.input ?? "", "data-verdict": edge.verdict },
      html("th", { scope: "row" }, link(edge.node)),
      html("td", {}, ...(source === null ? [] : [link(source)])),
      html("td", {}, checked),
      exactNumber("td", largestError(edge), { "data-role": "relative-error" }),
      html("td", {}, verdictMark(edge.verdict)),
    );
  };
  const names = ["rule of", "for", "entries", "rel. error", "verdict"];
  const worst = found.edges.find(({ verdict }) => verdict === "wrong")?.verdict ?? "ok";
  const made = html(
    "div",
    { class: "check-result" },
    html("p", { class: "check-summary" }, verdictMark(worst, ""), passSummary(found)),
    html(
      "table",
      { class: "check-rules" },
      html("thead", {}, html("tr", {}, ...names.map((name) => html("th", { scope: "col" }, name)))),
      html("tbody", {}, ...found.edges.map(row)),
    ),
  );
  for (const { node, input, why } of found.skipped)
    made.append(html("p", { class: "quiet" }, link(node), ` for its input ${input}: ${why}`));
  return made;
}
