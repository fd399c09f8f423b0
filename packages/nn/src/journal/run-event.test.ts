import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeRunEvent, encodeRunEvent, type RunEvent, type StepRecord } from "./run-event.ts";
import { decodeRunInfo, encodeRunInfo, type RunInfo } from "./run-info.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotTensor } from "./snapshot.ts";

const list = fc.array(fc.double(), { maxLength: 5 });
const records: fc.Arbitrary<StepRecord> = fc.record({
  step: fc.maxSafeNat(),
  loss: fc.double(),
  learningRate: fc.double(),
  accuracy: fc.option(fc.double()),
  norms: fc.option(fc.record({ gradient: fc.double(), gradients: list, updateRatios: list })),
});
const events: fc.Arbitrary<RunEvent> = fc.oneof(
  records.map((record): RunEvent => ({ kind: "step", record })),
  fc.record({ kind: fc.constant("snapshot"), step: fc.maxSafeNat(), hasGradients: fc.boolean() }),
  fc.record({ kind: fc.constant("drop"), step: fc.maxSafeNat() }),
  fc.record({
    kind: fc.constant("end"),
    status: fc.constantFrom("completed", "interrupted", "failed"),
    message: fc.string({ unit: "binary" }),
  }),
);

describe("encodeRunEvent", () => {
  it("keeps every number to the bit, in one line", () => {
    fc.assert(
      fc.property(events, (event) => {
        const line = encodeRunEvent(event);
        expect(line).not.toMatch(/[\n\r]/);
        expect(decodeRunEvent(line)).toEqual(event);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("writes what JSON has no number for as text", () => {
    const record = { step: 1, loss: Number.NaN, learningRate: -0, accuracy: Number.NEGATIVE_INFINITY };
    expect(encodeRunEvent({ kind: "step", record: { ...record, norms: null } })).toBe(
      '{"step":1,"loss":"NaN","learningRate":"-0","accuracy":"-Infinity"}',
    );
  });

  it.each([
    ['{"step":1,"lo', "[decodeRunEvent] the text is no JSON"],
    ["[1]", "[decodeRunEvent] the JSON is no object: [1] Give an object."],
    ['{"steps":1}', "[decodeRunEvent] the line has none of the fields step, snapshot, drop and end"],
    ['{"step":1.5}', "[decodeRunEvent] step is 1.5, not a whole number of at least 0."],
    ['{"step":1,"loss":"nan"}', '[decodeRunEvent] loss is "nan", not a number.'],
    ['{"step":1,"loss":"constructor"}', '[decodeRunEvent] loss is "constructor", not a number.'],
    ['{"end":"well"}', "[decodeRunEvent] the line has none of the fields"],
    ['{"snapshot":1}', "[decodeRunEvent] gradients is missing, not true or false."],
  ])("refuses %s", (line, message) => {
    expect(() => decodeRunEvent(line)).toThrow(message);
  });
});

describe("encodeRunInfo", () => {
  const info: RunInfo = {
    id: "a",
    title: "mnist",
    notes: { seed: "0" },
    parameters: [{ name: "0.weight", shape: [2, 3], dtype: "float32" }],
    plannedSteps: 10,
    stepsPerEpoch: null,
    normsEvery: 4,
  };

  it("is read back", () => {
    expect(decodeRunInfo(encodeRunInfo(info))).toStrictEqual(info);
  });

  it.each([
    ["version", 2, '[decodeRunInfo] the text is of format "adjoint-run", version 2.'],
    ["notes", { a: 1 }, "[decodeRunInfo] a is 1, not a text."],
    ["parameters", [{ dtype: "int4" }], `[decodeRunInfo] a parameter's dtype is "int4".`],
    ["parameters", [1], "[decodeRunInfo] parameters is [1], not a list of objects."],
  ])("refuses another %s: %j", (name, value, message) => {
    const fields: Record<string, unknown> = JSON.parse(encodeRunInfo(info));
    expect(() => decodeRunInfo(JSON.stringify({ ...fields, [name]: value }))).toThrow(message);
  });
});

describe("encodeSnapshot", () => {
  const weight = { shape: [2, 2], data: Float32Array.of(1, -0, Number.NaN, Number.POSITIVE_INFINITY) };
  const scale = { shape: [], data: Float64Array.of(1 / 3) };

  it("is read back, whatever the parameters are called, also out of a Buffer", () => {
    const snapshot = {
      step: 7,
      parameters: new Map<string, SnapshotTensor>([
        ["gradients/0.weight", weight],
        ["__proto__", scale],
      ]),
      gradients: new Map([["gradients/0.weight", weight]]),
    };
    const read = decodeSnapshot(Buffer.from(encodeSnapshot(snapshot)));
    expect(read.step).toBe(7);
    expect(read.parameters.get("gradients/0.weight")).toEqual(weight);
    expect(read.parameters.get("__proto__")).toEqual(scale);
    expect([...(read.gradients ?? [])]).toEqual([["gradients/0.weight", weight]]);
    expect(decodeSnapshot(encodeSnapshot({ ...snapshot, gradients: null })).gradients).toBeNull();
    expect(decodeSnapshot(encodeSnapshot({ ...snapshot, gradients: new Map() })).gradients).toEqual(
      new Map(),
    );
  });

  it("refuses another safetensors file", () => {
    const other = Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode("{}      "));
    expect(() => decodeSnapshot(other)).toThrow("[decodeSnapshot] the metadata's step is undefined.");
  });
});
