/**
 * Ranks texts by how well they fit a few letters of them. The letters have to stand in the text in their order; letters
 * that stand together, at the beginning of a word or of the whole count more, gaps and what is left over less. Pure.
 *
 * The best alignment is found as for local alignments of sequences (Smith and Waterman 1981), with a bonus for runs in
 * place of a gap's costs: O(letters × text) a text.
 */

/** How a text fits. */
export interface Fit {
  /** Larger is better; only to be compared with others of the same letters. */
  readonly score: number;
  /** Where in the text the letters stand, ascending. */
  readonly at: readonly number[];
}

const bonus = { letter: 16, run: 18, word: 10, hump: 7, start: 6, wholeWord: 6 } as const;
/** For each character of the text before the first letter, up to ten, and for each in all, up to 60. */
const cost = { before: 0.6, rest: 0.1 } as const;
const longestText = 200;

/**
 * How `text` fits `pattern`; null where it does not. Words of the pattern, parted by spaces, are looked for in any order.
 * Case counts only where it is the same. An empty pattern fits everything with a score of 0.
 */
export function fuzzyFit(pattern: string, text: string): Fit | null {
  const words = pattern
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "");
  const within = text.slice(0, longestText);
  let score = 0;
  const at = new Set<number>();
  for (const word of words) {
    const fit = wordFit(word, within);
    if (fit === null) return null;
    score += fit.score;
    for (const each of fit.at) at.add(each);
  }
  if (words.length > 0) score -= cost.rest * Math.min(60, text.length);
  return { score, at: [...at].sort((a, b) => a - b) };
}

function wordFit(word: string, text: string): Fit | null {
  const [wanted, given] = [word.toLowerCase(), text.toLowerCase()];
  // Lower case may be longer, as of İ: then positions would not be those of the text.
  if (given.length !== text.length || !isSubsequence(wanted, given)) return null;
  const [rows, columns] = [wanted.length, given.length];
  // best[i, j]: the best score of the first i + 1 letters with the last of them at j; from: where the one before stands.
  const best = new Float64Array(rows * columns).fill(Number.NEGATIVE_INFINITY);
  const from = new Int32Array(rows * columns).fill(-1);
  for (let i = 0; i < rows; i++) {
    let before = Number.NEGATIVE_INFINITY;
    let beforeAt = -1;
    for (let j = i; j < columns; j++) {
      const above = (i - 1) * columns + j - 1;
      if (i > 0 && j > 0 && (best[above] ?? 0) > before) [before, beforeAt] = [best[above] ?? 0, j - 1];
      if (given[j] !== wanted[i]) continue;
      const own = letterScore(text, j, word[i] ?? "");
      const cell = i * columns + j;
      if (i === 0) {
        best[cell] = own - cost.before * Math.min(10, j);
        continue;
      }
      const run = j > 0 ? (best[above] ?? Number.NEGATIVE_INFINITY) + bonus.run : Number.NEGATIVE_INFINITY;
      best[cell] = own + Math.max(run, before);
      from[cell] = run >= before ? j - 1 : beforeAt;
    }
  }
  return traced(best, from, rows, columns, given);
}

function traced(best: Float64Array, from: Int32Array, rows: number, columns: number, text: string): Fit {
  let end = 0;
  const last = (rows - 1) * columns;
  for (let j = 1; j < columns; j++) if ((best[last + j] ?? 0) > (best[last + end] ?? 0)) end = j;
  const at: number[] = [];
  for (let i = rows - 1, j = end; i >= 0 && j >= 0; i--) {
    at.unshift(j);
    j = from[i * columns + j] ?? -1;
  }
  const first = at[0] ?? 0;
  const whole = end - first === rows - 1 && isWordStart(text, first) && isWordEnd(text, end);
  return { score: (best[last + end] ?? 0) + (whole ? bonus.wholeWord : 0), at };
}

function isSubsequence(wanted: string, given: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    at = given.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function letterScore(text: string, at: number, wanted: string): number {
  const letter = text[at] ?? "";
  let score: number = bonus.letter + (letter === wanted ? 1 : 0);
  if (at === 0) score += bonus.start;
  if (isWordStart(text, at)) score += bonus.word;
  else if (/\p{Lu}/u.test(letter) && !/\p{Lu}/u.test(text[at - 1] ?? "")) score += bonus.hump;
  return score;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
}

function isWordEnd(text: string, at: number): boolean {
  return at === text.length - 1 || !/[\p{L}\p{N}]/u.test(text[at + 1] ?? "");
}

/** An item with its fit. */
export interface Ranked<T> extends Fit {
  readonly item: T;
}

/**
 * The items whose text fits, best first; of equal ones the earlier first.
 *
 * @param limit at most so many.
 */
export function fuzzyRank<T>(
  pattern: string,
  items: readonly T[],
  textOf: (item: T) => string,
  limit: number,
): Ranked<T>[] {
  const ranked: Ranked<T>[] = [];
  for (const item of items) {
    const fit = fuzzyFit(pattern, textOf(item));
    if (fit !== null) ranked.push({ item, ...fit });
  }
  return ranked.sort((a, b) => b.score - a.score).slice(0, limit);
}
