import { describe, expect, it } from "vitest";
import { confidentMistakes, type Predictions, typicalCorrect } from "./predictions.ts";

// Two classes, six images; the last column is P(class 1).
const ones = [0.1, 0.2, 0.4, 0.9, 0.8, 0.7];
const predictions: Predictions = {
  probabilities: Float32Array.from(ones.flatMap((p) => [1 - p, p])),
  classes: Uint8Array.from(ones, (p) => (p > 0.5 ? 1 : 0)),
};

describe("typicalCorrect", () => {
  it("takes the image of median confidence of each class", () => {
    const samples = typicalCorrect(Uint8Array.of(0, 0, 0, 1, 1, 1), predictions, 2);
    expect(samples.map(({ index }) => index)).toEqual([1, 4]);
  });

  it("leaves out a class that was never recognised", () => {
    const samples = typicalCorrect(Uint8Array.of(0, 0, 0, 0, 0, 0), predictions, 2);
    expect(samples.map(({ label }) => label)).toEqual([0]);
  });
});

describe("confidentMistakes", () => {
  it("gives the surest mistakes first, with both probabilities", () => {
    const samples = confidentMistakes(Uint8Array.of(1, 1, 0, 0, 1, 0), predictions, 2, 3);
    expect(samples.map(({ index }) => index)).toEqual([0, 3, 1]);
    expect(samples[0]).toMatchObject({ label: 1, predicted: 0 });
    expect(samples[0]?.confidence).toBeCloseTo(0.9, 6);
    expect(samples[0]?.labelProbability).toBeCloseTo(0.1, 6);
  });
});
