import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import type { EpochRecord } from "./metrics.ts";
import { type OutputStream, progressView, type StepProgress } from "./progress.ts";

const record: EpochRecord = {
  epoch: 2,
  steps: 10,
  learningRate: 0.1,
  trainLoss: 0.12345,
  trainAccuracy: 0.9654,
  validationLoss: 0.2,
  validationAccuracy: 0.95,
  seconds: 1.25,
  imagesPerSecond: 43210.9,
};
const step: StepProgress = {
  epoch: 2,
  epochs: 10,
  step: 4,
  stepsPerEpoch: 10,
  loss: 0.5,
  accuracy: 0.75,
  imagesPerSecond: 1234,
  secondsLeft: 61,
};

/** A stream that keeps what is written; with columns it passes for a terminal. */
function recorder(columns?: number): { stream: OutputStream; text: () => string } {
  const pass = new PassThrough();
  const terminal = columns === undefined ? {} : { isTTY: true, columns };
  return { stream: Object.assign(pass, terminal), text: () => String(pass.read() ?? "") };
}

describe("progressView", () => {
  it("writes a line an epoch where there is no terminal", () => {
    const { stream, text } = recorder();
    const view = progressView(stream, 10, false);
    view.step(step);
    view.epoch(record);
    view.epoch({ ...record, epoch: 3, validationLoss: null, validationAccuracy: null });
    view.stop();
    expect(text()).toBe(
      "epoch  2/10   loss 0.1235   accuracy 96.54%   validation 0.2000 95.00%   43,211 images/s   1.3 s\n" +
        "epoch  3/10   loss 0.1235   accuracy 96.54%   43,211 images/s   1.3 s\n",
    );
  });

  it("draws a bar with loss, accuracy, images a second and time left in a terminal", () => {
    const { stream, text } = recorder(120);
    const view = progressView(stream, 10, false);
    view.step(step);
    view.stop();
    expect(text()).toContain("loss 0.5000  accuracy 75.00%  1,234 images/s  1 min 1 s left");
  });

  it("replaces the bar by the epoch's line", () => {
    const { stream, text } = recorder(120);
    const view = progressView(stream, 10, false);
    view.step(step);
    text();
    view.epoch(record);
    expect(text()).toMatch(/epoch {2}2\/10 {3}loss 0\.1235 .+\n$/);
    view.stop();
    expect(text()).toBe("");
  });

  it("is silent when quiet", () => {
    const { stream, text } = recorder(120);
    const view = progressView(stream, 10, true);
    view.step(step);
    view.epoch(record);
    view.stop();
    expect(text()).toBe("");
  });
});
