import { describe, expect, it } from "vitest";
import { fuzzyFit, fuzzyRank } from "./fuzzy.ts";

const ranked = (pattern: string, texts: readonly string[]): string[] =>
  fuzzyRank(pattern, texts, (text) => text, 10).map(({ item }) => item);

/** Every way to put the letters of `pattern` into `text`, by brute force. */
function alignments(pattern: string, text: string, from: number = 0): number[][] {
  const [letter = "", ...rest] = pattern;
  if (letter === "") return [[]];
  const all: number[][] = [];
  for (let at = from; at < text.length; at++) {
    if (text[at]?.toLowerCase() !== letter.toLowerCase()) continue;
    for (const more of alignments(rest.join(""), text, at + 1)) all.push([at, ...more]);
  }
  return all;
}

describe("how well a text fits a few letters", () => {
  it("is null where the letters do not stand in it in their order", () => {
    expect(fuzzyFit("lu", "ul")).toBeNull();
    expect(fuzzyFit("relu matmul", "relu")).toBeNull();
    expect(fuzzyFit("", "anything")).toEqual({ score: 0, at: [] });
  });

  it("tells where the letters stand: together and at the beginnings of words rather than scattered", () => {
    expect(fuzzyFit("fo", "A leaf or fold")?.at).toEqual([10, 11]);
    expect(fuzzyFit("gra", "a g r graph")?.at).toEqual([6, 7, 8]);
    expect(fuzzyFit("lsm", "logSoftmax")?.at).toEqual([0, 3, 7]);
  });

  it("looks for words in any order, and takes other cases for the same", () => {
    expect(fuzzyFit("MODULES fold", "Fold all modules")?.at).toEqual([0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("puts whole words before beginnings, beginnings before the inside, the inside before scattered letters", () => {
    const texts = ["s a v e d", "unsaved trace", "saved for later", "save trace"];
    expect(ranked("save", texts)).toEqual(["save trace", "saved for later", "unsaved trace", "s a v e d"]);
    expect(ranked("add", ["a dark drawing", "0.bias add", "add"])).toEqual([
      "add",
      "0.bias add",
      "a dark drawing",
    ]);
  });

  it("keeps the order of equals, and no more than are asked for", () => {
    const items = ["relu", "relu", "relu"].map((name, id) => ({ name, id }));
    expect(fuzzyRank("re", items, ({ name }) => name, 2).map(({ item }) => item.id)).toEqual([0, 1]);
  });

  it("finds an alignment of the letters wherever there is one", () => {
    const texts = ["aab ab", "abab", "ba ab", "bbb", "Aa.bB", "b-a-b"];
    for (const text of texts) {
      for (const pattern of ["a", "ab", "aab", "bb", "abb", "bab"]) {
        const all = alignments(pattern, text).map(String);
        const fit = fuzzyFit(pattern, text);
        if (all.length === 0) expect(fit, `${pattern} in ${text}`).toBeNull();
        else expect(all, `${pattern} in ${text}`).toContain(String(fit?.at));
      }
    }
  });

  it("is not misled by letters whose lower case is longer", () => {
    expect(fuzzyFit("i", "İİ")).toBeNull();
  });
});
