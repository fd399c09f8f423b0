import { describe, expect, it } from "vitest";
import { searchHelp } from "./search-help.ts";
import { parseQuery, searchFields, searchFlags, searchMeasures } from "./search-query.ts";

describe("the help of the search", () => {
  it.each(searchHelp)("has an example that can be read: $example", ({ example }) => {
    expect(() => parseQuery(example)).not.toThrow();
  });

  it("tells of every field, measure and flag", () => {
    const text = searchHelp.map(({ example, words }) => `${example} ${words}`).join(" ");
    for (const field of searchFields) expect(text).toContain(`${field}:`);
    for (const flag of searchFlags) expect(text).toMatch(new RegExp(`\\b${flag}\\b`));
    for (const measure of searchMeasures) {
      const [, extreme] = /^(max|min|mean)\(/.exec(measure) ?? [];
      expect(text).toContain(extreme ?? measure);
    }
  });
});
