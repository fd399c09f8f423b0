// train --live: the log that it writes, the inspector that it starts, and the training that hears of neither.
import { EventEmitter, once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { main, type Terminal } from "@adjoint/mnist";
import {
  decodeRunEvent,
  decodeRunInfo,
  decodeSafetensors,
  decodeSnapshot,
  type RunEvent,
  type StepRecord,
  snapshotSteps,
} from "@adjoint/nn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, newFolder, runCommand } from "./recorded-terminal.ts";
import { writeSyntheticDigits } from "./synthetic-digits.ts";

const data = writeSyntheticDigits(100, 20);
const tiny = ["--data", data, "--no-verify", "--hidden", "16", "--epochs", "2", "--batch-size", "16"];

interface Metrics {
  readonly epochs: readonly { readonly trainAccuracy: number }[];
  readonly training: { readonly finalLoss: number };
}

const metricsOf = (folder: string): Metrics => JSON.parse(readFileSync(join(folder, "metrics.json"), "utf8"));
const eventsOf = (folder: string): RunEvent[] =>
  readFileSync(join(folder, "journal", "events.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map(decodeRunEvent);
const recordsOf = (folder: string): StepRecord[] =>
  eventsOf(folder).flatMap((event) => (event.kind === "step" ? [event.record] : []));

// A process that bundles the page starts slowly where many tests run at a time.
const slow = 120_000;

describe("train --live", { timeout: slow }, () => {
  const [live, plain] = [newFolder(), newFolder()];
  let result: CommandResult;

  beforeAll(async () => {
    result = await runCommand([...tiny, "--out", live, "--live", "--live-norms", "3"]);
    await runCommand([...tiny, "--out", plain]);
  }, slow);

  afterAll(() => {
    for (const folder of [live, plain]) rmSync(folder, { recursive: true });
  });

  it("says where the run is shown, and how it is seen again", () => {
    expect(result).toMatchObject({ code: 0, errors: "" });
    expect(result.output).toMatch(/\nThe inspector shows the run at http:\/\/127\.0\.0\.1:\d+\/#open=run\n/);
    expect(result.output).toContain(`\nJournal        npm run viz -- ${live}\n`);
  });

  it("leaves the final loss and the model as they are, to the last bit", () => {
    expect(metricsOf(live).training.finalLoss).toBe(metricsOf(plain).training.finalLoss);
    const [a, b] = [live, plain].map((folder) => readFileSync(join(folder, "model.safetensors")));
    expect(a?.equals(b ?? new Uint8Array())).toBe(true);
    expect(existsSync(join(plain, "journal"))).toBe(false);
  });

  it("writes each step once, in order, the last with the final loss", () => {
    const records = recordsOf(live);
    expect(records.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(records.at(-1)?.loss).toBe(metricsOf(live).training.finalLoss);
    expect(records.flatMap(({ step, norms }) => (norms === null ? [] : [step]))).toEqual([1, 4, 7, 10]);
    // 90 images in batches of 16: the last of an epoch has ten.
    const correct = records
      .slice(0, 6)
      .map(({ accuracy }, i) => (accuracy ?? Number.NaN) * (i < 5 ? 16 : 10));
    const all = correct.reduce((sum, count) => sum + Math.round(count), 0);
    expect(all / 90).toBe(metricsOf(live).epochs[0]?.trainAccuracy);
    expect(eventsOf(live).at(-1)).toEqual({ kind: "end", status: "completed", message: "" });
  });

  it("describes the run", () => {
    expect(decodeRunInfo(readFileSync(join(live, "journal", "info.json"), "utf8"))).toMatchObject({
      title: "mnist train 784-16-10",
      notes: { layers: "784-16-10", learningRate: "0.1", hidden: "16", limit: "null" },
      parameters: [
        { name: "0.weight", shape: [16, 784], dtype: "float32" },
        { name: "0.bias", shape: [16], dtype: "float32" },
        { name: "2.weight", shape: [10, 16], dtype: "float32" },
        { name: "2.bias", shape: [10], dtype: "float32" },
      ],
      plannedSteps: 12,
      stepsPerEpoch: 6,
      normsEvery: 3,
    });
  });

  it("keeps the snapshots of the rule, and the model as the last", () => {
    const folder = join(live, "journal", "snapshots");
    const names = [...snapshotSteps(12), 13].map((step) => `${String(step).padStart(8, "0")}.safetensors`);
    expect(readdirSync(folder).sort()).toEqual(names);
    const { parameters, gradients } = decodeSnapshot(readFileSync(join(folder, "00000013.safetensors")));
    expect(gradients).toBeNull();
    const { tensors } = decodeSafetensors(readFileSync(join(live, "model.safetensors")));
    expect([...parameters].map(([name, { data }]) => [name, data])).toEqual(
      [...tensors].map(([name, x]) => [name, x.toTypedArray()]),
    );
  });

  it("trains on when the journal can no longer be written, and says so", async () => {
    const folder = newFolder();
    // A folder in the way of the third snapshot.
    mkdirSync(join(folder, "journal", "snapshots", "00000003.safetensors.tmp"), { recursive: true });
    const { code, output } = await runCommand([...tiny, "--out", folder, "--live"]);
    expect(code).toBe(0);
    expect(output).toMatch(/\nJournal {8}stopped before the end: EISDIR: /);
    expect(metricsOf(folder).training.finalLoss).toBe(metricsOf(plain).training.finalLoss);
    expect(recordsOf(folder).map(({ step }) => step)).toEqual([1, 2]);
    rmSync(folder, { recursive: true });
  });

  it("notes why a run failed", async () => {
    const folder = newFolder();
    const { code, errors, output } = await runCommand([
      ...[...tiny, "--out", folder, "--live"],
      ...["--learning-rate", "1e30"],
    ]);
    expect(code).toBe(1);
    const last = eventsOf(folder).at(-1);
    expect(last).toMatchObject({ kind: "end", status: "failed" });
    expect(errors).toBe(`${last?.kind === "end" ? last.message : ""}\n`);
    expect(output).toContain(`\nJournal        npm run viz -- ${folder}\n`);
    rmSync(folder, { recursive: true });
  });
});

describe("train --live in a terminal", { timeout: slow }, () => {
  it("keeps the page until Ctrl-C, and ends the inspector then", async () => {
    const folder = newFolder();
    const output = Object.assign(new PassThrough(), { isTTY: true });
    const signals = new EventEmitter();
    const quit = (code: number): never => {
      throw new Error(`quit(${code})`);
    };
    const date = (): Date => new Date(0);
    const terminal: Terminal = { output, errors: new PassThrough(), cwd: folder, signals, quit, date };
    const exit = main(["train", ...tiny, "--out", folder, "--live", "--quiet"], terminal);
    let said = "";
    const stays = /\nThe run stays at (http:\/\/127\.0\.0\.1:\d+\/)#open=run until Ctrl-C\.\n/;
    while (!stays.test(said)) said += String((await once(output, "data"))[0]);
    const address = stays.exec(said)?.[1] ?? "";
    const info = decodeRunInfo(await (await fetch(`${address}run/info`)).text());
    expect(info.title).toBe("mnist train 784-16-10");
    const page = await fetch(address);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    signals.emit("SIGINT");
    expect(await exit).toBe(0);
    await expect(fetch(`${address}run/info`)).rejects.toThrow();
    rmSync(folder, { recursive: true });
  });
});

describe("the options of --live", () => {
  it.each([
    [["--live-port", "4100"], '[options] --live-port must be given together with --live, got "4100".'],
    [["--live-exit"], '[options] --live-exit must be given together with --live, got "true".'],
    [
      ["--live", "--live-port", "x"],
      '[options] --live-port must be a whole number from 0 to 65535, got "x".',
    ],
    [["--live", "--live-norms", "0"], "[options] --live-norms must be a whole number from 1 to 1000000,"],
  ])("%j are refused", async (args, message) => {
    const { code, errors } = await runCommand([...tiny, ...args]);
    expect([code, errors.startsWith(message)]).toEqual([2, true]);
  });

  it("are in the help", async () => {
    const { output } = await runCommand(["train", "--help"]);
    for (const option of ["--live ", "--live-port <n>", "--live-norms <n>", "--live-exit"]) {
      expect(output).toContain(option);
    }
  });
});
