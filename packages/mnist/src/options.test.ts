import { describe, expect, it } from "vitest";
import { closest } from "./closest.ts";
import { defaultSettings, OptionError, parseTrainSettings, type RawTrainOptions } from "./options.ts";

/** The message with which the options are refused. */
function refusal(raw: RawTrainOptions): string {
  try {
    parseTrainSettings(raw);
  } catch (error) {
    if (error instanceof OptionError) return error.message;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(raw)}`);
}

describe("parseTrainSettings", () => {
  it("fills in the preset", () => {
    expect(parseTrainSettings({})).toEqual(defaultSettings);
  });

  it("reads every option", () => {
    const raw = {
      hidden: "256, 64",
      activation: "leaky-relu",
      init: "xavier-normal",
      learningRate: "5e-2",
      schedule: "linear",
      momentum: "0.5",
      nesterov: true,
      weightDecay: "1e-4",
      batchSize: "32",
      epochs: "3",
      validationSplit: "500",
      dropout: ".25",
      seed: "4294967295",
      limit: "1000",
    };
    expect(parseTrainSettings(raw)).toEqual({
      hidden: [256, 64],
      activation: "leaky-relu",
      initialization: "xavier-normal",
      learningRate: 0.05,
      schedule: "linear",
      momentum: 0.5,
      nesterov: true,
      weightDecay: 1e-4,
      batchSize: 32,
      epochs: 3,
      validationSplit: 500,
      dropout: 0.25,
      seed: 4294967295,
      limit: 1000,
    });
  });

  it("takes none and 0 for a network without hidden layers", () => {
    expect(parseTrainSettings({ hidden: "none" }).hidden).toEqual([]);
    expect(parseTrainSettings({ hidden: "0" }).hidden).toEqual([]);
  });

  const refusals: readonly (readonly [RawTrainOptions, string])[] = [
    [
      { hidden: "128,,64" },
      '--hidden must be a list of widths from 1 to 8192 (or "none"), got "128,,64". Give --hidden 128 or --hidden 128,64, for example.',
    ],
    [
      { hidden: "128,0" },
      '--hidden must be a list of widths from 1 to 8192 (or "none"), got "128,0". Give --hidden 128 or --hidden 128,64, for example.',
    ],
    [
      { activation: "rleu" },
      '--activation must be one of relu, leaky-relu, sigmoid, tanh, got "rleu". Did you mean --activation relu?',
    ],
    [
      { activation: "swish" },
      '--activation must be one of relu, leaky-relu, sigmoid, tanh, got "swish". Give --activation relu, for example.',
    ],
    [
      { init: "kaiming-unifrom" },
      '--init must be one of default, kaiming-uniform, kaiming-normal, xavier-uniform, xavier-normal, got "kaiming-unifrom". Did you mean --init kaiming-uniform?',
    ],
    [
      { schedule: "Cosinus" },
      '--schedule must be one of cosine, linear, constant, got "Cosinus". Did you mean --schedule cosine?',
    ],
    [
      { learningRate: "0" },
      '--learning-rate must be a number greater than 0, got "0". Give --learning-rate 0.1, for example.',
    ],
    [
      { learningRate: "Infinity" },
      '--learning-rate must be a number greater than 0, got "Infinity". Give --learning-rate 0.1, for example.',
    ],
    [
      { learningRate: "1e999" },
      '--learning-rate must be a number greater than 0, got "1e999". Give --learning-rate 0.1, for example.',
    ],
    [
      { learningRate: "" },
      '--learning-rate must be a number greater than 0, got "". Give --learning-rate 0.1, for example.',
    ],
    [
      { momentum: "1" },
      '--momentum must be a number from 0 to below 1, got "1". Give --momentum 0.9, for example.',
    ],
    [
      { nesterov: true, momentum: "0" },
      '--momentum must be greater than 0 with --nesterov, got "0". Give --momentum 0.9, for example.',
    ],
    [
      { weightDecay: "-1" },
      '--weight-decay must be a number, 0 or greater, got "-1". Give --weight-decay 1e-4, for example.',
    ],
    [
      { batchSize: "0" },
      '--batch-size must be a whole number from 1 to 60000, got "0". Give --batch-size 64, for example.',
    ],
    [
      { batchSize: "6.5" },
      '--batch-size must be a whole number from 1 to 60000, got "6.5". Give --batch-size 64, for example.',
    ],
    [
      { epochs: "ten" },
      '--epochs must be a whole number from 1 to 10000, got "ten". Give --epochs 4, for example.',
    ],
    [
      { validationSplit: "1.5" },
      '--validation-split must be a share below 1 or a whole number of images, got "1.5". Give --validation-split 0.1 or --validation-split 5000, for example; 0 keeps none back.',
    ],
    [
      { dropout: "0x1" },
      '--dropout must be a number from 0 to below 1, got "0x1". Give --dropout 0.2, for example.',
    ],
    [
      { seed: "-1" },
      '--seed must be a whole number from 0 to 4294967295, got "-1". Give --seed 1, for example.',
    ],
    [
      { limit: "0" },
      '--limit must be a whole number from 1 to 60000, got "0". Give --limit 1000, for example.',
    ],
  ];
  it.each(refusals)("refuses %j", (raw, message) => {
    expect(refusal(raw)).toBe(`[options] ${message}`);
  });

  it("carries the option and the value in the error", () => {
    expect(() => parseTrainSettings({ epochs: "ten" })).toThrow(
      expect.objectContaining({ name: "OptionError", option: "--epochs", value: "ten" }),
    );
  });
});

describe("closest", () => {
  it("finds the word with a letter too many, too few, replaced or exchanged", () => {
    const words = ["relu", "sigmoid", "tanh"];
    expect(["sigmoiid", "sigmod", "sigmoit", "isgmoid"].map((word) => closest(word, words))).toEqual(
      new Array(4).fill("sigmoid"),
    );
  });

  it("finds none when all are far", () => {
    expect(closest("softmax", ["relu", "tanh"])).toBeNull();
    expect(closest("", ["relu"])).toBeNull();
  });
});
