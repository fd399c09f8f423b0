/**
 * The candidate nearest to a mistyped word, for "did you mean": the one with the smallest edit distance
 * (insertion, deletion, replacement, exchange of neighbours), or null when all are further than a third of the word's length, rounded up.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const limit = Math.ceil(word.length / 3);
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate ?? null;
}

// Optimal string alignment distance; rows of the usual table, the last three kept.
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const shifted = Math.min(previous[column] ?? 0, current[column - 1] ?? 0) + 1;
      const crossed = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const exchanged = crossed ? (beforePrevious[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, shifted, exchanged));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
