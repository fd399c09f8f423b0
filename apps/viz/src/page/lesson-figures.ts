/** What stands in a lesson between its lines: bars, pictures, and sums term by term. */
import type { TensorRef } from "../lessons/calc.ts";
import type { LessonBlock, LessonTerms } from "../lessons/lesson.ts";
import { entriesOf, type ResolvedState } from "../lessons/lesson-state.ts";
import { exactText } from "../number-text.ts";
import { colourClass } from "../palette.ts";
import { html } from "./dom.ts";
import { paintGradient, paintInk, pictureCanvas } from "./draw-picture.ts";
import { exactNumber } from "./exact-number.ts";

/** More entries than this are columns without their numbers. */
const mostRows = 12;

/** The figure of a block that is one. @throws {MissingError} if an entry is not there. */
export function lessonFigure(
  resolved: ResolvedState,
  block: Extract<LessonBlock, { readonly kind: "bars" | "picture" | "terms" }>,
): HTMLElement {
  if (block.kind === "terms") return termsFigure(resolved, block);
  const entries = entriesOf(resolved, block.of);
  const figure = html("figure", { class: `lesson-${block.kind}` });
  if (block.kind === "picture") figure.append(picture(entries, block.of));
  else figure.append(bars(block.map === "exp" ? entries.map(Math.exp) : entries, block.of));
  if (block.caption !== "") figure.append(html("figcaption", {}, block.caption));
  return figure;
}

function bars(entries: readonly number[], { quantity }: TensorRef): HTMLElement {
  const most = Math.max(...entries.map(Math.abs)) || 1;
  const least = Math.min(0, ...entries);
  const span = Math.max(0, ...entries) - least || 1;
  const rows = entries.length <= mostRows;
  const made = html("div", { class: rows ? "bar-rows" : "bar-columns" });
  for (const [i, x] of entries.entries()) {
    const bar = html("i", { class: quantity === "value" ? "" : colourClass("gradient", x, most) });
    // The bar begins at 0, wherever that is between the least and the most.
    const begin = `${(100 * (Math.min(0, x) - least)) / span}%`;
    const size = `${(100 * Math.abs(x)) / span}%`;
    if (rows) [bar.style.left, bar.style.width] = [begin, size];
    else [bar.style.bottom, bar.style.height] = [begin, size];
    if (x === 0) bar.classList.add("none");
    const cell = html("span", { class: "bar-track" }, bar);
    if (rows) made.append(html("span", { class: "bar-name" }, String(i)), cell, exactNumber("b", x));
    else {
      cell.dataset.exact = exactText(x);
      cell.title = `${i}: ${exactText(x)}`;
      made.append(cell);
    }
  }
  return made;
}

function picture(entries: readonly number[], { quantity, node }: TensorRef): HTMLElement {
  const canvas = pictureCanvas(6, `${quantity} of ${node} as a picture`);
  canvas.dataset.exact = entries.map(exactText).join(" ");
  const largest = Math.max(...entries.map(Math.abs));
  if (quantity === "value" && entries.every((x) => x >= 0)) {
    canvas.width = canvas.height = 28;
    paintInk(canvas, entries, largest || 1);
    return canvas;
  }
  paintGradient(canvas, entries, largest, []);
  const scale = html(
    "p",
    { class: "quiet" },
    "from ",
    exactNumber("b", -largest),
    " to ",
    exactNumber("b", largest),
  );
  return html("div", {}, canvas, scale);
}

function termsFigure(resolved: ResolvedState, { left, right, total }: LessonTerms): HTMLElement {
  const lefts = entriesOf(resolved, left);
  const rights = right === null ? null : entriesOf(resolved, right);
  const [known = Number.NaN] = entriesOf(resolved, total);
  const products = lefts.map((x, i) => (rights === null ? x : x * (rights[i] ?? Number.NaN)));
  const name = ({ quantity, node }: TensorRef): string => (quantity === "value" ? node : `∂L/∂${node}`);
  const head = right === null ? ["", name(left)] : ["", name(left), name(right), "product"];
  const body = lefts.map((x, i) => {
    const line = html("tr", {}, html("th", { scope: "row" }, String(i)), exactNumber("td", x));
    if (rights !== null) line.append(exactNumber("td", rights[i] ?? 0), exactNumber("td", products[i] ?? 0));
    return line;
  });
  const sum = products.reduce((all, x) => all + x, 0);
  const last = (title: string, x: number, role: string): HTMLElement =>
    html(
      "tr",
      { class: "total" },
      html("th", { scope: "row", colspan: head.length - 1 }, title),
      exactNumber("td", x, { "data-role": role }),
    );
  return html(
    "figure",
    { class: "lesson-terms" },
    html(
      "table",
      {},
      html(
        "thead",
        {},
        html(
          "tr",
          {},
          ...head.map((word) => (word === "" ? html("td") : html("th", { scope: "col" }, word))),
        ),
      ),
      html("tbody", {}, ...body),
      html("tfoot", {}, last("sum", sum, "sum"), last("in the graph", known, "total")),
    ),
  );
}
