import fc from "fast-check";
import { expect, it } from "vitest";
import { pixelCount } from "./drawing.ts";
import { readDrawing, writeDrawing } from "./drawing-text.ts";

const byte = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 255 }));
const drawing = fc.record({
  ink: fc
    .uint8Array({ minLength: pixelCount, maxLength: pixelCount })
    .chain((ink) =>
      fc
        .array(byte, { minLength: pixelCount, maxLength: pixelCount })
        .map((bytes) => Uint8Array.from(ink, (_, i) => bytes[i] ?? 0)),
    ),
  normalized: fc.boolean(),
  asked: fc.option(fc.integer({ min: 0, max: 9 })),
});

it("a drawing is read back from its text", () => {
  fc.assert(
    fc.property(drawing, (each) => {
      expect(readDrawing(writeDrawing(each))).toEqual(each);
    }),
    { seed: 0, numRuns: 50 },
  );
});

it("paper alone is short", () => {
  const text = writeDrawing({ ink: new Uint8Array(pixelCount), normalized: true, asked: null });
  expect(text).toBe("mp.AP8A_wD_ABM");
});

it.each([
  "",
  "mp",
  "xp.AP8A_wD_ABM",
  "m12.AP8A_wD_ABM",
  "mp.AP8A_wD_ABQ",
  "mp.AP8A_wD_ABMB",
  "mp.AA",
  "mp.A",
  "mp.AP8*",
])("%s is no drawing", (text) => {
  expect(readDrawing(text)).toBeNull();
});
