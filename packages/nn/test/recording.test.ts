import {
  Adagrad,
  Adam,
  AdamW,
  BatchNorm1d,
  CrossEntropyLoss,
  clipGradNorm,
  clipGradValue,
  Dropout,
  Linear,
  LRScheduler,
  type Optimizer,
  oneCycleLR,
  type Parameter,
  ReLU,
  RMSprop,
  Sequential,
  SGD,
} from "@adjoint/nn";
import { Generator, type Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { Recording } from "./recording-backend.ts";

/** A net with everything a training step may need: dropout's bits, momentum, Nesterov, weight decay. */
function program() {
  const init = new Generator(1);
  const bits = new Generator(2);
  const model = new Sequential(
    new Linear(20, 16, { generator: init }),
    new ReLU(),
    new Dropout(0.3, { generator: bits }),
    new Linear(16, 5, { generator: init }),
  );
  const optimizer = new SGD(model.parameters(), {
    learningRate: 0.1,
    momentum: 0.9,
    nesterov: true,
    weightDecay: 1e-3,
  });
  const criterion = new CrossEntropyLoss();
  const step = (images: Tensor, labels: Tensor): Tensor => {
    optimizer.zeroGrad();
    const logits = model.forward(images.cast("float32").div(255) as Tensor);
    const loss = criterion.forward(logits, labels);
    loss.backward();
    optimizer.step();
    return loss.value;
  };
  return { model, optimizer, bits, step };
}

const data = new Generator(3);
const batches = Array.from({ length: 12 }, () => ({
  images: data.integers(0, 256, [8, 20]).cast("uint8") as Tensor,
  labels: data.integers(0, 5, [8]) as Tensor,
}));

describe("a training step on a backend that only records", () => {
  it("replays to the losses and weights of eager mode, to the last bit, step after step", () => {
    const eager = program();
    const recorded = program();
    const recording = new Recording();
    const images = recording.input([8, 20], "uint8");
    const labels = recording.input([8], "int32");
    const before = weights(recorded);
    const loss = recording.record(() => recorded.step(images, labels));
    expect(weights(recorded), "recording computes nothing").toEqual(before);
    expect(loss.storage.array).toBeNull();

    for (const [i, batch] of batches.entries()) {
      // A schedule changes the learning rate between steps: state of the program, never a constant of it.
      eager.optimizer.learningRate = 0.1 / (1 + i);
      recorded.optimizer.learningRate = 0.1 / (1 + i);
      const expected = eager.step(batch.images, batch.labels);
      const inputs = new Map([
        [images, batch.images],
        [labels, batch.labels],
      ]);
      const actual = recording.replay(inputs, loss);
      expect(Object.is(actual.item(), expected.item()), `loss of step ${i}`).toBe(true);
      expect(weights(recorded), `weights after step ${i}`).toEqual(weights(eager));
    }
  });

  it("goes through every kind of primitive that the step needs, and reads nothing back", () => {
    const { step } = program();
    const recording = new Recording();
    recording.record(() => step(recording.input([8, 20], "uint8"), recording.input([8], "int32")));
    const used = new Set(recording.steps.map((each) => each.primitive));
    for (const primitive of ["matmul", "binary", "reduce", "gather", "randomBits", "assign", "cast"]) {
      expect(used).toContain(primitive);
    }
    expect(used).not.toContain("read");
  });

  it("refuses to read a value that does not exist yet", () => {
    const recording = new Recording();
    const x = recording.input([2], "float32");
    expect(() => recording.record(() => x.add(1).toArray())).toThrow(
      "[read] a value is read while a program is recorded.",
    );
  });
});

/** Builds an optimizer of a net's parameters. */
type Builder = (parameters: Parameter[]) => Optimizer;
const builders: Record<string, Builder> = {
  "SGD, dampening": (all) => new SGD(all, { learningRate: 0.1, momentum: 0.9, dampening: 0.5 }),
  Adam: (all) => new Adam(all, { learningRate: 0.01, weightDecay: 0.1, amsgrad: true }),
  AdamW: (all) => new AdamW(all, { learningRate: 0.01, maximize: true }),
  "RMSprop, centered": (all) => new RMSprop(all, { centered: true, momentum: 0.9, weightDecay: 0.01 }),
  Adagrad: (all) => new Adagrad(all, { learningRate: 0.1, learningRateDecay: 0.1 }),
};

/** A net with batch normalisation, whose running statistics are state, an optimizer, and clipped gradients. */
function normalized(build: Builder, momentum: number | null) {
  const init = new Generator(1);
  const model = new Sequential(
    new Linear(20, 16, { generator: init }),
    new BatchNorm1d(16, { momentum }),
    new ReLU(),
    new Linear(16, 5, { generator: init }),
  );
  const optimizer = build(model.parameters());
  const step = (images: Tensor, labels: Tensor): Tensor => {
    optimizer.zeroGrad();
    const loss = new CrossEntropyLoss().forward(model.forward(images.cast("float32")), labels);
    loss.backward();
    clipGradValue(optimizer.parameters, 0.1);
    const norm = clipGradNorm(optimizer.parameters, 0.2);
    optimizer.step();
    return norm;
  };
  const state = (): unknown[] =>
    [...model.stateDict().values(), ...optimizer.stateDict().values()].map((x) => [...x.toTypedArray()]);
  return { optimizer, step, state };
}

describe.each(Object.entries(builders))("a recorded step with %s", (_, build) => {
  it.each([0.1, null])(
    "and BatchNorm of momentum %s replays to eager's state, to the last bit",
    (momentum) => {
      const eager = normalized(build, momentum);
      const recorded = normalized(build, momentum);
      const recording = new Recording();
      const images = recording.input([8, 20], "uint8");
      const labels = recording.input([8], "int32");
      const before = recorded.state();
      const norm = recording.record(() => recorded.step(images, labels));
      expect(recorded.state(), "recording computes nothing").toEqual(before);
      const schedulers = [eager, recorded].map(({ optimizer }) => {
        const cycleMomentum = optimizer.momentum !== null;
        return new LRScheduler(optimizer, oneCycleLR({ maxLR: 0.1, totalSteps: 8, cycleMomentum }));
      });
      for (const [i, batch] of batches.slice(0, 6).entries()) {
        const expected = eager.step(batch.images, batch.labels);
        const inputs = new Map([
          [images, batch.images],
          [labels, batch.labels],
        ]);
        expect(Object.is(recording.replay(inputs, norm).item(), expected.item()), `norm of step ${i}`).toBe(
          true,
        );
        expect(recorded.state(), `state after step ${i}`).toEqual(eager.state());
        for (const scheduler of schedulers) scheduler.step();
      }
    },
  );
});

/** All state: weights, and the position of dropout's generator. */
function weights({ model, bits }: ReturnType<typeof program>): unknown[] {
  return [...model.stateDict().values(), bits.state].map((tensor) => [...tensor.toTypedArray()]);
}
