/** What a check of one gradient found: its verdict, who is to blame, and the entries. */
import type { EntryCheck, GradientCheck, Verdict } from "@adjoint/autograd/graph";
import {
  byGravity,
  checkSummary,
  kinkWords,
  type Parted,
  verdictLooks,
  whereTheyPart,
} from "../../check-words.ts";
import type { Culprit, NodeCheckAnswer } from "../../engine/check-task.ts";
import { positionText } from "../../entry-name.ts";
import { exactText } from "../../number-text.ts";
import { titleOf } from "../../scene.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import type { Shown } from "../session.ts";

/** So many entries are shown at first. */
const firstEntries = 8;
/** Of many kinks only so many are told in words. */
const mostKinks = 3;

/** What the parts of a result lead to. */
export interface ResultLinks {
  choose(node: number): void;
  chooseEntry(node: number, index: number): void;
}

/** The word of a verdict with its sign. */
export function verdictMark(verdict: Verdict, word: string = verdictLooks[verdict].word): HTMLElement {
  const sign = html("i", { "aria-hidden": "true" }, verdictLooks[verdict].sign);
  return html("span", { class: `verdict ${verdict}`, "data-verdict": verdict }, sign, word);
}

/** The result of a check of a node's adjoint. */
export function checkResult(
  { check, culprits }: NodeCheckAnswer,
  { nodes }: Shown,
  links: ResultLinks,
): HTMLElement {
  const { entries, verdict, singlePrecision } = check;
  const shape = nodes.get(check.node)?.shape ?? [];
  const made = html(
    "div",
    { class: "check-result", "data-verdict": verdict },
    html("p", { class: "check-summary" }, verdictMark(verdict, ""), checkSummary(check)),
  );
  const kinks = entries.filter((entry) => entry.verdict === "kink");
  for (const entry of kinks.slice(0, mostKinks))
    made.append(html("p", { class: "check-kink" }, kinkWords(entry, shape)));
  if (kinks.length > mostKinks)
    made.append(html("p", { class: "quiet" }, `and ${kinks.length - mostKinks} more kinks`));
  made.append(...blame(culprits, verdict, nodes, links));
  if (singlePrecision) {
    const words =
      "Float32 was part of the computation. Differences are taken in float64 all the same, and 1e−3 counts as agreement.";
    made.append(html("p", { class: "quiet" }, words));
  }
  made.append(entryTable(check, shape, links));
  return made;
}

/** Which rule made it wrong. */
function blame(
  culprits: readonly Culprit[],
  verdict: Verdict,
  nodes: Shown["nodes"],
  links: ResultLinks,
): HTMLElement[] {
  if (verdict !== "wrong") return [];
  if (culprits.length === 0)
    return [html("p", { class: "check-blame" }, "Each rule between here and the root agrees by itself.")];
  return culprits.map((culprit) => {
    const id = culprit.kind === "rule" ? culprit.check.node : culprit.node;
    const node = nodes.get(id);
    const name = node === undefined ? `node ${id}` : titleOf({ node, folded: null });
    const link = html("button", { type: "button", class: "link", "data-culprit": id }, name);
    link.addEventListener("click", () => links.choose(id));
    if (culprit.kind === "adjoint") {
      const words = " is not the sum of what arrived there: a hook changed it, or the trace was altered.";
      return html("p", { class: "check-blame" }, "The adjoint of ", link, words);
    }
    const input = culprit.check.input ?? 0;
    const formula = html("span", { class: "formula" }, node?.inputs[input]?.formula ?? "");
    return html(
      "p",
      { class: "check-blame" },
      "The culprit is the rule of ",
      link,
      ` for its input ${input}: `,
      formula,
    );
  });
}

function entryTable(
  { node, entries }: GradientCheck,
  shape: readonly number[],
  links: ResultLinks,
): HTMLElement {
  const body = html("tbody");
  const sorted = byGravity(entries);
  const table = html(
    "table",
    { class: "check-entries" },
    html(
      "thead",
      {},
      html(
        "tr",
        {},
        ...["entry", "rule / differences", "rel. error", "verdict"].map((name) =>
          html("th", { scope: "col" }, name),
        ),
      ),
    ),
    body,
  );
  const show = (from: number): void =>
    body.append(...sorted.slice(from).map((entry) => entryRow(node, entry, shape, links)));
  body.append(...sorted.slice(0, firstEntries).map((entry) => entryRow(node, entry, shape, links)));
  const made = html("div", {}, table);
  if (sorted.length > firstEntries) {
    const more = html("button", { type: "button", class: "more" }, `${sorted.length - firstEntries} more`);
    more.addEventListener("click", () => {
      show(firstEntries);
      more.remove();
    });
    made.append(more);
  }
  return made;
}

function entryRow(
  node: number,
  entry: EntryCheck,
  shape: readonly number[],
  links: ResultLinks,
): HTMLElement {
  const { index, analytic, numeric, relativeError, verdict } = entry;
  const place = html("button", { type: "button", class: "link" }, positionText(index, shape) || "the number");
  place.addEventListener("click", () => links.chooseEntry(node, index));
  const [rule, difference] = whereTheyPart(analytic, numeric);
  return html(
    "tr",
    { "data-index": index, "data-verdict": verdict },
    html("th", { scope: "row" }, place),
    html("td", { class: "pair" }, number("analytic", analytic, rule), number("numeric", numeric, difference)),
    exactNumber("td", relativeError, { "data-role": "relative-error" }),
    html("td", {}, verdictMark(verdict)),
  );
}

function number(role: string, x: number, { same, apart }: Parted): HTMLElement {
  const exact = exactText(x);
  return html("span", { "data-role": role, "data-exact": exact, title: exact }, same, html("em", {}, apart));
}
