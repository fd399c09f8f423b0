/** The seeds' network, 784-h-10, on eight digits of MNIST. */
import { crossEntropy, Linear, ReLU, Sequential } from "@adjoint/nn";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import { digitLabels, digitPixels } from "./digit-images.ts";
import { type Program, shareRight } from "./program.ts";

const pixelsPerImage = 784;

/**
 * The mean cross-entropy of 784-`hidden`-10 with ReLU, float64, on a batch of eight digits with pixels from 0 to 1.
 * With 32 hidden units and seed 0 this is the fixture F of the tests.
 */
export function digitsProgram(hidden: number, seed: number): Program {
  const generator = new Generator(seed);
  const options = { dtype: "float64", generator } as const;
  const model = new Sequential(
    new Linear<number, number>(pixelsPerImage, hidden, options),
    new ReLU(),
    new Linear<number, number>(hidden, 10, options),
  );
  const images = tensor(readPixels(), { shape: [digitPixels.length, pixelsPerImage] });
  const labels = tensor(Int32Array.from(digitLabels));
  let logits: Tensor | null = null;
  return {
    names: [...model.namedParameters(), ["images", images], ["labels", labels]],
    model,
    learningRate: 0.1,
    loss() {
      const outputs = model.forward(images);
      logits = outputs.value;
      return crossEntropy(outputs, labels);
    },
    accuracy: () => shareRight(logits?.argmax(1).toTypedArray() ?? [], digitLabels),
  };
}

function readPixels(): Float64Array {
  const pixels = new Float64Array(digitPixels.length * pixelsPerImage);
  for (const [row, text] of digitPixels.entries()) {
    const bytes = atob(text);
    for (let i = 0; i < pixelsPerImage; i++) pixels[row * pixelsPerImage + i] = bytes.charCodeAt(i) / 255;
  }
  return pixels;
}
