import { Generator } from "@adjoint/tensor";

/** The independent random streams of a run; each is drawn from the seed, so that one setting cannot shift another's. */
export interface RandomStreams {
  /** Which images are kept back for validation. */
  readonly split: Generator;
  /** The weights' first values. */
  readonly weights: Generator;
  /** The order of the training images in each epoch. */
  readonly order: Generator;
  /** Which units are dropped. */
  readonly dropout: Generator;
}

/** The four streams of a seed, always forked in the same order. */
export function randomStreams(seed: number): RandomStreams {
  const root = new Generator(seed);
  return { split: root.fork(), weights: root.fork(), order: root.fork(), dropout: root.fork() };
}
