import { readFile } from "node:fs/promises";
import { loadDataset } from "@adjoint/mnist";
import { expect, it } from "vitest";
import { type DigitNetFile, netOfFile } from "../../apps/viz/src/draw/digit-net.ts";
import { digitModel } from "../../apps/viz/src/engine/digit-model.ts";
import { countCorrect } from "./count-correct.ts";

it("the network of the Draw tab recognises as many test images as its file says", async () => {
  const text = await readFile(new URL("../../apps/viz/public/digit-net.json", import.meta.url), "utf8");
  const file: DigitNetFile = JSON.parse(text);
  const { test } = await loadDataset();
  expect(test.count).toBe(10_000);
  expect(countCorrect(digitModel(netOfFile(file)), test)).toBe(file.correct);
});
