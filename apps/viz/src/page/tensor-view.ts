/** A tensor with all its numbers: statistics, a picture of the whole, and a window of entries that can be moved. */
import type { TraceTensor } from "@adjoint/autograd/graph";
import { shapeText } from "../number-text.ts";
import { html } from "./dom.ts";
import { EntryGrid } from "./entry-grid.ts";
import { exactNumber } from "./exact-number.ts";

/** How a tensor is shown. */
export interface TensorViewOptions {
  readonly title: string;
  readonly scale: "value" | "gradient";
  /** A word for the tests and the styles: `incoming`, `contribution`, `sum`. */
  readonly role: string;
  /** The entry that is marked, by its position in row-major order. */
  readonly chosen?: number | null;
  /** An entry was chosen. Without it, entries can only be read. */
  choose?(index: number): void;
}

/** The view of `tensor`. Every number on it carries its exact value in `data-exact`. */
export function tensorView(tensor: TraceTensor, options: TensorViewOptions): HTMLElement {
  const { title, scale, role, choose } = options;
  const { shape, data, statistics } = tensor;
  const view = html("section", { class: "tensor", "data-role": role, "data-scale": scale });
  const heading = html("h4", { "aria-level": 3 }, title, html("span", { class: "shape" }, shapeText(shape)));
  view.append(heading);
  if (data !== null && data.length === 1) {
    const single = exactNumber("span", data[0] ?? Number.NaN, { class: "single", "data-index": 0 });
    if (choose === undefined) heading.append(single);
    else {
      const name = `${title}: ${single.textContent}, where it comes from`;
      const button = html("button", { type: "button", class: "single-button", "aria-label": name }, single);
      button.addEventListener("click", () => choose(0));
      heading.append(button);
    }
    return view;
  }
  if (statistics !== null) {
    const { norm, min, max, mean } = statistics;
    const facts = { "‖·‖": norm, min, max, mean };
    const list = html("dl", {});
    for (const [name, x] of Object.entries(facts)) {
      list.append(html("div", {}, html("dt", {}, name), exactNumber("dd", x, { "data-statistic": name })));
    }
    view.append(list);
  }
  if (data === null) view.append(html("p", { class: "quiet" }, "The trace kept the statistics alone."));
  else if (data.length === 0) view.append(html("p", { class: "quiet" }, "No entries."));
  else view.append(new EntryGrid({ ...options, data, shape }).element);
  return view;
}
