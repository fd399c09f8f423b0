// The confusion matrix as a table: counts, coloured by their share of the row, with recall and precision at the edges.
import { type ConfusionMatrix, classScores } from "../confusion.ts";
import { type Markup, markup } from "./markup.ts";

// Mistakes are rare: a tenth of the row is already the full colour, or none of them could be seen.
const fullMiss = 0.1;

/** The table; rows are true classes, columns predicted ones. */
export function confusionTable(matrix: ConfusionMatrix): Markup {
  const scores = classScores(matrix);
  return markup`<div class="scroll"><table class="confusion">
<caption>Rows: true class. Columns: predicted class. Colour: share of the row, on a square-root scale: <span class="swatch hit"></span>recognised, full colour at 100%; <span class="swatch miss"></span>mistaken, full colour at ${100 * fullMiss}% and more.</caption>
<thead><tr><th scope="col"><span class="hidden">true class</span></th>${scores.map(({ label }) => markup`<th scope="col">${label}</th>`)}<th scope="col" class="edge">recall</th></tr></thead>
<tbody>${matrix.map((row, label) => tableRow(row, label, scores[label]?.recall ?? Number.NaN))}</tbody>
<tfoot><tr><th scope="row" class="edge"><span class="long">precision</span><span class="short">prec.</span></th>${scores.map(({ precision }) => markup`<td class="edge">${percent(precision)}</td>`)}<td></td></tr></tfoot>
</table></div>`;
}

function tableRow(row: readonly number[], label: number, recall: number): Markup {
  const total = row.reduce((sum, count) => sum + count, 0);
  const cells = row.map((count, predicted) => cell(count, total, label, predicted));
  return markup`<tr><th scope="row">${label}</th>${cells}<td class="edge">${percent(recall)}</td></tr>`;
}

function cell(count: number, total: number, label: number, predicted: number): Markup {
  const share = total === 0 ? 0 : count / total;
  const kind = label === predicted ? "hit" : count === 0 ? "none" : "miss";
  const strength = Math.sqrt(Math.min(1, kind === "miss" ? share / fullMiss : share));
  const strong = strength > 0.6 ? " strong" : "";
  const title = `${label} taken for ${predicted}: ${count} of ${total} (${percent(share)}%)`;
  return markup`<td class="${kind}${strong}" style="--strength:${strength.toFixed(3)}" title="${title}">${count}</td>`;
}

function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  // The columns are narrow on a phone: 100 needs no decimal.
  return share === 1 ? "100" : (100 * share).toFixed(1);
}
