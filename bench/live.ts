// Times a live run: training 784-128-10 on MNIST, batch 64, without a journal, with the one that `train --live` keeps (norms in
// each eighth step), and with norms in each step. The variants alternate in one run; the server's process and a reader of its
// events run beside all three, as they do in life. Printed: ms a step and the ratio to the plain run of the same round, medians
// with quartiles; whether the final losses are the same number; and how long after its step an event is with the reader.
// Run: npx tsx bench/live.ts [rounds] [epochs]
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultSettings, loadDataset, train } from "@adjoint/mnist";
import type { RunInfo, RunSink } from "@adjoint/nn";
import { startInspector } from "../packages/mnist/src/inspector.ts";
import { prepareRunLog, RunLog } from "../packages/mnist/src/run-log.ts";

const rounds = Number(process.argv[2] ?? 9);
const epochs = Number(process.argv[3] ?? 2);

/** Milliseconds on a clock that all processes share. */
const clock = (): number => performance.timeOrigin + performance.now();

const variants = { "no journal": 0, "--live": 8, "--live --live-norms 1": 1 } as const;
type Variant = keyof typeof variants;
const names = Object.keys(variants) as Variant[];

/** Of a step, in milliseconds: on the clock, and of this process's processors, which a busy machine disturbs less. */
interface Time {
  readonly wall: number;
  readonly cpu: number;
}

/** The processors' time that this process has used, in milliseconds. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** When each step was written, by run and step. */
const written = new Map<string, number>();
const latencies: number[] = [];

function sinkOf(journal: string, run: string, info: Omit<RunInfo, "id">): RunSink {
  const log = new RunLog(journal, { ...info, id: run }, (problem) => console.log(problem));
  return {
    step: (record) => {
      written.set(`${run} ${record.step}`, clock());
      log.step(record);
    },
    snapshot: (snapshot) => log.snapshot(snapshot),
    drop: (step) => log.drop(step),
    end: (status, message) => log.end(status, message),
  };
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "adjoint-bench-"));
  prepareRunLog(folder);
  const inspector = await startInspector([folder]);
  const address = new URL("/run/events", inspector.address).href;
  const reader = fork(fileURLToPath(new URL("live-reader.mjs", import.meta.url)), [address], {
    execArgv: [],
  });
  reader.on("message", ({ run, ids, now }: { run: string; ids: number[]; now: number }) => {
    for (const id of ids) latencies.push(now - (written.get(`${run} ${id}`) ?? Number.NaN));
  });
  const { train: images } = await loadDataset();
  const settings = { ...defaultSettings, epochs, validationSplit: 0 };
  const steps = epochs * Math.ceil(images.count / settings.batchSize);
  const times = new Map(names.map((name) => [name, [] as Time[]]));
  const losses = new Set<number>();
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const normsEvery = variants[name];
      const journal = prepareRunLog(folder);
      const begun = { wall: performance.now(), cpu: cpu() };
      const { stepLosses } = await train(images, settings, {
        ...(normsEvery === 0
          ? {}
          : {
              journal: {
                normsEvery,
                sink: ({ parameters, plannedSteps, stepsPerEpoch }) =>
                  sinkOf(journal, `${round} ${name}`, {
                    title: name,
                    notes: {},
                    parameters,
                    plannedSteps,
                    stepsPerEpoch,
                    normsEvery,
                  }),
              },
            }),
      });
      const wall = (performance.now() - begun.wall) / steps;
      if (round >= 0) times.get(name)?.push({ wall, cpu: (cpu() - begun.cpu) / steps });
      losses.add(stepLosses.at(-1) ?? Number.NaN);
    }
  }
  reader.disconnect();
  await inspector.stop();
  rmSync(folder, { recursive: true });
  console.log(`784-128-10, batch 64, ${steps} steps, ${rounds} rounds, Node ${process.version}`);
  report(times, losses);
}

function report(times: ReadonlyMap<Variant, readonly Time[]>, losses: ReadonlySet<number>): void {
  const plain = times.get("no journal") ?? [];
  for (const kind of ["cpu", "wall"] as const) {
    for (const [name, samples] of times) {
      const ratios = samples.map((time, round) => time[kind] / (plain[round]?.[kind] ?? Number.NaN));
      const each = spread(
        samples.map((time) => time[kind]),
        3,
      );
      console.log(
        `${kind.padEnd(4)} ${name.padEnd(22)} ${each} ms a step   ${spread(ratios, 3)} of the plain run`,
      );
    }
  }
  console.log(
    `final losses: ${[...losses].join(", ")} (${losses.size === 1 ? "one number" : "they differ"})`,
  );
  // A run that has given way to the next before the reader came to it is not known to it.
  const known = latencies.filter((ms) => Number.isFinite(ms));
  const late = known.filter((ms) => ms > 250).length;
  console.log(`step to reader: ${spread(known, 0)} ms, at most ${Math.max(...known).toFixed(0)} ms;`);
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
