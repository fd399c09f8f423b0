// report.html: one self-contained file. No script, no network, no framework; the charts are drawn when it is written.
import { classCount, type DigitSet } from "../dataset.ts";
import type { RunRecord } from "../metrics.ts";
import { formatPercent, formatSeconds, formatWhole } from "../number-format.ts";
import { confidentMistakes, type Predictions, typicalCorrect } from "../predictions.ts";
import { confusionTable } from "./confusion-table.ts";
import { learningCurves } from "./learning-curves.ts";
import { type Markup, markup } from "./markup.ts";
import { epochTable, settingsLists } from "./run-tables.ts";
import { sampleCards } from "./sample-cards.ts";
import { styles } from "./styles.ts";
import { weightImages } from "./weight-images.ts";

/** What the report is made from. */
export interface ReportData {
  readonly run: RunRecord;
  /** Loss of each training step, in nats. */
  readonly stepLosses: ArrayLike<number>;
  readonly test: DigitSet;
  readonly predictions: Predictions;
  /** Weights of the first layer `[units, 784]`, row-major. */
  readonly firstLayer: Float32Array;
}

const mistakesShown = 20;

/** Renders the whole page. */
export function renderReport(data: ReportData): string {
  const { run, test, predictions } = data;
  const mistakes = confidentMistakes(test.labels, predictions, classCount, mistakesShown);
  const correct = typicalCorrect(test.labels, predictions, classCount);
  const name = run.layers.join("-");
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${formatPercent(run.test.accuracy)} · MNIST ${name}</title>
<style>${styles}</style>
</head>
<body>
<main>
${headline(run, name)}
${section("curves", "Learning curves", learningCurves(run.epochs, data.stepLosses))}
${section("confusion", "Confusion matrix", confusionTable(run.test.confusionMatrix))}
${section("samples", "Sample predictions", samplesBody(correct.length, sampleCards(correct, test), mistakes.length, sampleCards(mistakes, test)))}
${section("weights", "First-layer weights", weightImages(data.firstLayer))}
${section("epochs", "Epochs", epochTable(run.epochs))}
${section("settings", "Settings", settingsLists(run))}
</main>
</body>
</html>
`;
  return page.text;
}

function headline(run: RunRecord, name: string): Markup {
  const { test, training } = run;
  const mistakes = test.images - Math.round(test.accuracy * test.images);
  const best = run.epochs
    .map(({ validationAccuracy }) => validationAccuracy)
    .filter((value) => value !== null);
  const facts: readonly (readonly [string, string])[] = [
    ["test loss", `${test.loss.toFixed(4)} nats`],
    ["validation", best.length === 0 ? "–" : formatPercent(best.at(-1) ?? null)],
    ["training time", formatSeconds(training.seconds)],
    ["speed", `${formatWhole(training.imagesPerSecond)} images/s`],
    ["parameters", formatWhole(run.parameters)],
    ["epochs", `${run.epochs.length} of ${run.settings.epochs}`],
  ];
  const date = `${run.startedAt.slice(0, 16).replace("T", " ")} UTC`;
  return markup`<header>
<p class="eyebrow">MNIST · ${name} · seed ${run.settings.seed} · ${date}</p>
<h1><span class="figure">${formatPercent(test.accuracy)}</span> <span class="caption">test accuracy: ${formatWhole(mistakes)} mistakes in ${formatWhole(test.images)} images</span></h1>
${run.status === "interrupted" ? markup`<p class="banner">Stopped by hand in epoch ${run.epochs.length + 1} of ${run.settings.epochs}. Everything here describes the weights as they were then.</p>` : null}
<dl class="facts">${facts.map(([term, value]) => markup`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
</header>`;
}

function samplesBody(correct: number, correctCards: Markup, mistakes: number, mistakeCards: Markup): Markup {
  const right =
    correct === 0
      ? markup`<p class="note">No test image was recognised.</p>`
      : markup`<h3>Recognised</h3><p class="lead">Of each class the image of median confidence.</p>${correctCards}`;
  const wrong =
    mistakes === 0
      ? markup`<p class="note">No test image was mistaken.</p>`
      : markup`<h3>Most confident mistakes</h3><p class="lead">The wrong answers that were given with the highest probability.</p>${mistakeCards}`;
  return markup`${right}${wrong}`;
}

function section(id: string, title: string, body: Markup): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
}
