import { mul, sum } from "@adjoint/autograd";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { crossEntropy } from "../losses/cross-entropy-loss.ts";
import { Linear } from "../modules/linear.ts";
import { ReLU } from "../modules/relu.ts";
import { Sequential } from "../modules/sequential.ts";
import { Adam } from "../optimizers/adam.ts";
import { SGD } from "../optimizers/sgd.ts";
import { Parameter } from "../parameter.ts";
import { encodeRunEvent, type StepRecord } from "./run-event.ts";
import { RunJournal, type RunJournalOptions, type RunSink } from "./run-journal.ts";
import { decodeSnapshot, encodeSnapshot, type Snapshot, type SnapshotTensor } from "./snapshot.ts";
import { snapshotSteps } from "./snapshot-steps.ts";

/** Keeps everything, and in which order it came. */
class Memory implements RunSink {
  readonly order: string[] = [];
  readonly records: StepRecord[] = [];
  readonly snapshots: Map<number, Snapshot> = new Map();
  largest = 0;

  step(record: StepRecord): void {
    this.order.push(`step ${record.step}`);
    this.records.push(record);
  }

  snapshot(snapshot: Snapshot): void {
    this.order.push(`snapshot ${snapshot.step}`);
    this.snapshots.set(snapshot.step, decodeSnapshot(encodeSnapshot(snapshot)));
    this.largest = Math.max(this.largest, this.snapshots.size);
  }

  drop(step: number): void {
    this.order.push(`drop ${step}`);
    expect(this.snapshots.delete(step)).toBe(true);
  }

  end(status: string, message: string): void {
    this.order.push(`end ${status} ${message}`.trim());
  }
}

/** A small network in training; with a journal or without. */
class Loop {
  readonly model: Sequential;
  readonly optimizer: SGD;
  readonly sink: Memory = new Memory();
  readonly journal: RunJournal | null;
  readonly losses: number[] = [];
  readonly #images: Tensor<[number, number]>;
  readonly #labels: Tensor<[number]>;

  constructor(journal: RunJournalOptions | null, dtype: "float32" | "float64" = "float32") {
    const generator = new Generator(3);
    this.model = new Sequential(
      new Linear<number, number>(5, 4, { generator, dtype }),
      new ReLU(),
      new Linear<number, number>(4, 3, { generator, dtype }),
    );
    this.optimizer = new SGD(this.model.parameters(), { learningRate: 0.1, momentum: 0.9 });
    this.#images = generator.normal([8, 5], { dtype });
    this.#labels = generator.integers(0, 3, [8]);
    this.journal = journal && new RunJournal(this.model.namedParameters(), this.sink, journal);
  }

  step(): void {
    this.optimizer.zeroGrad();
    const loss = crossEntropy(this.model.forward(this.#images), this.#labels);
    loss.backward();
    this.losses.push(loss.item());
    if (this.journal === null) this.optimizer.step();
    else this.journal.step(this.optimizer, { loss: loss.item() });
  }

  run(steps: number): this {
    for (let step = 0; step < steps; step++) this.step();
    return this;
  }
}

const norm = (x: ArrayLike<number>): number => Math.sqrt(Array.from(x).reduce((sum, v) => sum + v * v, 0));
const minus = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
  Array.from(a, (x, i) => x - (b[i] ?? Number.NaN));

/** Copies of the numbers, by name. */
const numbersByName = (tensors: readonly (readonly [string, Tensor | undefined])[]): unknown =>
  new Map(tensors.map(([name, x]) => [name, x?.toTypedArray()]));
const dataByName = (tensors: ReadonlyMap<string, SnapshotTensor>): unknown =>
  new Map([...tensors].map(([name, { data }]) => [name, data]));

describe("RunJournal", () => {
  it("leaves every number of the training as it is", () => {
    const plain = new Loop(null).run(70);
    const watched = new Loop({}).run(70);
    expect(watched.losses).toEqual(plain.losses);
    for (const [i, parameter] of plain.model.parameters().entries()) {
      const other = watched.model.parameters()[i] as Parameter;
      expect(other.value.toTypedArray()).toEqual(parameter.value.toTypedArray());
    }
  });

  it.each(["float32", "float64"] as const)("measures the norms of each step, %s", (dtype) => {
    const loop = new Loop({}, dtype);
    for (let step = 1; step <= 5; step++) {
      const before = loop.model.parameters().map(({ value }) => value.toTypedArray());
      loop.step();
      const record = loop.sink.records.at(-1) as StepRecord;
      expect(record).toMatchObject({ step, loss: loop.losses.at(-1), learningRate: 0.1, accuracy: null });
      const { norms } = record;
      const gradients = loop.model.parameters().map(({ grad }) => norm(grad?.value.toTypedArray() ?? []));
      for (const [p, parameter] of loop.model.parameters().entries()) {
        expect(norms?.gradients[p]).toBeCloseTo(gradients[p] ?? Number.NaN, 13);
        const old = before[p] ?? [];
        const ratio = norm(minus(parameter.value.toTypedArray(), old)) / norm(old);
        expect(norms?.updateRatios[p]).toBeCloseTo(ratio, 13);
      }
      expect(norms?.gradient).toBeCloseTo(norm(gradients), 13);
    }
  });

  it("keeps the parameters that a step found and the gradients that it made, to the bit", () => {
    const loop = new Loop({});
    for (let step = 1; step <= 3; step++) {
      const before = loop.model.namedParameters().map(([name, { value }]) => [name, value] as const);
      const values = numbersByName(before);
      loop.step();
      const { parameters, gradients } = loop.sink.snapshots.get(step) as Snapshot;
      expect(dataByName(parameters)).toEqual(values);
      const made = loop.model.namedParameters().map(([name, { grad }]) => [name, grad?.value] as const);
      expect(dataByName(gradients ?? new Map())).toEqual(numbersByName(made));
      expect(parameters.get("0.weight")?.shape).toEqual([4, 5]);
    }
  });

  it("tells of drops, snapshots and steps in this order, and ends with what the run leaves behind", () => {
    const { sink, journal, model } = new Loop({}).run(64);
    journal?.end("completed");
    expect(sink.order.slice(0, 4)).toEqual(["snapshot 1", "step 1", "snapshot 2", "step 2"]);
    const at = sink.order.indexOf("step 63");
    // At 64 the density halves: what is not on the coarser grid goes, and 64 is on it.
    expect(sink.order[at + 1]).toMatch(/^drop /);
    expect(sink.order.slice(-4)).toEqual(["snapshot 64", "step 64", "snapshot 65", "end completed"]);
    const last = sink.snapshots.get(65) as Snapshot;
    expect(last.gradients).toBeNull();
    const left = model.namedParameters().map(([name, { value }]) => [name, value] as const);
    expect(dataByName(last.parameters)).toEqual(numbersByName(left));
  });

  it("never has more than 64 snapshots, and those that the rule says at the end", () => {
    const { sink, journal } = new Loop({}).run(700);
    journal?.end("interrupted");
    expect(sink.largest).toBeLessThanOrEqual(64);
    expect([...sink.snapshots.keys()]).toEqual([...snapshotSteps(700), 701]);
  });

  it("measures the norms in some of the steps where it is told so", () => {
    const { sink } = new Loop({ normsEvery: 3 }).run(8);
    expect(sink.records.filter(({ norms }) => norms !== null).map(({ step }) => step)).toEqual([1, 4, 7]);
  });

  it("gives the learning rate of the step, and the accuracy that it is told", () => {
    const w = new Parameter(tensor([1, 2]) as Tensor);
    const sink = new Memory();
    const optimizer = new Adam([w], { learningRate: 0.5 });
    const journal = new RunJournal([["w", w]], sink);
    optimizer.learningRate = 0.25;
    journal.step(optimizer, { loss: 1, accuracy: 0.5 });
    expect(sink.records).toEqual([
      {
        step: 1,
        loss: 1,
        learningRate: 0.25,
        accuracy: 0.5,
        norms: { gradient: 0, gradients: [0], updateRatios: [0] },
      },
    ]);
    expect(journal.steps).toBe(1);
    expect(journal.parameters).toEqual([{ name: "w", shape: [2], dtype: "float32" }]);
  });

  it("gives Infinity for the first update of zeros, and NaN once a number is NaN", () => {
    const w = new Parameter(tensor([0, 0, 0]) as Tensor);
    const sink = new Memory();
    const optimizer = new SGD([w], { learningRate: 1 });
    const journal = new RunJournal([["w", w]], sink);
    for (const gradient of [2, Number.NaN]) {
      optimizer.zeroGrad();
      const loss = sum(mul(w, tensor([gradient, 0, 0])));
      loss.backward();
      journal.step(optimizer, { loss: loss.item() });
    }
    expect(sink.records.map(({ norms }) => norms)).toEqual([
      { gradient: 2, gradients: [2], updateRatios: [Number.POSITIVE_INFINITY] },
      { gradient: Number.NaN, gradients: [Number.NaN], updateRatios: [Number.NaN] },
    ]);
    expect(encodeRunEvent({ kind: "step", record: sink.records[1] as StepRecord })).toContain('"NaN"');
  });

  it("refuses a step after its end, and a stride that is none", () => {
    const { journal, optimizer, model, sink } = new Loop({}).run(1);
    journal?.end("completed");
    expect(() => journal?.step(optimizer, { loss: 1 })).toThrow(
      "[step] the journal has ended. Make a new RunJournal for another run.",
    );
    expect(() => journal?.end("completed")).toThrow("[end] the journal has ended.");
    expect(() => new RunJournal(model.namedParameters(), sink, { normsEvery: 0.5 })).toThrow(
      "[RunJournal] normsEvery is 0.5. Give a whole number of at least 1.",
    );
  });
});
