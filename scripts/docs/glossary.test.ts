/** docs/glossary.md has each term once and in order, and the terms that names in the code are made of. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const page = readFileSync(new URL("../../docs/glossary.md", import.meta.url), "utf8");
const sections = page
  .split("\n## ")
  .slice(1)
  .map((section) => Array.from(section.matchAll(/^- \*\*(.+?)\*\*: /gm), ([, term = ""]) => term));

describe("docs/glossary.md", () => {
  it("has its terms in alphabetical order, section by section", () => {
    const { compare } = new Intl.Collator("en", { numeric: true });
    for (const terms of sections) expect(terms).toEqual([...terms].sort(compare));
  });

  it("has no term twice", () => {
    const terms = sections.flat();
    expect(terms.length).toBeGreaterThan(80);
    expect(terms.filter((term, i) => terms.indexOf(term) !== i)).toEqual([]);
  });

  it("has every word that names are made of", () => {
    const words =
      "shape axis stride broadcast primal cotangent vjp jvp saved logits weight learningRate momentum beta1 beta2 epsilon";
    expect(words.split(" ").filter((word) => !sections.flat().includes(word))).toEqual([]);
  });
});
