import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indicesOf, numbersOf } from "../test/arbitrary-tensors.ts";
import { arange, tensor, zeros } from "./create.ts";
import { foldWindows, windows } from "./windows.ts";

const x = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);

/** Sizes, window, stride and dilation of up to three axes; the window fits. */
const geometry = fc
  .array(
    fc.record({
      k: fc.integer({ min: 1, max: 3 }),
      s: fc.integer({ min: 1, max: 3 }),
      d: fc.nat(2),
      more: fc.nat(3),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((axes) => ({
    sizes: axes.map(({ k, d, more }) => (d + 1) * (k - 1) + 1 + more),
    size: axes.map(({ k }) => k),
    stride: axes.map(({ s }) => s),
    dilation: axes.map(({ d }) => d + 1),
  }));

describe("windows", () => {
  it("slides over the last axes", () => {
    expect(windows(x, [2], { stride: 2 }).toArray()).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
      [
        [9, 10],
        [11, 12],
      ],
    ]);
    expect(
      windows(x, [2, 2], { dilation: [1, 2] })
        .slice(1, 1)
        .toArray(),
    ).toEqual([
      [6, 8],
      [10, 12],
    ]);
  });

  it("copies nothing, and cannot be written where elements are shared", () => {
    expect(windows(x, [2, 3]).storage).toBe(x.storage);
  });

  it("reads i·stride + j·dilation", () => {
    fc.assert(
      fc.property(geometry, ({ sizes, size, stride, dilation }) => {
        const whole = arange(2 * sizes.reduce((a, b) => a * b, 1)).reshape([2, ...sizes]);
        const seen = windows(whole, size, { stride, dilation });
        const rank = sizes.length;
        const expected = indicesOf(seen.shape).map(([n = 0, ...at]) =>
          whole
            .slice(
              n,
              ...size.map(
                (_, i) => (at[i] ?? 0) * (stride[i] ?? 0) + (at[rank + i] ?? 0) * (dilation[i] ?? 0),
              ),
            )
            .item(),
        );
        expect(numbersOf(seen)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses windows that do not fit, and numbers that are none", () => {
    expect(() => windows(x, [4, 1])).toThrow(
      "[windows] a window of 4 spans 4 elements, axis 0 of [3, 4] has 3. Pad more, or take a smaller window.",
    );
    expect(() => windows(x, [3], { dilation: 2 })).toThrow(
      "[windows] a window of 3 with dilation 2 spans 5 elements, axis 1 of [3, 4] has 4. Pad more, or take a smaller window.",
    );
    expect(() => windows(x, [1, 1], { stride: [1, 0] })).toThrow(
      "[windows] stride is [1, 0]. Give a whole number of at least 1, or 2 of them, one for each axis.",
    );
    expect(() => windows(x, [1, 1, 1])).toThrow(
      "[windows] x is [3, 4]. A window of 3 axes takes at least as many.",
    );
  });
});

describe("foldWindows", () => {
  it("adds up what overlaps", () => {
    expect(foldWindows(windows(x, [2]), [4]).toArray()).toEqual([
      [1, 4, 6, 4],
      [5, 12, 14, 8],
      [9, 20, 22, 12],
    ]);
  });

  it("leaves zeros between and behind the windows", () => {
    expect(foldWindows(tensor([[1, 2]]), [5], { dilation: 3 }).toArray()).toEqual([1, 0, 0, 2, 0]);
    expect(foldWindows(tensor([[1], [2]]), [5], { stride: 2 }).toArray()).toEqual([1, 0, 2, 0, 0]);
  });

  it("is the transpose of windows: ⟨windows(x), y⟩ = ⟨x, foldWindows(y)⟩", () => {
    fc.assert(
      fc.property(geometry, ({ sizes, size, stride, dilation }) => {
        const input = arange(2 * sizes.reduce((a, b) => a * b, 1)).reshape([2, ...sizes]);
        const seen = windows(input, size, { stride, dilation });
        const other = arange(seen.size, 0, -1).reshape(seen.shape);
        const back = foldWindows(other, sizes, { stride, dilation });
        expect(back.shape).toEqual(input.shape);
        expect(back.mul(input).sum().item()).toBe(seen.mul(other).sum().item());
      }),
      { numRuns: 30 },
    );
  });

  it("takes no windows", () => {
    expect(foldWindows(zeros([0, 3, 2]), [4]).shape).toEqual([0, 4]);
  });

  it("refuses windows that do not fit", () => {
    expect(() => foldWindows(zeros([3, 2]), [3])).toThrow(
      "[foldWindows] windows of [3, 2] do not fit [3]. Give counts and sizes of windows as x's last axes, and sizes that hold them all.",
    );
  });
});
