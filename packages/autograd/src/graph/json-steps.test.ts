import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonSteps } from "./json-steps.ts";
import { inOneGo } from "./trace-file.ts";

const encoder = new TextEncoder();

function parse(text: string, piece: number, maximalDepth = 100): unknown {
  return inOneGo(parseJsonSteps(encoder.encode(text), { piece, maximalDepth }));
}

/** What it gives, or that it throws. */
function outcome(run: () => unknown): unknown {
  try {
    return { value: run() };
  } catch (error) {
    return { failed: (error as Error).constructor.name };
  }
}

describe("parseJsonSteps", () => {
  it("gives what JSON.parse gives, in pieces of any length", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(40), fc.nat(3), (text, piece, indent) => {
        const spread = JSON.stringify(JSON.parse(text), null, indent);
        expect(parse(spread, piece)).toEqual(JSON.parse(spread));
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what JSON.parse refuses, and nothing else: a text with a character taken out, put in or doubled", () => {
    const signs = [...',:[]{}"\\ \n0ae-', "\u00a0", "\ufeff"];
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom(...signs),
        fc.nat(2),
        fc.nat(12),
        (text, where, sign, cut, piece) => {
          const at = where % (text.length + 1);
          const changed = text.slice(0, at) + (cut === 0 ? "" : sign) + text.slice(at + (cut === 1 ? 0 : 1));
          expect(outcome(() => parse(changed, piece))).toEqual(outcome(() => JSON.parse(changed)));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ...[
      "",
      " ",
      "[",
      "[1",
      "[1,",
      "]",
      "}",
      "[1,]",
      "[,1]",
      "[1,,2]",
      "[[1],]",
      "[[1][2]]",
      "[[1] 2]",
      "[[1],,[2]]",
    ],
    ...[
      "[1}",
      "{]",
      "[1] 2",
      "[1][2]",
      "[1],[2]",
      "1,2",
      '{"a":1,}',
      '{"a"}',
      '{"a":[1]"b":2}',
      "{[1]:2}",
      '{,"a":1}',
    ],
    ...[
      '{"a":[1],,"b":2}',
      '{"a"1:[1]}',
      '{"a":"b":[1]}',
      '{"a":1 [1]}',
      "{1:[1]}",
      '["a',
      '["\\',
      "[\u00a0[1]]",
    ],
  ])("refuses %j in pieces of a byte", (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(() => parse(text, 1)).toThrow(SyntaxError);
  });

  it("keeps `__proto__` an own property, and of a key that comes twice the last", () => {
    const text = '{"__proto__":{"a":[1,2]},"b":[1],"b":[2],"__proto__":[3]}';
    for (const piece of [1, 8, 1000]) {
      const value = parse(text, piece) as object;
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(Object.entries(value)).toEqual(Object.entries(JSON.parse(text)));
    }
  });

  it("refuses bytes that are no UTF-8, and nesting that is too deep", () => {
    const bytes = Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d);
    expect(() => inOneGo(parseJsonSteps(bytes, { maximalDepth: 9, piece: 1 }))).toThrow(TypeError);
    expect(parse("[[[1]]]", 1, 3)).toEqual([[[1]]]);
    expect(() => parse("[[[[1]]]]", 1, 3)).toThrow("nested deeper than 3");
    expect(() => parse('["[[[["]', 1, 3)).not.toThrow();
  });

  it("takes a step for each quarter of a mebibyte, of blanks too", () => {
    const bytes = encoder.encode(`[${" ".repeat(2 ** 20)}1]`);
    expect([...parseJsonSteps(bytes, { maximalDepth: 9 })].length).toBe(5);
  });
});
