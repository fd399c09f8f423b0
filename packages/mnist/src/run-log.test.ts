import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeRunInfo, decodeSnapshot, type RunInfo, type Snapshot } from "@adjoint/nn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareRunLog, RunLog } from "./run-log.ts";

const info: RunInfo = {
  id: "a",
  title: "a test",
  notes: {},
  parameters: [],
  plannedSteps: null,
  stepsPerEpoch: null,
  normsEvery: 1,
};
const record = { step: 1, loss: 0.5, learningRate: 0.1, accuracy: null, norms: null };
const snapshotOf = (step: number): Snapshot => ({
  step,
  parameters: new Map([["w", { shape: [1], data: Float32Array.of(step) }]]),
  gradients: null,
});

describe("RunLog", () => {
  let folder = "";
  const problems: string[] = [];
  const open = (): RunLog => new RunLog(prepareRunLog(folder), info, (problem) => problems.push(problem));
  const lines = (): string[] => readFileSync(join(folder, "journal/events.jsonl"), "utf8").split("\n");
  const snapshots = (): string[] => readdirSync(join(folder, "journal/snapshots")).sort();

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "adjoint-log-"));
    problems.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("adds a line for each event, and keeps the snapshots that were not dropped", () => {
    const log = open();
    log.snapshot(snapshotOf(1));
    log.step(record);
    log.snapshot(snapshotOf(2));
    log.drop(1);
    log.end("interrupted", "");
    expect(lines()).toEqual([
      '{"snapshot":1,"gradients":false}',
      '{"step":1,"loss":0.5,"learningRate":0.1,"accuracy":null}',
      '{"snapshot":2,"gradients":false}',
      '{"drop":1}',
      '{"end":"interrupted","message":""}',
      "",
    ]);
    expect(snapshots()).toEqual(["00000002.safetensors"]);
    const file = join(folder, "journal/snapshots/00000002.safetensors");
    expect(decodeSnapshot(readFileSync(file))).toEqual(snapshotOf(2));
    expect(decodeRunInfo(readFileSync(join(folder, "journal/info.json"), "utf8"))).toEqual(info);
    expect(problems).toEqual([]);
  });

  it("has each line in the file before it returns", () => {
    const log = open();
    log.step(record);
    expect(lines()).toHaveLength(2);
    log.step({ ...record, step: 2 });
    expect(lines()).toHaveLength(3);
    log.end("completed", "");
  });

  it("begins anew where there was a journal, and leaves what is not its own", () => {
    const foreign = join(folder, "journal/snapshots/notes.txt");
    mkdirSync(join(folder, "journal/snapshots"), { recursive: true });
    writeFileSync(foreign, "mine");
    writeFileSync(join(folder, "journal/snapshots/00000099.safetensors"), "old");
    writeFileSync(join(folder, "journal/events.jsonl"), "old\n");
    writeFileSync(join(folder, "journal/info.json"), "old");
    prepareRunLog(folder);
    expect(existsSync(join(folder, "journal/info.json"))).toBe(false);
    open().end("completed", "");
    expect(lines()).toEqual(['{"end":"completed","message":""}', ""]);
    expect(snapshots()).toEqual(["notes.txt"]);
  });

  it("tells the first problem and writes no more: no line without its snapshot", () => {
    const log = open();
    // A folder in the way.
    mkdirSync(join(folder, "journal/snapshots/00000001.safetensors.tmp"));
    log.snapshot(snapshotOf(1));
    log.step(record);
    log.snapshot(snapshotOf(2));
    log.end("completed", "");
    expect(lines()).toEqual([""]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^EISDIR: /);
  });
});
