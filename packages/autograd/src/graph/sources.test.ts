import { describe, expect, it } from "vitest";
import { exp, mul, variable } from "../index.ts";
import { decodeTrace } from "./decode-trace.ts";
import { encodeTrace } from "./encode-trace.ts";
import { record } from "./record.ts";
import { readPlace, withSources } from "./sources.ts";
import type { Trace } from "./trace.ts";

/** A product of two files, exp of a third. */
function traceAt(...places: (string | null)[]): Trace {
  const left = [...places];
  return record(() => exp(mul(variable(2), mul(3, 4))), {
    places: () => left.shift() ?? null,
    metadata: { program: "p" },
  });
}

describe("readPlace", () => {
  it.each([
    ["file:///home/me/a.ts:12:7", { address: "file:///home/me/a.ts", line: 12, column: 7 }],
    ["C:\\me\\a.ts:1:2", { address: "C:\\me\\a.ts", line: 1, column: 2 }],
    ["programs/digits.ts:3:40", { address: "programs/digits.ts", line: 3, column: 40 }],
  ])("takes %s apart", (place, parts) => {
    expect(readPlace(place)).toEqual(parts);
  });

  it.each(["", "a.ts", "a.ts:1", "a.ts:0:1", ":1:1", "a.ts:1:1:", "a.ts:99999999999:1"])(
    "knows no form of %j",
    (place) => {
      expect(readPlace(place)).toBeNull();
    },
  );
});

describe("withSources", () => {
  it("asks once for each file that a place names, and keeps the texts through a file", () => {
    const asked: string[] = [];
    const trace = withSources(traceAt("a.ts:1:1", "b.ts:2:2", "a.ts:3:3"), (address) => {
      asked.push(address);
      return address === "a.ts" ? 'const a = "\u2028</script>";\r\n' : null;
    });
    expect(asked).toEqual(["a.ts", "b.ts"]);
    const expected = new Map([
      ["program", "p"],
      ["source:a.ts", 'const a = "\u2028</script>";\r\n'],
    ]);
    expect(trace.metadata).toEqual(expected);
    expect(decodeTrace(encodeTrace(trace)).metadata).toEqual(expected);
  });

  it("leaves out what is too long, and what comes after too much", () => {
    const length = (text: string | undefined): number | undefined => text?.length;
    const long = withSources(traceAt("a.ts:1:1"), () => "x".repeat(256 * 1024 + 1));
    expect(long.metadata.has("source:a.ts")).toBe(false);
    const places = Array.from({ length: 20 }, (_, i) => `${i}.ts:1:1`);
    const left = [...places];
    const many = record(
      () => {
        let x = variable(1);
        for (const _ of places) x = exp(x);
      },
      { places: () => left.shift() ?? null },
    );
    const kept = withSources(many, () => "x".repeat(256 * 1024)).metadata;
    expect([...kept.values()].map(length)).toEqual(Array(16).fill(256 * 1024));
  });

  it("keeps a text that is there", () => {
    const once = withSources(traceAt("a.ts:1:1"), () => "old");
    expect(withSources(once, () => "new").metadata.get("source:a.ts")).toBe("old");
  });
});
