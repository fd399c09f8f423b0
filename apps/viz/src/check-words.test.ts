import { relu, sum, type Variable, variable } from "@adjoint/autograd";
import { checkNode, type GradientCheck, record } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { byGravity, checkSummary, kinkWords, largestError, whereTheyPart } from "./check-words.ts";

/** A check of Σ relu(x) at these numbers. */
function checkOf(numbers: readonly number[], options: { entries?: readonly number[] } = {}): GradientCheck {
  const trace = record(() =>
    (sum(relu(variable([...numbers], { dtype: "float64" }))) as Variable).backward(),
  );
  return checkNode(trace, 0, 0, options);
}

describe("checkSummary", () => {
  it.each([
    [[1, 2], {}, "all 2 entries, largest relative error 0: agrees"],
    [[1, 2, 3], { entries: [0, 2] }, "2 of 3 entries, largest relative error 0: agrees"],
    [[1, 0, 0], {}, "2 of 3 entries: kink"],
    [[1, 0, 0], { entries: [0, 1] }, "1 of 2 checked entries: kink"],
    [[0], {}, "the only entry: kink"],
    [[3], {}, "the only entry, largest relative error 0: agrees"],
  ])("of relu at %j, %j, is %j", (numbers, options, words) => {
    expect(checkSummary(checkOf(numbers, options))).toBe(words);
  });
});

describe("largestError", () => {
  it("is that of entries that agree, but for those that are next to 0", () => {
    const check = checkOf([1, 2, 3]);
    const [first, second, third] = check.entries;
    if (first === undefined || second === undefined || third === undefined) throw new Error("no entries");
    const entries = [
      { ...first, relativeError: 3e-9 },
      { ...second, relativeError: 1 },
      { ...third, relativeError: 0.5, verdict: "wrong" as const },
    ];
    expect(largestError({ ...check, entries })).toBe(3e-9);
    expect(byGravity(entries).map(({ index }) => index)).toEqual([2, 1, 0]);
  });
});

it("a kink is named with its place and both slopes", () => {
  const [, entry] = checkOf([1, 0]).entries;
  if (entry === undefined) throw new Error("no entry");
  expect(kinkWords(entry, [2])).toBe("kink at [1]: the slopes from the left and the right differ: 0, 1");
  expect(kinkWords(entry, [])).toBe("kink: the slopes from the left and the right differ: 0, 1");
});

describe("whereTheyPart", () => {
  it.each([
    [0.5, 0.5, "0.500000000000||0.500000000000|"],
    [0.123456789012, 0.123456789999, "0.123456789|012|0.123456789|999"],
    [-2, 2, "|−2.00000000000||2.00000000000"],
    [Number.NaN, 1, "|NaN||1.00000000000"],
    [0, -0, "|0||−0"],
  ])("of %d and %d is %s", (a, b, words) => {
    expect(
      whereTheyPart(a, b)
        .map(({ same, apart }) => `${same}|${apart}`)
        .join("|"),
    ).toBe(words);
  });
});
