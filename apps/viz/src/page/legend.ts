/** What the colours and lines mean. */
import { colourClasses } from "../palette.ts";
import { html } from "./dom.ts";

/** The legend: the values' accent, the gradients' diverging scale, and the signs on the cards. */
export function legend(): HTMLElement[] {
  const scale = (name: "value" | "gradient", low: string, high: string): HTMLElement =>
    html(
      "div",
      { class: "scale" },
      html("span", {}, name === "value" ? "value" : "gradient"),
      html("span", { class: "end" }, low),
      html(
        "span",
        { class: "bar" },
        ...colourClasses(name).map((each) => html("i", { class: `swatch ${each}` })),
      ),
      html("span", { class: "end" }, high),
    );
  return [
    scale("value", "0", "max |y|"),
    scale("gradient", "−max |g|", "max |g|"),
    html(
      "p",
      {},
      html("b", {}, "Σ"),
      " sum so far  ",
      html("b", {}, "∂"),
      " complete  ",
      html("i", { class: "swatch bad" }),
      " NaN or ∞",
    ),
    html("p", {}, "Each tensor by its own largest entry; steps by √."),
  ];
}
