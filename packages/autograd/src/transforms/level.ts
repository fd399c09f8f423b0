/** The levels of `vmap`: which of its calls are under way, and in which of them a value has a batch axis. */

/** Where the random bits of a function under `vmap` come from; see `vmap`. */
export type Randomness = "error" | "different" | "same";

let levels = 0;

/**
 * One call of `vmap`: an axis that its function does not see.
 *
 * Ids grow with time, so that a list sorted by id has the outermost call first.
 */
export class Level {
  readonly id: number;
  /** How many examples. */
  readonly size: number;
  readonly randomness: Randomness;

  constructor(size: number, randomness: Randomness) {
    this.id = levels++;
    this.size = size;
    this.randomness = randomness;
  }
}

/** Who makes the levels of new calls of `vmap`. */
export interface LevelSource {
  open(size: number, randomness: Randomness): Level;
}

let source: LevelSource = { open: (size, randomness) => new Level(size, randomness) };

/** The source in force. */
export function levelSource(): LevelSource {
  return source;
}

/** Runs `body` with the levels of its calls of `vmap` made by `own`, and comes back to the earlier source. */
export function withLevelSource<R>(own: LevelSource, body: () => R): R {
  const earlier = source;
  source = own;
  try {
    return body();
  } finally {
    source = earlier;
  }
}

/** What a value without a batch axis has. */
export const noLevels: readonly Level[] = [];

let active: readonly Level[] = noLevels;

/** The calls of `vmap` that are under way, outermost first. */
export function activeLevels(): readonly Level[] {
  return active;
}

/** Runs `body` while exactly `inForce` are under way, and comes back to the earlier ones, also after an exception. */
export function withLevels<R>(inForce: readonly Level[], body: () => R): R {
  const earlier = active;
  active = inForce;
  try {
    return body();
  } finally {
    active = earlier;
  }
}

/** True if every one of `some` is among `all`. */
export function includesLevels(all: readonly Level[], some: readonly Level[]): boolean {
  return all === some || some.every((level) => all.includes(level));
}

/** All levels of both lists, sorted by id. */
export function unionLevels(a: readonly Level[], b: readonly Level[]): readonly Level[] {
  if (includesLevels(a, b)) return a;
  if (includesLevels(b, a)) return b;
  return [...a, ...b.filter((level) => !a.includes(level))].sort((p, q) => p.id - q.id);
}

/** The number of examples that the levels hold together. */
export function examplesOf(some: readonly Level[]): number {
  return some.reduce((product, level) => product * level.size, 1);
}
