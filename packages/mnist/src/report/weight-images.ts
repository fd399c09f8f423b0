// The first layer's weights, one image a unit: what each unit looks for in a picture.
import { imagePixels, imageSide } from "../dataset.ts";
import { type Markup, markup } from "./markup.ts";
import { weightImage } from "./pixel-image.ts";

/** Units drawn at most; beyond that those with the largest weights (Euclidean norm) are chosen. */
export const shownUnits = 128;
const percentile = 0.995;

/**
 * The section with the first layer's weights.
 *
 * @param weights `[units, 784]`, row-major
 */
export function weightImages(weights: Float32Array): Markup {
  const units = Array.from({ length: weights.length / imagePixels }, (_, unit) => ({
    unit,
    weights: weights.subarray(unit * imagePixels, (unit + 1) * imagePixels),
  }));
  const shown = strongest(units, shownUnits);
  const scale = colorScale(weights);
  const bound = scale.toPrecision(2);
  const lead =
    shown.length < units.length
      ? `The ${shown.length} of ${units.length} units with the largest weights, in their order.`
      : `All ${units.length} units, in their order.`;
  return markup`<p class="lead">Each picture shows what one unit of the first layer looks for: ink on blue raises it, ink on orange lowers it. ${lead}</p>
<div class="scale"><span>−${bound}</span><span class="ramp" role="img" aria-label="colour scale from minus ${bound}, orange, over 0, no colour, to plus ${bound}, blue"></span><span>+${bound}</span>
<p>weight; one scale for all units, symmetric about 0, its ends at the ${100 * percentile}th percentile of |w| (larger ones are drawn as the ends)</p></div>
<div class="weights">${shown.map(
    (entry) =>
      markup`<img src="${weightImage(entry.weights, imageSide, scale)}" width="28" height="28" alt="weights of unit ${entry.unit}" title="unit ${entry.unit}">`,
  )}</div>`;
}

/** The magnitude that is drawn in full colour: the 99.5th percentile of |w|, never 0. */
export function colorScale(weights: Float32Array): number {
  const magnitudes = weights.map(Math.abs).filter(Number.isFinite).sort();
  return magnitudes[Math.floor(percentile * (magnitudes.length - 1))] || 1;
}

interface Unit {
  readonly unit: number;
  readonly weights: Float32Array;
}

function strongest(units: readonly Unit[], count: number): readonly Unit[] {
  if (units.length <= count) return units;
  const energy = (unit: Unit): number => unit.weights.reduce((sum, weight) => sum + weight * weight, 0);
  const ranked = units.map((unit) => ({ unit, energy: energy(unit) })).sort((a, b) => b.energy - a.energy);
  return ranked
    .slice(0, count)
    .map(({ unit }) => unit)
    .sort((a, b) => a.unit - b.unit);
}
