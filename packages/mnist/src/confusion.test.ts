import { describe, expect, it } from "vitest";
import { classScores, confusionMatrix, matrixAccuracy } from "./confusion.ts";

describe("confusionMatrix", () => {
  const matrix = confusionMatrix([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 2], 3);

  it("has true classes in rows and predicted ones in columns", () => {
    expect(matrix).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]);
    expect(matrixAccuracy(matrix)).toBe(4 / 6);
  });

  it("gives recall by row and precision by column", () => {
    expect(classScores(matrix)).toEqual([
      { label: 0, support: 3, recall: 2 / 3, precision: 2 / 3 },
      { label: 1, support: 2, recall: 1 / 2, precision: 1 / 2 },
      { label: 2, support: 1, recall: 1, precision: 1 },
    ]);
  });

  it("gives NaN for a class without examples or predictions", () => {
    expect(classScores(confusionMatrix([0], [0], 2))[1]).toEqual({
      label: 1,
      support: 0,
      recall: Number.NaN,
      precision: Number.NaN,
    });
    expect(matrixAccuracy(confusionMatrix([], [], 2))).toBeNaN();
  });

  it("refuses lists of different lengths and classes out of range", () => {
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow(
      "[confusionMatrix] lengths differ: labels has 2, predictions has 1. Give one prediction for each label.",
    );
    expect(() => confusionMatrix([0, 1], [0, 2], 2)).toThrow(
      "[confusionMatrix] class out of range at index 1: true 1, predicted 2. Classes go from 0 to 1.",
    );
  });
});
