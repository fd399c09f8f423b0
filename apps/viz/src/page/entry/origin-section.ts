/** "Where this number comes from": a share for each edge, and each share as the sum of its portions. */
import type { Share } from "../../attribution/attribution.ts";
import type { EntryAnswer } from "../../engine/attribution-task.ts";
import { numberText } from "../../number-text.ts";
import { titleOf } from "../../scene.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import { during } from "../work.ts";
import { type BarRange, bar, rangeOf } from "./bar.ts";
import { type EntryContext, placeOf } from "./entry-context.ts";
import { portionList } from "./portion-list.ts";
import { restWords } from "./rest-words.ts";

/** So many shares are open to begin with, the largest. */
const openShares = 2;

/** The section; its numbers come from the engine. */
export function originSection(context: EntryContext): HTMLElement {
  const section = html("section", { class: "origin" }, html("h3", {}, "Where this number comes from"));
  void during(fill(context, section));
  return section;
}

async function fill(context: EntryContext, section: HTMLElement): Promise<void> {
  const { app, shown, signal } = context;
  const entry = placeOf(context);
  try {
    const { trace, pass } = shown;
    const answer = await app.analysis.ask("attribute", { pass, entry }, { trace, signal });
    section.classList.toggle("several", answer.attribution.shares.length > 1);
    section.append(...sumLine(answer), ...(await shareParts(context, answer)));
    if (answer.attribution.shares.some(({ edge }) => edge !== null)) section.append(toSeed(context));
  } catch (error) {
    if (signal.aborted) return;
    section.append(html("p", { class: "quiet" }, error instanceof Error ? error.message : String(error)));
  }
}

/** The button that goes along the largest terms, all the way. */
function toSeed({ app, shown, node, index, signal }: EntryContext): HTMLElement {
  const button = html("button", { type: "button", class: "to-seed" }, "Follow the largest term to the seed");
  const follow = async (): Promise<void> => {
    const { trace, pass } = shown;
    const question = { pass, entry: { node: node.id, index } };
    try {
      app.session.follow(...(await app.analysis.ask("way", question, { trace, signal })));
    } catch (error) {
      if (!signal.aborted) app.problem(error instanceof Error ? error.message : String(error));
    }
  };
  button.addEventListener("click", () => void during(follow()));
  return button;
}

/** `a + b = total`, and what is left over. */
function sumLine({ attribution }: EntryAnswer): HTMLElement[] {
  const { shares, value, rest } = attribution;
  const line = html("p", { class: "sum-line" });
  if (shares.length === 1) {
    const [only] = shares;
    if (only?.edge === null) line.append("It is the seed: here the pass begins.");
  } else if (shares.length <= 4) {
    for (const [i, share] of shares.entries()) {
      const text =
        share.value < 0 || Object.is(share.value, -0)
          ? `(${numberText(share.value)})`
          : numberText(share.value);
      line.append(i === 0 ? numberText(share.value) : ` + ${text}`);
    }
    line.append(" = ", exactNumber("b", value, { "data-role": "total" }));
  } else {
    line.append(`The sum of ${shares.length} shares is `, exactNumber("b", value, { "data-role": "total" }));
  }
  const words = restWords(
    rest,
    shares.map((share) => share.value),
  );
  if (words !== null) line.append(" ", words);
  return line.hasChildNodes() ? [line] : [];
}

async function shareParts(context: EntryContext, answer: EntryAnswer): Promise<HTMLElement[]> {
  const { shares } = answer.attribution;
  const range = rangeOf(shares.map(({ value }) => value));
  const bySize = [...shares.keys()].sort(
    (a, b) => Math.abs(shares[b]?.value ?? 0) - Math.abs(shares[a]?.value ?? 0),
  );
  const open = new Set(bySize.slice(0, openShares));
  return Promise.all(shares.map((share, i) => sharePart(context, answer, share, range, open.has(i))));
}

async function sharePart(
  context: EntryContext,
  answer: EntryAnswer,
  share: Share,
  range: BarRange,
  open: boolean,
): Promise<HTMLElement> {
  const { nodes } = context.shown;
  const consumer = share.edge === null ? undefined : nodes.get(share.edge.consumer);
  const number = exactNumber("b", share.value, { class: "share-number", "data-role": "share" });
  const several = answer.attribution.shares.length > 1;
  if (share.edge === null || consumer === undefined) {
    return html(
      "div",
      { class: "share seed" },
      html("span", { class: "share-name" }, "Seed"),
      bar(share.value, range),
      number,
    );
  }
  const { input } = share.edge;
  const title = titleOf({ node: consumer, folded: null });
  const name = html("span", { class: "share-name" }, `From ${title}`, html("small", {}, ` input ${input}`));
  const summary = html("summary", {}, name, ...(several ? [bar(share.value, range)] : []), number);
  const formula = html("p", { class: "formula" }, consumer.inputs[input]?.formula ?? "");
  const part = html(
    "details",
    { class: "share", "data-consumer": consumer.id, "data-input": input },
    summary,
    formula,
  );
  const fillIn = async (): Promise<void> => {
    part.append(await portionList(context, share.edge, answer.examples));
  };
  if (open) {
    part.open = true;
    await fillIn();
  } else {
    part.addEventListener("toggle", () => void during(fillIn()), { once: true });
  }
  return part;
}
