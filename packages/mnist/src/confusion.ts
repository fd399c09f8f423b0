/** A square table of counts: row = true class, column = predicted class. */
export type ConfusionMatrix = readonly (readonly number[])[];

/**
 * Counts how often each true class was predicted as each class.
 *
 * @param labels true classes `[n]`, 0 to classes − 1
 * @param predictions predicted classes `[n]`
 * @throws RangeError when the lengths differ
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  if (labels.length !== predictions.length) {
    throw new RangeError(
      `[confusionMatrix] lengths differ: labels has ${labels.length}, predictions has ${predictions.length}. ` +
        "Give one prediction for each label.",
    );
  }
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let index = 0; index < labels.length; index++) {
    const row = matrix[labels[index] ?? -1];
    const column = predictions[index] ?? -1;
    if (row === undefined || row[column] === undefined) {
      throw new RangeError(
        `[confusionMatrix] class out of range at index ${index}: true ${labels[index]}, predicted ` +
          `${predictions[index]}. Classes go from 0 to ${classes - 1}.`,
      );
    }
    row[column] = (row[column] ?? 0) + 1;
  }
  return matrix;
}

/** How one class fared. */
export interface ClassScore {
  readonly label: number;
  /** Examples of this class. */
  readonly support: number;
  /** Share of the class's examples that were recognised; NaN without examples. */
  readonly recall: number;
  /** Share of the predictions of this class that were right; NaN without predictions. */
  readonly precision: number;
}

/** Recall and precision of each class: diagonal over row sum, diagonal over column sum. */
export function classScores(matrix: ConfusionMatrix): ClassScore[] {
  return matrix.map((row, label) => {
    const right = row[label] ?? 0;
    const support = sum(row);
    const predicted = sum(matrix.map((other) => other[label] ?? 0));
    return { label, support, recall: right / support, precision: right / predicted };
  });
}

/** Share of all examples on the diagonal, 0 to 1; NaN for an empty matrix. */
export function matrixAccuracy(matrix: ConfusionMatrix): number {
  const right = sum(matrix.map((row, label) => row[label] ?? 0));
  return right / sum(matrix.map(sum));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
