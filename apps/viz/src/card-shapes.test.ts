import { describe, expect, it } from "vitest";
import { cardLabel, cardShapes, farShapes, shortened } from "./card-shapes.ts";
import { cardSize } from "./graph-layout.ts";
import { badgeLooks } from "./mark-badges.ts";
import type { Mark, MarkKind } from "./marks.ts";
import type { Card } from "./scene.ts";
import type { CardState } from "./scene-state.ts";
import type { Shape, TextShape } from "./shapes.ts";

const value = {
  dtype: "float64",
  shape: [3],
  data: Float64Array.of(3, 0, -4),
  statistics: { min: -4, max: 3, mean: -1 / 3, norm: 5, zeros: 1, nan: 0, infinite: 0 },
} as const;
const card: Card = { key: "n1", x: 0, y: 0, kind: "op", title: "relu", detail: "[3]", tracked: true, value };
const plain: CardState = {
  gradient: null,
  stage: "none",
  current: false,
  target: false,
  selected: false,
  marks: [],
};
const texts = (shapes: readonly Shape[]): string[] =>
  shapes.filter((each): each is TextShape => each.shape === "text").map(({ text }) => text);

describe("the shapes of a card", () => {
  it("have title, shape, norm and what is known of the gradient", () => {
    const { head, value: row, gradient } = cardShapes(card, plain);
    expect(texts(head)).toEqual(["relu", "[3]"]);
    expect(texts(row)).toEqual(["5"]);
    expect(texts(gradient)).toEqual(["gradient: not yet"]);
    const arrived = cardShapes(card, { ...plain, gradient: value, stage: "partial" });
    expect(texts(arrived.gradient)).toEqual(["Σ", "5"]);
    expect(texts(cardShapes(card, { ...plain, gradient: value, stage: "complete" }).gradient)).toEqual([
      "∂",
      "5",
    ]);
  });

  it("colour each entry by itself: largest, zero, negative", () => {
    const strips = cardShapes(card, { ...plain, gradient: value, stage: "complete" });
    const colours = [strips.value, strips.gradient].map((row) =>
      row.flatMap((each) => (each.shape === "cells" ? each.colours : [])),
    );
    expect(colours).toEqual([
      ["v5", "v0", "v5"],
      ["g5", "g0", "g-5"],
    ]);
  });

  it("stay inside the card but for pills, however long the words are", () => {
    const long = { ...card, title: "a very long name of a parameter", detail: "[128 × 3 × 32 × 32]" };
    for (const each of texts(cardShapes(long, plain).head)) expect(each.length).toBeLessThan(20);
    expect(texts(cardShapes(long, plain).head)[0]).toMatch(/…$/);
    expect(shortened("four", 4)).toBe("four");
    expect(shortened("fives", 4)).toBe("fiv…");
  });

  it("have one pill for each mark that there is room for, the gravest first", () => {
    const marks: Mark[] = (Object.keys(badgeLooks) as MarkKind[])
      .toReversed()
      .map((kind) => ({ kind, label: kind }));
    const { badges } = cardShapes(card, { ...plain, marks });
    expect(texts(badges)).toEqual(["culprit", "+6"]);
    for (const each of badges) {
      if (each.shape === "rect") expect(each.x + each.width).toBeLessThanOrEqual(cardSize.width / 2 + 6);
    }
    const far = farShapes(card, { ...plain, marks });
    expect(far.flatMap((each) => (each.shape === "icon" ? [each.d] : []))).toEqual([badgeLooks.culprit.icon]);
  });

  it("are said as they are seen, and what is left out after that", () => {
    expect(cardLabel(card, plain)).toBe("relu [3] 5 gradient: not yet");
    const marks: Mark[] = [
      { kind: "culprit", label: "a long word of it" },
      { kind: "found", label: "match" },
    ];
    const arrived: CardState = { ...plain, gradient: value, stage: "partial", marks };
    expect(cardLabel(card, arrived)).toBe("relu [3] 5 Σ 5 a long word of it +1, match, gradient so far");
    const long = { ...card, title: "decoder.layers.0.weight", kind: "module" } as const;
    expect(cardLabel(long, plain)).toMatch(
      /^decoder.*… \[3\] 5 gradient: not yet, decoder\.layers\.0\.weight, folded$/,
    );
  });

  it("show selection, culprit and the latest step by the border, in this order", () => {
    const border = (state: Partial<CardState>): string | null | undefined =>
      cardShapes(card, { ...plain, ...state }).face.flatMap((each) =>
        each.shape === "rect" && each.name === "face" ? [each.stroke] : [],
      )[0];
    const marks: Mark[] = [{ kind: "culprit", label: "first NaN" }];
    expect(border({ selected: true, marks, current: true })).toBe("accent");
    expect(border({ marks, current: true })).toBe("bad");
    expect(border({ current: true })).toBe("flow");
    expect(border({})).toBe("line");
  });
});
