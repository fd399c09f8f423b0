import { describe, expect, it } from "vitest";
import { BoxIndex } from "./box-index.ts";

describe("BoxIndex", () => {
  const size = { width: 20, height: 10 };
  // A generator of one's own, seeded: 500 boxes over −1000 to 1000.
  let state = 7;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return (2000 * state) / 2147483647 - 1000;
  };
  const x = Float64Array.from({ length: 500 }, random);
  const y = Float64Array.from({ length: 500 }, random);
  const index = new BoxIndex(x, y, size);

  it("finds what looking at each box finds", () => {
    for (let trial = 0; trial < 200; trial++) {
      const [left, top] = [random(), random()];
      const reach = trial % 4 === 0 ? 2000 : 60;
      const part = { left, top, right: left + reach, bottom: top + reach / 2 };
      const expected = [...x.keys()].filter((i) => {
        const [dx, dy] = [x[i] ?? 0, y[i] ?? 0];
        return dx + 10 >= left && dx - 10 <= part.right && dy + 5 >= top && dy - 5 <= part.bottom;
      });
      expect(index.within(part)).toEqual(expected);
    }
  });

  it("finds the box under a point, the last of several, and −1 for none", () => {
    const boxes = new BoxIndex(Float64Array.of(0, 5, 100), Float64Array.of(0, 0, 100), size);
    expect(boxes.at(-8, 2)).toBe(0);
    expect(boxes.at(0, 0)).toBe(1);
    expect(boxes.at(100, 105)).toBe(2);
    expect(boxes.at(100, 106)).toBe(-1);
  });

  it("is empty for no boxes", () => {
    const none = new BoxIndex(new Float64Array(), new Float64Array(), size);
    expect(none.at(0, 0)).toBe(-1);
  });
});
