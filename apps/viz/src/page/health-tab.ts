/** What is wrong, and where it began: NaN and infinity with their sources, and the health flags of a training step. */
import type { App } from "./app.ts";
import { culpritCard } from "./culprit-card.ts";
import { Diagnosis, type DrawnFindings, type Findings } from "./diagnosis.ts";
import { html } from "./dom.ts";
import { flagCard } from "./flag-card.ts";
import { checkList } from "./health-checks.ts";
import type { PanelTab } from "./tabs.ts";

/** The tab of findings. Its badge has their number, whether it is shown or not. */
export function healthTab(app: App): PanelTab {
  const element = html("div", { class: "health" });
  const diagnosis = new Diagnosis(app, () => render());
  let rendered: Findings | null = null;
  let visible = false;
  const render = (): void => {
    const { findings } = diagnosis;
    if (!visible || findings === null || findings === rendered) return;
    rendered = findings;
    element.replaceChildren(nonFinitePart(app, diagnosis, findings), flagPart(app, diagnosis, findings));
  };
  return {
    id: "health",
    title: "Health",
    element,
    show(): void {
      visible = true;
      render();
    },
    hide(): void {
      visible = false;
    },
  };
}

function nonFinitePart(app: App, diagnosis: Diagnosis, findings: Findings): HTMLElement {
  const { culprits } = findings.provenance;
  const part = html("section", { class: "findings", "data-part": "non-finite" });
  const many = culprits.length === 1 ? "one source" : `${culprits.length} sources`;
  part.append(html("h2", {}, culprits.length === 0 ? "No NaN, no infinity" : `NaN and infinity: ${many}`));
  if (culprits.length === 0) {
    const passes = findings.pass === null ? "every value" : "every value, contribution and gradient";
    part.classList.add("well");
    part.append(
      html("p", { class: "quiet" }, `Of ${findings.trace.nodes.length} nodes ${passes} is a finite number.`),
    );
    return part;
  }
  part.append(
    drawToggle(diagnosis, "path", "Draw the way that it went in the graph"),
    someCards(culprits.length, (position) => culpritCard(app, findings, position)),
  );
  return part;
}

function flagPart(app: App, diagnosis: Diagnosis, { trace, pass, flags }: Findings): HTMLElement {
  const part = html("section", { class: "findings", "data-part": "flags" });
  const many = flags.length === 1 ? "One health flag" : `${flags.length} health flags`;
  part.append(html("h2", {}, flags.length === 0 ? "No health flags" : many));
  if (flags.length === 0) {
    part.classList.add("well");
    part.append(html("p", { class: "quiet" }, "What was looked for, and what would have been flagged:"));
    part.append(checkList(trace, pass));
    return part;
  }
  const checks = html("details", {}, html("summary", {}, "All checks and their thresholds"));
  checks.append(checkList(trace, pass));
  const cardOf = (position: number): HTMLElement => {
    const flag = flags[position];
    return flag === undefined ? html("article") : flagCard(app, trace, flag);
  };
  part.append(
    drawToggle(diagnosis, "flags", "Mark the nodes in the graph"),
    someCards(flags.length, cardOf),
    checks,
  );
  return part;
}

/** So many cards are made at first, and each time that more are asked for: an exploding network has hundreds. */
const cardsAtOnce = 10;

/** The first cards of `count`, and a button for the next. */
function someCards(count: number, make: (position: number) => HTMLElement): HTMLElement {
  const list = html("div", { class: "cards" });
  const more = html("button", { type: "button", class: "more-cards" });
  const add = (): void => {
    const made = list.children.length;
    const next = Math.min(count, made + cardsAtOnce);
    for (let position = made; position < next; position++) list.append(make(position));
    const rest = count - next;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(rest, cardsAtOnce)} more of ${count}`;
  };
  more.addEventListener("click", add);
  add();
  return html("div", { class: "cards-and-more" }, list, more);
}

/** A box that says whether something is drawn in the graph. */
function drawToggle(diagnosis: Diagnosis, which: keyof DrawnFindings, words: string): HTMLElement {
  const box = html("input", { type: "checkbox", "data-draws": which });
  box.checked = diagnosis.drawn[which];
  box.addEventListener("change", () => {
    diagnosis.drawn = { ...diagnosis.drawn, [which]: box.checked };
  });
  return html("label", { class: "mark-toggle" }, box, words);
}
