import { describe, expect, it } from "vitest";
import { syntheticDigits } from "../test/synthetic-digits.ts";
import { evaluate } from "./evaluate.ts";
import type { EpochRecord } from "./metrics.ts";
import { defaultSettings, type TrainSettings } from "./options.ts";
import type { StepProgress } from "./progress.ts";
import { DivergenceError, train } from "./train.ts";

const digits = syntheticDigits(300, 1);
const settings: TrainSettings = {
  ...defaultSettings,
  hidden: [16],
  epochs: 3,
  batchSize: 32,
  validationSplit: 50,
};

describe("train", () => {
  it("learns, and says what it did", async () => {
    const steps: StepProgress[] = [];
    const epochs: EpochRecord[] = [];
    const result = await train(digits, settings, {
      onStep: (step) => steps.push(step),
      onEpoch: (epoch) => epochs.push(epoch),
    });
    expect(result).toMatchObject({ status: "completed", trainImages: 250, validationImages: 50 });
    expect(result.architecture.layers).toEqual([784, 16, 10]);
    expect(result.stepLosses).toHaveLength(3 * 8);
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3].flatMap(() => [1, 2, 3, 4, 5, 6, 7, 8]));
    expect(steps.at(-1)).toMatchObject({ epoch: 3, epochs: 3, stepsPerEpoch: 8, secondsLeft: 0 });
    expect(epochs).toEqual(result.epochs);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(epochs[2]?.trainLoss).toBeLessThan((epochs[0]?.trainLoss ?? 0) / 2);
    expect(evaluate(result.network, syntheticDigits(200, 2)).accuracy).toBeGreaterThan(0.95);
  });

  it("gives the same numbers for the same seed, to the last bit, and others for another", async () => {
    const all: TrainSettings = { ...settings, dropout: 0.2, initialization: "kaiming-normal" };
    const [first, second, other] = [
      await train(digits, all),
      await train(digits, all, { now: () => 0 }),
      await train(digits, { ...all, seed: 1 }),
    ];
    expect(second.stepLosses).toEqual(first.stepLosses);
    const weights = (result: typeof first): unknown[] =>
      result.network.parameters().map(({ value }) => value.toTypedArray());
    expect(weights(second)).toEqual(weights(first));
    expect(other.stepLosses).not.toEqual(first.stepLosses);
  });

  it("records the mean over the epoch's images, the smaller last batch included", async () => {
    const sizes = [...new Array<number>(7).fill(32), 26];
    const { stepLosses, epochs } = await train(digits, { ...settings, epochs: 1 });
    const mean = stepLosses.reduce((sum, loss, step) => sum + loss * (sizes[step] ?? 0), 0) / 250;
    expect(epochs[0]?.trainLoss).toBeCloseTo(mean, 12);
  });

  it.each([
    { hidden: [] },
    { hidden: [12, 8], activation: "tanh", initialization: "xavier-uniform" },
    { activation: "sigmoid", initialization: "xavier-normal", schedule: "constant" },
    { activation: "leaky-relu", initialization: "kaiming-uniform", nesterov: true, weightDecay: 1e-3 },
    { dropout: 0.5, schedule: "linear", momentum: 0 },
  ] as const)("lowers the loss with %j", async (change) => {
    const { stepLosses } = await train(digits, { ...settings, epochs: 6, ...change });
    expect(stepLosses.at(-1)).toBeLessThan((stepLosses[0] ?? 0) * 0.9);
  });

  it("stops after the step in which it is told to, and drops the epoch that was begun", async () => {
    const controller = new AbortController();
    const result = await train(digits, settings, {
      signal: controller.signal,
      onStep: ({ epoch, step }) => {
        if (epoch === 2 && step === 3) controller.abort();
      },
    });
    expect(result.status).toBe("interrupted");
    expect(result.epochs).toHaveLength(1);
    expect(result.stepLosses).toHaveLength(8 + 3);
  });

  it("counts as completed when it is told to stop in its last step", async () => {
    const controller = new AbortController();
    const result = await train(digits, settings, {
      signal: controller.signal,
      onStep: ({ epoch, step }) => {
        if (epoch === 3 && step === 8) controller.abort();
      },
    });
    expect(result.status).toBe("completed");
  });

  it("makes no step when it is told to stop before", async () => {
    const result = await train(digits, settings, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ status: "interrupted", epochs: [], stepLosses: [], imagesPerSecond: 0 });
  });

  it("trains without validation", async () => {
    const { epochs } = await train(digits, { ...settings, epochs: 1, validationSplit: 0 });
    expect(epochs[0]).toMatchObject({ validationLoss: null, validationAccuracy: null });
  });

  it("says when the loss is no longer a number", async () => {
    const wild = train(digits, { ...settings, learningRate: 1e30, schedule: "constant" });
    await expect(wild).rejects.toThrow(DivergenceError);
    await expect(wild).rejects.toThrow(
      /^\[train\] the loss became (NaN|Infinity) in step \d of epoch 1, with --learning-rate 1e\+30\. Give a smaller one, --learning-rate 1e\+29 for example\.$/,
    );
  });
});
