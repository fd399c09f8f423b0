/** How many images of a set a network recognises, computed as the inspector's page computes: in float64. */
import { noGrad } from "@adjoint/autograd";
import type { DigitSet } from "@adjoint/mnist";
import type { Module } from "@adjoint/nn";
import { fromTypedArray } from "@adjoint/tensor";
import { largestAt } from "../../apps/viz/src/draw/drawn-digit.ts";

const batch = 500;
const pixels = 784;

/** How many images get their class, with pixels / 255 as input. */
export function countCorrect(model: Module, { images, labels, count }: DigitSet): number {
  let correct = 0;
  for (let start = 0; start < count; start += batch) {
    const bytes = images.subarray(start * pixels, (start + batch) * pixels);
    const rows = fromTypedArray(
      Float64Array.from(bytes, (byte) => byte / 255),
      [bytes.length / pixels, pixels],
    );
    const logits = noGrad(() => model.forward(rows)).value.toTypedArray();
    for (let i = 0; i < logits.length / 10; i++) {
      if (largestAt(logits.subarray(i * 10, i * 10 + 10)) === labels[start + i]) correct++;
    }
  }
  return correct;
}
