/** What the health flags are raised by: each check in words, with its threshold and what it had to judge. */
import type { Trace, TracePass } from "@adjoint/autograd/graph";
import { healthThresholds } from "../health.ts";
import { html } from "./dom.ts";
import { exactNumber } from "./exact-number.ts";

/** A check: what is measured, the word before its threshold, and what there was to judge. */
interface Check {
  readonly title: string;
  readonly measure: string;
  readonly beyond: string;
  readonly threshold: number;
  readonly judged: string;
}

/** All checks of `trace` and `pass` as a list. */
export function checkList(trace: Trace, pass: TracePass | null): HTMLElement {
  const items = checksOf(trace, pass).map(({ title, measure, beyond, threshold, judged }) =>
    html(
      "li",
      { "data-check": title },
      html("b", {}, title),
      html("p", {}, `${measure}: flagged ${beyond} `, exactNumber("strong", threshold), "."),
      html("p", { class: "quiet" }, judged),
    ),
  );
  return html("ul", { class: "checks" }, ...items);
}

function checksOf({ nodes }: Trace, pass: TracePass | null): readonly Check[] {
  const count = (ops: readonly string[]): number =>
    nodes.filter(({ op, pass: of }) => of === null && ops.includes(op)).length;
  const judged = (number: number, what: string): string =>
    number === 0 ? `There is no ${what} here.` : `Judged: ${number} ${what}${number === 1 ? "" : "s"}.`;
  const gradients =
    pass === null ? "Not judged: this trace holds no backward pass." : "Judged: every layer with a weight.";
  const { wakeRate, vanishing, exploding, step, saturated, slope } = healthThresholds;
  return [
    {
      title: "Dead ReLU units",
      measure:
        "Of units that gave 0 for all examples, the largest share of examples that can be expected to wake one",
      beyond: "at or below",
      threshold: wakeRate,
      judged: judged(count(["relu"]), "ReLU"),
    },
    {
      title: "Vanishing gradients",
      measure: "The gradient of a layer’s outputs as a multiple of the last layer’s",
      beyond: "below",
      threshold: vanishing,
      judged: gradients,
    },
    {
      title: "Exploding gradients",
      measure: "The same multiple",
      beyond: "above",
      threshold: exploding,
      judged: gradients,
    },
    {
      title: "Exploding weights’ gradients",
      measure: "The length of a weight’s gradient as a multiple of the weight’s",
      beyond: "above",
      threshold: step,
      judged: gradients,
    },
    {
      title: "Saturation",
      measure: `The share of an activation’s entries whose slope is below ${slope * 100}% of the steepest`,
      beyond: "above",
      threshold: saturated,
      judged: judged(count(["sigmoid", "tanh", "softmax"]), "saturating activation"),
    },
  ];
}
