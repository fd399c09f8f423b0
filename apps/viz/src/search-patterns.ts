/** Matching text in searches; capitals never count. Pure. */

/** What a text is asked. */
export type Matcher = (text: string) => boolean;

/**
 * Matches a pattern: `*` for any letters, `?` for any one.
 *
 * @param extent `whole`: the pattern is the whole text. `within`: one without * and ? may stand anywhere in it. `literal`:
 * anywhere, and * and ? mean themselves.
 */
export function patternMatcher(pattern: string, extent: "whole" | "within" | "literal"): Matcher {
  const wanted = pattern.toLowerCase();
  const wild = extent !== "literal" && /[*?]/.test(wanted);
  if (wild) return (text) => fitsGlob(text.toLowerCase(), wanted);
  if (extent === "whole") return (text) => text.toLowerCase() === wanted;
  return (text) => text.toLowerCase().includes(wanted);
}

/** Whether the whole text fits; linear but for the way back to the latest star, and no regular expression of a user's. */
function fitsGlob(text: string, pattern: string): boolean {
  let [i, j, star, resume] = [0, 0, -1, 0];
  while (i < text.length) {
    if (pattern[j] === "*") {
      star = j++;
      resume = i;
    } else if (pattern[j] === "?" || pattern[j] === text[i]) {
      i++;
      j++;
    } else if (star >= 0) {
      j = star + 1;
      i = ++resume;
    } else return false;
  }
  while (pattern[j] === "*") j++;
  return j === pattern.length;
}

/**
 * Matches a word as one types it: it stands in the text, or is made of beginnings of the text's words in their order, of
 * which some may be left out: `lso` finds logSoftmax, `0w` finds 0.weight.
 */
export function fuzzyMatcher(word: string): Matcher {
  const wanted = word.toLowerCase();
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = text.toLowerCase().includes(wanted) || abbreviates(wanted, wordsOf(text));
    known.set(text, found);
    return found;
  };
}

/** `logSoftmax` → log, softmax; `0.weight` → 0, weight. */
function wordsOf(text: string): string[] {
  const words = text.match(/\p{Lu}?\p{Ll}+|\p{Lu}+|\d+/gu) ?? [];
  return words.map((each) => each.toLowerCase());
}

/** Whether `wanted` is made of beginnings of `words`: all its beginnings that are reachable are grown word by word. */
function abbreviates(wanted: string, words: readonly string[]): boolean {
  const reached = new Set([0]);
  for (const word of words) {
    for (const start of [...reached]) {
      for (
        let length = 1;
        length <= word.length && wanted[start + length - 1] === word[length - 1];
        length++
      ) {
        reached.add(start + length);
      }
    }
  }
  return reached.has(wanted.length);
}
