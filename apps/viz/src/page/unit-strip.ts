/** The units of a layer as a strip of squares, the flagged ones crossed. */
import type { HealthFlag } from "../health.ts";
import { html } from "./dom.ts";

/** Layers with more units have their list alone. */
const mostSquares = 512;

/** The strip of `count` units, of which `units` are flagged, and the same as a list. */
export function unitStrip(kind: HealthFlag["kind"], units: readonly number[], count: number): HTMLElement {
  const what = kind === "dead" ? "dead" : "saturated for all examples";
  const list = `${units.length === 1 ? "Unit" : "Units"} ${units.join(", ")} of ${count}: ${what}`;
  const strip = html("div", { class: "unit-strip" });
  if (count <= mostSquares) {
    const flagged = new Set(units);
    const squares = Array.from({ length: count }, (_, unit) =>
      html(
        "i",
        { title: `unit ${unit}`, "data-unit": unit, "data-flagged": flagged.has(unit) },
        flagged.has(unit) ? "✕" : "",
      ),
    );
    strip.append(html("div", { class: "squares", "aria-hidden": "true" }, ...squares));
  }
  strip.append(html("p", { class: "unit-list" }, list));
  return strip;
}
