/** What a network said about a set of images. */
export interface Predictions {
  /** Probabilities `[count, classes]`, row-major; each row sums to 1. */
  readonly probabilities: Float32Array;
  /** The most probable class of each image `[count]`; of equal ones the first. */
  readonly classes: Uint8Array;
}

/** One image's prediction, as the report shows it. */
export interface Sample {
  /** The image's place in the test set. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  /** Probability given to the predicted class. */
  readonly confidence: number;
  /** Probability given to the true class. */
  readonly labelProbability: number;
}

/**
 * One rightly recognised image of each class: the one of median confidence, so that neither the easiest nor the
 * luckiest stands for all. A class without any is left out.
 */
export function typicalCorrect(labels: Uint8Array, predictions: Predictions, classes: number): Sample[] {
  const correct = samples(labels, predictions, classes).filter(({ label, predicted }) => label === predicted);
  return Array.from({ length: classes }, (_, label) => {
    const ranked = correct.filter((sample) => sample.label === label).sort(byConfidence);
    return ranked[Math.floor(ranked.length / 2)];
  }).filter((sample) => sample !== undefined);
}

/** The mistakes made with the greatest confidence, the greatest first. */
export function confidentMistakes(
  labels: Uint8Array,
  predictions: Predictions,
  classes: number,
  count: number,
): Sample[] {
  return samples(labels, predictions, classes)
    .filter(({ label, predicted }) => label !== predicted)
    .sort(byConfidence)
    .slice(0, count);
}

function samples(labels: Uint8Array, predictions: Predictions, classes: number): Sample[] {
  const { probabilities } = predictions;
  return Array.from(labels, (label, index) => {
    const predicted = predictions.classes[index] ?? 0;
    const confidence = probabilities[index * classes + predicted] ?? Number.NaN;
    const labelProbability = probabilities[index * classes + label] ?? Number.NaN;
    return { index, label, predicted, confidence, labelProbability };
  });
}

// Equal confidences keep the order of the test set.
function byConfidence(a: Sample, b: Sample): number {
  return b.confidence - a.confidence || a.index - b.index;
}
