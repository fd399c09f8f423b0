/** What is said and drawn of the difference of two traces. Pure. */
import type { NodeDifference, TraceDifference } from "./difference.ts";
import type { Mark, Marks } from "./marks.ts";
import { numberText } from "./number-text.ts";

/** A changed node in words: `value by at most 0.02 at [0, 3], adjoint, attributes`. */
export function differenceWords({ status, facets, value, adjoint }: NodeDifference): string {
  if (status !== "changed") return { same: "the same", added: "added", removed: "removed" }[status];
  const numbers = { value, adjoint };
  return facets
    .map((facet) => {
      const gap = facet === "value" || facet === "adjoint" ? numbers[facet] : null;
      if (gap === null) return facet;
      const place = gap.index.length === 0 ? "" : ` at [${gap.index.join(", ")}]`;
      return `${facet} by at most ${numberText(gap.largest)}${place}`;
    })
    .join(", ");
}

/** Marks on the first trace, where removed nodes are, or on the second, where added ones are. */
export function differenceMarks(difference: TraceDifference, side: "first" | "second"): Marks {
  const nodes = new Map<number, readonly Mark[]>();
  for (const [id, found] of side === "first" ? difference.byFirst : difference.bySecond) {
    const { status, facets } = found;
    if (status === "same") continue;
    // A card has room for three words; the icon says that they differ.
    const [facet = "", ...others] = facets;
    const changed = others.length === 0 ? `${facet} changed` : facets.slice(0, 2).join(", ");
    const label = status === "changed" ? changed : status;
    nodes.set(id, [{ kind: status, label }]);
  }
  return { nodes, taintedEdges: new Set() };
}
