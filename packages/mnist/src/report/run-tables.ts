// The tables at the end of the report: epochs, settings, data and versions.
import type { EpochRecord, RunRecord } from "../metrics.ts";
import { formatPercent, formatSeconds, formatWhole } from "../number-format.ts";
import { type Markup, type MarkupValue, markup } from "./markup.ts";

/** One line for each epoch. */
export function epochTable(epochs: readonly EpochRecord[]): Markup {
  if (epochs.length === 0) return markup`<p class="note">No epoch was finished.</p>`;
  const validated = epochs.some(({ validationLoss }) => validationLoss !== null);
  const validation = validated
    ? markup`<th scope="col">validation loss</th><th scope="col">validation accuracy</th>`
    : null;
  return markup`<div class="scroll"><table class="numbers">
<thead><tr><th scope="col">epoch</th><th scope="col">training loss</th><th scope="col">training accuracy</th>${validation}<th scope="col">learning rate</th><th scope="col">time</th><th scope="col">images/s</th></tr></thead>
<tbody>${epochs.map((epoch) => epochRow(epoch, validated))}</tbody></table></div>
<p class="note">Losses in nats. Training loss and accuracy are means over the epoch while the weights changed${validated ? "; validation is measured at the epoch's end" : ""}.</p>`;
}

function epochRow(epoch: EpochRecord, validated: boolean): Markup {
  const validation = validated
    ? markup`<td>${epoch.validationLoss?.toFixed(4) ?? "–"}</td><td>${formatPercent(epoch.validationAccuracy)}</td>`
    : null;
  return markup`<tr><th scope="row">${epoch.epoch}</th><td>${epoch.trainLoss.toFixed(4)}</td><td>${formatPercent(epoch.trainAccuracy)}</td>${validation}<td>${epoch.learningRate.toPrecision(3)}</td><td>${formatSeconds(epoch.seconds)}</td><td>${formatWhole(epoch.imagesPerSecond)}</td></tr>`;
}

/** Settings, data and versions, as lists of names and values. */
export function settingsLists(run: RunRecord): Markup {
  const { settings } = run;
  const network: Entries = [
    ["layers", run.layers.join(" – ")],
    ["parameters", formatWhole(run.parameters)],
    ["activation", settings.hidden.length === 0 ? "none (no hidden layer)" : settings.activation],
    ["initialisation", settings.initialization],
    ["dropout", settings.dropout],
  ];
  const training: Entries = [
    ["optimizer", `SGD, momentum ${settings.momentum}${settings.nesterov ? ", Nesterov" : ""}`],
    ["learning rate", `${settings.learningRate}, ${settings.schedule}`],
    ["weight decay", settings.weightDecay],
    ["batch size", settings.batchSize],
    ["epochs", settings.epochs],
    ["seed", settings.seed],
    ["last step's loss", run.training.finalLoss ?? "–"],
  ];
  return markup`<div class="lists">${list("Network", network)}${list("Training", training)}${list("Data", dataEntries(run))}${list("Made with", Object.entries(run.versions))}</div>`;
}

type Entries = readonly (readonly [string, MarkupValue])[];

function dataEntries(run: RunRecord): Entries {
  const { data } = run;
  return [
    ["set", data.original ? "MNIST, verified by sha256" : "not the original MNIST (accepted unverified)"],
    ["training images", formatWhole(data.trainImages)],
    ["validation images", formatWhole(data.validationImages)],
    ["test images", formatWhole(run.test.images)],
    ["folder", markup`<code>${data.folder}</code>`],
    ...Object.entries(data.sha256).map(
      ([file, sha256]) =>
        [file, markup`<code title="sha256 ${sha256}">${sha256.slice(0, 12)}…</code>`] as const,
    ),
  ];
}

function list(title: string, entries: Entries): Markup {
  return markup`<section><h3>${title}</h3><dl>${entries.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}
