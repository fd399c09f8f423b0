// Times a live run: training 784-128-10 on MNIST, batch 64, without a journal, with the one that `train --live` keeps (norms in
// each eighth step), and with norms in each step. The three alternate in one run and change their order from round to round; the
// server's process and a reader follow the second, as they do in life. The clock is the processors' time of this process,
// which a busy machine disturbs less. Printed: ms a step and the ratio to the plain run of the same round, medians with quartiles;
// whether the final losses are the same number; and how long after its step (on the wall clock) an event is with the reader.
// Run: npx tsx bench/live.ts [rounds] [epochs]
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Dataset, defaultSettings, loadDataset, type TrainOptions, train } from "@adjoint/mnist";
import type { RunSink } from "@adjoint/nn";
import { startInspector } from "../packages/mnist/src/inspector.ts";
import { prepareRunLog, RunLog } from "../packages/mnist/src/run-log.ts";

const rounds = Number(process.argv[2] ?? 7);
const settings = { ...defaultSettings, epochs: Number(process.argv[3] ?? 2), validationSplit: 0 };

/** Norms are measured in each so-many-th step; 0 keeps no journal. */
const variants = { "no journal": 0, "--live": 8, "--live --live-norms 1": 1 } as const;
type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];
const followed: Variant = "--live";

/** The processors' time that this process has used, in milliseconds. */
function cpuClock(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds on a clock that all processes share. */
const wallClock = (): number => performance.timeOrigin + performance.now();

/** When each step was written, by run and step. */
const written = new Map<string, number>();
const latencies: number[] = [];

/** The sink, and notes of when each step was written. */
function noting(sink: RunSink, run: string): RunSink {
  return {
    step: (record) => {
      written.set(`${run} ${record.step}`, wallClock());
      sink.step(record);
    },
    snapshot: (snapshot) => sink.snapshot(snapshot),
    drop: (step) => sink.drop(step),
    end: (status, message) => sink.end(status, message),
  };
}

function journalInto(folder: string, id: string, normsEvery: number): TrainOptions {
  const journal = prepareRunLog(folder);
  return {
    journal: {
      normsEvery,
      sink: ({ parameters, plannedSteps, stepsPerEpoch }) => {
        const info = { id, title: id, notes: {}, parameters, plannedSteps, stepsPerEpoch, normsEvery };
        return noting(new RunLog(journal, info, (problem) => console.log(problem)), id);
      },
    },
  };
}

interface Result {
  readonly milliseconds: number;
  readonly finalLoss: number;
}

async function trainOnce(data: Dataset, options: TrainOptions): Promise<Result> {
  const { imagesPerSecond, stepLosses } = await train(data.train, settings, { ...options, now: cpuClock });
  const milliseconds = (1000 * settings.batchSize) / imagesPerSecond;
  return { milliseconds, finalLoss: stepLosses.at(-1) ?? Number.NaN };
}

async function measure(): Promise<void> {
  const folders = new Map(names.map((name) => [name, mkdtempSync(join(tmpdir(), "adjoint-bench-"))]));
  const folderOf = (name: Variant): string => folders.get(name) ?? "";
  prepareRunLog(folderOf(followed));
  const inspector = await startInspector([folderOf(followed)]);
  const address = new URL("/run/events", inspector.address).href;
  const reader = fork(fileURLToPath(new URL("live-reader.mjs", import.meta.url)), [address], {
    execArgv: [],
  });
  reader.on("message", ({ run, ids, now }: { run: string; ids: number[]; now: number }) => {
    // A run that has given way to the next before the reader came to it is not known to it.
    for (const id of ids) latencies.push(now - (written.get(`${run} ${id}`) ?? Number.NaN));
  });
  const data = await loadDataset();
  const results: ReadonlyMap<Variant, Result>[] = [];
  // The first round warms up.
  for (let round = -1; round < rounds; round++) {
    const order = names.map((_, i) => names[(i + round + 1) % names.length] as Variant);
    const done = new Map<Variant, Result>();
    for (const name of order) {
      const every = variants[name];
      const options = every === 0 ? {} : journalInto(folderOf(name), `${round} ${name}`, every);
      done.set(name, await trainOnce(data, options));
    }
    if (round >= 0) results.push(done);
  }
  reader.disconnect();
  await inspector.stop();
  for (const folder of folders.values()) rmSync(folder, { recursive: true });
  report(results);
}

function report(results: readonly ReadonlyMap<Variant, Result>[]): void {
  const at = (name: Variant): number[] => results.map((round) => round.get(name)?.milliseconds ?? Number.NaN);
  const plain = at("no journal");
  console.log(`784-128-10, batch 64, ${settings.epochs} epochs, ${rounds} rounds, Node ${process.version}`);
  for (const name of names) {
    const ratios = at(name).map((ms, round) => ms / (plain[round] ?? Number.NaN));
    console.log(
      `${name.padEnd(22)} ${spread(at(name), 3)} ms a step   ${spread(ratios, 3)} of the plain run`,
    );
  }
  const losses = new Set(results.flatMap((round) => [...round.values()].map(({ finalLoss }) => finalLoss)));
  console.log(
    `final losses: ${[...losses].join(", ")} (${losses.size === 1 ? "one number" : "they differ"})`,
  );
  const known = latencies.filter((ms) => Number.isFinite(ms)).sort((a, b) => a - b);
  const p99 = known[Math.floor(0.99 * (known.length - 1))] ?? Number.NaN;
  const late = known.filter((ms) => ms > 250).length;
  console.log(`step to reader: ${spread(known, 0)} ms, 99% below ${p99.toFixed(0)} ms;`);
  console.log(`${late} of ${known.length} steps took more than 250 ms`);
}

/** Median and quartiles. */
function spread(samples: readonly number[], digits: number): string {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (part: number): string =>
    (sorted[Math.floor(part * (sorted.length - 1))] ?? Number.NaN).toFixed(digits);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}

await measure();
