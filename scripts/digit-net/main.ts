/**
 * Trains the network of the page's Draw tab and writes apps/viz/public/digit-net.json: npx tsx scripts/digit-net/main.ts
 *
 * 784-32-10 is trained on the 60,000 images of MNIST by @adjoint/mnist itself. Each row of a weight is then rounded to
 * bytes with a scale of its own, and what the file says of test images is counted with the rounded numbers, in float64, as
 * the page computes. The same commit writes the same file.
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defaultSettings, loadDataset, type TrainSettings, train } from "@adjoint/mnist";
import type { Tensor } from "@adjoint/tensor";
import { type DigitNetFile, netOfFile, type RoundedMatrix } from "../../apps/viz/src/draw/digit-net.ts";
import { digitModel } from "../../apps/viz/src/engine/digit-model.ts";
import { digitLabels, digitPixels } from "../../apps/viz/src/programs/digit-images.ts";
import { countCorrect } from "./count-correct.ts";

const hidden = 32;
const settings: TrainSettings = {
  ...defaultSettings,
  hidden: [hidden],
  epochs: 15,
  weightDecay: 1e-4,
  validationSplit: 0,
};

/** A matrix as bytes, and what a byte of each row is worth: the row's largest magnitude is 127. */
function rounded(matrix: Tensor): RoundedMatrix {
  const [rows = 0, columns = 0] = matrix.shape;
  const numbers = Float64Array.from(matrix.toTypedArray());
  const bytes = new Int8Array(numbers.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = numbers.subarray(row * columns, (row + 1) * columns);
    scales[row] = own.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127;
    for (let i = 0; i < columns; i++) {
      bytes[row * columns + i] = Math.max(
        -127,
        Math.min(127, Math.round((own[i] ?? 0) / (scales[row] ?? 1))),
      );
    }
  }
  return { bytes: base64(bytes), scales: base64(scales) };
}

function base64({ buffer }: Int8Array | Float32Array): string {
  return Buffer.from(buffer).toString("base64");
}

const data = await loadDataset();
const { network } = await train(data.train, settings, {
  onEpoch: ({ epoch, trainLoss }) => console.log(`epoch ${epoch}: loss ${trainLoss.toFixed(4)}`),
});
const state = network.stateDict();
const parameter = (name: string): Tensor => {
  const found = state.get(name);
  if (found === undefined) throw new Error(`[digit-net] the trained network has no ${name}.`);
  return found;
};
const bias = (name: string): string => base64(Float32Array.from(parameter(name).toTypedArray()));
const draft: DigitNetFile = {
  hidden,
  correct: 0,
  correctBefore: countCorrect(network, data.test),
  training: `${settings.epochs} epochs of SGD with momentum on the 60,000 training images`,
  "0.weight": rounded(parameter("0.weight")),
  "0.bias": bias("0.bias"),
  "2.weight": rounded(parameter("2.weight")),
  "2.bias": bias("2.bias"),
  samples: digitPixels.map((ink, i) => ({ label: digitLabels[i] ?? 0, ink })),
};
const file: DigitNetFile = { ...draft, correct: countCorrect(digitModel(netOfFile(draft)), data.test) };
const text = `${JSON.stringify(file, null, 2)}\n`;
await writeFile(fileURLToPath(new URL("../../apps/viz/public/digit-net.json", import.meta.url)), text);
console.log(
  `${file.correct} of ${data.test.count} test images with int8 weights, ${file.correctBefore} before; ${text.length} bytes`,
);
