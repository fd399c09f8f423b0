/** The portions of one share: by example with its picture, or by unit, each with its factors and the way on. */
import type { Term } from "../../attribution/attribution.ts";
import type { Portion, Portions } from "../../attribution/portions.ts";
import { pixelCount } from "../../draw/drawing.ts";
import type { EntryAnswer } from "../../engine/attribution-task.ts";
import { entryName, positionText } from "../../entry-name.ts";
import { html } from "../dom.ts";
import { exactNumber } from "../exact-number.ts";
import { type BarRange, bar, rangeOf } from "./bar.ts";
import { type EntryContext, placeOf } from "./entry-context.ts";
import { examplePicture } from "./entry-picture.ts";
import { restWords } from "./rest-words.ts";
import { withoutButton } from "./without-button.ts";

/** So many portions are shown at first, and so many more with each press. */
const firstPortions = 5;
const morePortions = 40;

/** An edge of the pass. */
export interface ShareEdge {
  readonly consumer: number;
  readonly input: number;
}

/** What the rows of one share have in common. */
interface RowContext {
  readonly context: EntryContext;
  readonly edge: ShareEdge;
  readonly examples: EntryAnswer["examples"];
  readonly portions: Portions;
  readonly range: BarRange;
}

/** The portions of what `edge` put into the entry of `context`. */
export async function portionList(
  context: EntryContext,
  edge: ShareEdge | null,
  examples: EntryAnswer["examples"],
): Promise<HTMLElement> {
  const { app, shown, signal } = context;
  if (edge === null) return html("div");
  const { trace, pass } = shown;
  const question = { pass, entry: placeOf(context), ...edge };
  const portions = await app.analysis.ask("split", question, { trace, signal });
  const all = portions.portions;
  if (all === null) return html("p", { class: "quiet" }, portions.why ?? "It does not come apart.");
  const range = rangeOf(all.map(({ value }) => value));
  const row: RowContext = { context, edge, examples, portions, range };
  const list = html("ol", { class: "portions" });
  const made = html("div", {}, list);
  const more = html("button", { type: "button", class: "more" });
  let count = 0;
  const show = (upTo: number): void => {
    list.append(...all.slice(count, upTo).map((portion) => portionRow(row, portion)));
    count = Math.min(upTo, all.length);
    const left = all.length - count;
    const zeros = all.slice(count).every(({ value }) => value === 0);
    more.hidden = left === 0;
    more.textContent = `${left} more${zeros ? `, ${left === 1 ? "" : "each "}0` : ""}`;
  };
  more.addEventListener("click", () => {
    const first = count;
    show(count + morePortions);
    const next = list.children[first]?.querySelector("button");
    if (more.hidden) next?.focus();
  });
  show(firstPortions);
  made.append(more);
  if (all.length > 1) made.append(portionSum(portions, all));
  return made;
}

function portionSum({ value, rest, byExample }: Portions, all: readonly Portion[]): HTMLElement {
  const what = byExample ? "examples" : "terms";
  const line = html("p", { class: "sum-line" }, `The ${all.length} ${what} add up to `);
  line.append(exactNumber("b", value, { "data-role": "portions-sum" }));
  const words = restWords(
    rest,
    all.map((portion) => portion.value),
  );
  line.append(...(words === null ? [] : [" ", words]), ".");
  return line;
}

function portionRow(row: RowContext, portion: Portion): HTMLElement {
  const { context, portions, range } = row;
  const { position, value, terms } = portion;
  const [only] = terms;
  const made = html("li", { class: "portion", "data-position": position ?? undefined });
  const picture = pictureOf(row, portion);
  if (picture !== null) made.append(picture);
  else made.classList.add("plain");
  const alone = portions.portions?.length === 1;
  const number = exactNumber("b", value, { class: "portion-number", "data-role": "portion" });
  const body = html("div", { class: "portion-body" });
  if (!alone || terms.length > 1) {
    const name = html("span", { class: "portion-name" }, portionName(row, portion));
    body.append(html("p", { class: "portion-head" }, name, number));
  }
  if (!alone) body.append(bar(value, range));
  const foot = html("div", { class: "portion-foot" });
  foot.append(only !== undefined && terms.length === 1 ? factors(context, only) : termList(context, terms));
  if (alone && terms.length === 1) foot.append(html("span", { class: "product" }, "= ", number));
  const { axis } = portions;
  if (axis !== null && position !== null && !alone) {
    const what = { consumer: row.edge.consumer, axis, position };
    foot.append(withoutButton(context, what, portion, portions.byExample ? "example" : "unit"));
  }
  body.append(foot);
  made.append(body);
  if (terms.length === 1 && only !== undefined) followOnClick(context, made, only);
  return made;
}

/** A click beside the buttons of a row goes the same way as its gradient's button. */
function followOnClick({ app }: EntryContext, row: HTMLElement, { gradient }: Term): void {
  row.classList.add("leads-on");
  row.addEventListener("click", ({ target }) => {
    const own = target instanceof Element && target.closest("button, details, .without") !== null;
    if (!own && getSelection()?.isCollapsed !== false) app.session.follow(gradient);
  });
}

function portionName({ portions, edge, context }: RowContext, { position, terms }: Portion): string {
  const { axis, byExample } = portions;
  if (byExample) return `Example ${position}`;
  const rank = context.shown.nodes.get(edge.consumer)?.shape.length ?? 0;
  if (axis !== null) return axis === rank - 1 ? `Unit ${position}` : `Position ${position} of axis ${axis}`;
  return terms.length === 1 ? "One term" : `${terms.length} terms`;
}

function pictureOf({ context, examples, portions }: RowContext, portion: Portion): HTMLElement | null {
  if (!portions.byExample || examples === null || portion.position === null) return null;
  const tensor = context.shown.nodes.get(examples.node)?.value;
  if (tensor == null) return null;
  const place = portion.terms.length === 1 ? portion.terms[0]?.factor.entry : null;
  const pixel = place?.node === examples.node ? place.index % pixelCount : null;
  return examplePicture(tensor, portion.position, examples.count, pixel);
}

/** `g · x`: both are buttons; the gradient's leads on, the other's to the entry of a value. */
function factors({ app, shown }: EntryContext, { gradient, factor }: Term): HTMLElement {
  const from = shown.nodes.get(gradient.node);
  const follow = html(
    "button",
    { type: "button", class: "factor gradient", title: "Where does this gradient come from?" },
    html("small", {}, `g${positionText(gradient.index, from?.shape ?? [])}`),
    exactNumber("b", gradient.value, { class: "factor-number", "data-role": "gradient" }),
  );
  follow.addEventListener("click", () => app.session.follow(gradient));
  const number = exactNumber("b", factor.value, { class: "factor-number", "data-role": "factor" });
  const place = factor.entry;
  const source = place === null ? undefined : shown.nodes.get(place.node);
  const line = html("div", { class: "factors" }, follow, html("span", { class: "times" }, "×"));
  if (place === null || source === undefined) {
    line.append(html("span", { class: "factor" }, html("small", {}, "its derivative"), number));
    return line;
  }
  const link = html(
    "button",
    { type: "button", class: "factor value", title: "This entry" },
    html("small", {}, entryName(source, place.index)),
    number,
  );
  link.addEventListener("click", () => app.session.follow(place));
  line.append(link);
  return line;
}

/** Several terms of one portion: of a convolution's weight, the positions of one image. */
function termList(context: EntryContext, terms: readonly Term[]): HTMLElement {
  const most = 100;
  const sorted = terms.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most);
  const items = sorted.map((term) =>
    html("li", {}, exactNumber("b", term.value, { "data-role": "term" }), factors(context, term)),
  );
  const left = terms.length - sorted.length;
  const rest = left > 0 ? [html("p", { class: "quiet" }, `and ${left} smaller ones`)] : [];
  return html(
    "details",
    { class: "terms" },
    html("summary", {}, `${terms.length} terms`),
    html("ol", {}, ...items),
    ...rest,
  );
}
