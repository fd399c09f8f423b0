// Test images with what the network said of them.
import { type DigitSet, imagePixels, imageSide } from "../dataset.ts";
import type { Sample } from "../predictions.ts";
import { type Markup, markup } from "./markup.ts";
import { digitImage } from "./pixel-image.ts";

/** Cards of samples: the image, the predicted and the true class, and a bar for the probability of each. */
export function sampleCards(samples: readonly Sample[], test: DigitSet): Markup {
  return markup`<ul class="cards">${samples.map((sample) => card(sample, test))}</ul>`;
}

function card(sample: Sample, test: DigitSet): Markup {
  const pixels = test.images.subarray(sample.index * imagePixels, (sample.index + 1) * imagePixels);
  const wrong = sample.predicted !== sample.label;
  const verdict = wrong ? `taken for ${sample.predicted}, is ${sample.label}` : `rightly ${sample.label}`;
  return markup`<li class="card ${wrong ? "wrong" : "right"}">
<img class="digit" src="${digitImage(pixels, imageSide)}" width="28" height="28" alt="test image ${sample.index}: ${verdict}" title="test image ${sample.index}">
<dl>${bar("predicted", sample.predicted, sample.confidence)}${
    wrong ? bar("true", sample.label, sample.labelProbability) : null
  }</dl></li>`;
}

function bar(role: "predicted" | "true", label: number, probability: number): Markup {
  return markup`<div class="${role}"><dt>${role} <b>${label}</b></dt><dd>${percent(probability)}</dd><dd class="bar" style="--share:${probability.toFixed(4)}"></dd></div>`;
}

// 99.96% must not read as certainty.
function percent(probability: number): string {
  if (probability >= 0.9995 && probability < 1) return ">99.9%";
  if (probability > 0 && probability < 0.0005) return "<0.1%";
  return `${(100 * probability).toFixed(1)}%`;
}
