import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type CommandResult, newFolder, runCommand } from "./recorded-terminal.ts";
import { writeSyntheticDigits } from "./synthetic-digits.ts";

const files = ["metrics.json", "model.safetensors", "report.html"];

/** The numbers of metrics.json that the tests look at. */
interface Metrics {
  readonly format: string;
  readonly version: number;
  readonly status: string;
  readonly layers: number[];
  readonly parameters: number;
  readonly data: {
    readonly original: boolean;
    readonly trainImages: number;
    readonly validationImages: number;
  };
  readonly epochs: { readonly epoch: number; readonly trainLoss: number; readonly validationLoss: number }[];
  readonly training: { readonly steps: number; readonly finalLoss: number };
  readonly test: {
    readonly images: number;
    readonly accuracy: number;
    readonly confusionMatrix: number[][];
    readonly classes: { readonly recall: number | null }[];
  };
}

function readMetrics(folder: string): Metrics {
  return JSON.parse(readFileSync(join(folder, "metrics.json"), "utf8"));
}

describe("train and evaluate", () => {
  const data = writeSyntheticDigits(200, 80);
  const tiny = ["--data", data, "--no-verify", "--hidden", "16", "--epochs", "2", "--batch-size", "16"];
  const out = join(newFolder(), "deep", "run");
  let trained: CommandResult;

  beforeAll(async () => {
    trained = await runCommand(["train", ...tiny, "--out", out]);
  });

  it("writes the model, the metrics and the report, and nothing else", () => {
    expect(trained).toMatchObject({ code: 0, errors: "" });
    expect(readdirSync(out).sort()).toEqual(files);
  });

  it("says on the last lines accuracy, time and where the files lie, the report last", () => {
    const lines = trained.output.trimEnd().split("\n");
    expect(lines[0]).toBe(
      `Training 784-16-10 on 200 images of the data in ${data}: 2 epochs, batches of 16, seed 0.`,
    );
    expect(lines.slice(1, 3).every((line) => /^epoch [12]\/2 {3}loss \d\.\d{4} /.test(line))).toBe(true);
    const [accuracy, time, ...places] = lines.slice(-5);
    expect(accuracy).toMatch(/^Test accuracy {2}\d+\.\d\d% \(\d+ mistakes in 80 images, loss \d\.\d{4}\)$/);
    expect(time).toMatch(/^Training time {2}.+ s \(24 steps, [\d,]+ images\/s, last step's loss 0\.\d+\)$/);
    expect(places.map((line) => line.split(/\s+/))).toEqual([
      ["Model", join(out, "model.safetensors")],
      ["Metrics", join(out, "metrics.json")],
      ["Report", join(out, "report.html")],
    ]);
  });

  it("writes metrics that agree with each other", () => {
    const metrics = readMetrics(out);
    expect(metrics).toMatchObject({
      format: "adjoint-mnist-metrics",
      version: 1,
      status: "completed",
      layers: [784, 16, 10],
      parameters: 784 * 16 + 16 + 16 * 10 + 10,
      data: { original: false, trainImages: 180, validationImages: 20 },
      training: { steps: 24 },
    });
    expect(metrics.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    const { confusionMatrix, images, accuracy } = metrics.test;
    expect(confusionMatrix.flat().reduce((sum, count) => sum + count, 0)).toBe(images);
    expect(confusionMatrix.reduce((sum, row, label) => sum + (row[label] ?? 0), 0) / images).toBe(accuracy);
    expect(metrics.test.classes).toHaveLength(10);
  });

  it("evaluates the model to the same accuracy", async () => {
    const model = join(out, "model.safetensors");
    const result = await runCommand(["evaluate", "--model", model, "--data", data, "--no-verify"]);
    expect(result).toMatchObject({ code: 0, errors: "" });
    const { accuracy } = readMetrics(out).test;
    expect(result.output).toContain(`Network        784-16-10 relu\nModel          ${model}\n`);
    expect(result.output).toContain(`Test accuracy  ${(100 * accuracy).toFixed(2)}% (`);
    expect(result.output).toContain("true \\ predicted    0    1    2    3    4    5    6    7    8    9\n");
    expect(result.output).toMatch(/Least recognised classes:\n( {2}\d: \d+\.\d\d%.*\n){3}$/);
  });

  it("gives the same final loss to the last bit with the same seed, and another with another", async () => {
    const losses = await Promise.all(
      ["0", "0", "1"].map(async (seed) => {
        const folder = newFolder();
        const dropout = ["--dropout", "0.2", "--quiet", "--seed", seed];
        expect(await runCommand([...tiny, ...dropout, "--out", folder])).toMatchObject({ code: 0 });
        return readMetrics(folder).training.finalLoss;
      }),
    );
    expect(losses[1]).toBe(losses[0]);
    expect(losses[2]).not.toBe(losses[0]);
  });

  it("trains without a command, into a new folder named by the time, which evaluate finds", async () => {
    const cwd = newFolder();
    const quiet = [...tiny, "--quiet"];
    const [first, second] = [await runCommand(quiet, cwd), await runCommand(quiet, cwd)];
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(first.output.split("\n").filter((line) => line !== "")).toHaveLength(5);
    expect(readdirSync(join(cwd, "runs")).sort()).toEqual([
      "mnist-20261121-193204",
      "mnist-20261121-193204-2",
    ]);
    const evaluated = await runCommand(["evaluate", "--data", data, "--no-verify"], cwd);
    expect(evaluated.output).toContain(join(cwd, "runs", "mnist-20261121-193204-2", "model.safetensors"));
  });

  it("takes --data and --out relative to where it is run", async () => {
    const cwd = join(data, "..");
    const relative = data.slice(cwd.length + 1);
    const folder = newFolder().slice(cwd.length + 1);
    const args = ["--data", relative, "--no-verify", "--limit", "40", "--epochs", "1", "--out", folder];
    expect(await runCommand(args, cwd)).toMatchObject({ code: 0 });
    expect(readMetrics(join(cwd, folder)).data.trainImages).toBe(36);
  });
});

describe("what is refused", () => {
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    [
      ["--epoch", "3"],
      2,
      "error: unknown option '--epoch'\n(Did you mean --epochs?)\nRun with --help to see all options.\n",
    ],
    [["--epochs"], 2, "error: option '--epochs <n>' argument missing\nRun with --help to see all options.\n"],
    [
      ["evaluat"],
      2,
      "error: unknown command 'evaluat'\n(Did you mean evaluate?)\nRun with --help to see all options.\n",
    ],
    [
      ["train", "now"],
      2,
      "error: too many arguments for 'train'. Expected 0 arguments but got 1.\nRun with --help to see all options.\n",
    ],
    [
      ["--momentum", "-1"],
      2,
      '[options] --momentum must be a number from 0 to below 1, got "-1". Give --momentum 0.9, for example.\n',
    ],
    [
      ["evaluate", "--activation", "tan"],
      2,
      '[options] --activation must be one of relu, leaky-relu, sigmoid, tanh, got "tan". Did you mean --activation tanh?\n',
    ],
  ];
  it.each(cases)("%j", async (args, code, message) => {
    expect(await runCommand(args)).toEqual({ code, output: "", errors: message });
  });

  it("data that is not there, an altered set, a model that is not there", async () => {
    const cwd = newFolder();
    const missing = await runCommand(["--data", "nowhere"], cwd);
    expect(missing.code).toBe(1);
    expect(missing.errors).toContain(
      `[loadDataset] no file train-images-idx3-ubyte in ${join(cwd, "nowhere")}`,
    );
    const altered = await runCommand(["--data", writeSyntheticDigits(5, 5)], cwd);
    expect(altered.code).toBe(1);
    expect(altered.errors).toContain("Give --no-verify if this is meant to be another data set");
    const none = await runCommand(["evaluate"], cwd);
    expect(none).toMatchObject({
      code: 1,
      errors:
        `[loadModel] there is no model to evaluate: ${join(cwd, "runs")}. ` +
        "Give the model.safetensors of a run with --model FILE, or train first.\n",
    });
    expect(existsSync(join(cwd, "runs"))).toBe(false);
  });

  it("a folder that cannot be written to, before anything is trained", async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, "file"), "");
    const data = writeSyntheticDigits(20, 5);
    const result = await runCommand(["--data", data, "--no-verify", "--out", "file/run"], cwd);
    expect(result).toMatchObject({ code: 1, output: "" });
    expect(result.errors).toMatch(
      /^\[train\] cannot write there \(ENOTDIR: .+\): .+file\/run\. Give another folder/,
    );
  });

  it("a learning rate that diverges, with a stack trace only for --debug", async () => {
    const data = writeSyntheticDigits(60, 5);
    const args = ["--data", data, "--no-verify", "--learning-rate", "1e30"];
    const plain = await runCommand(args);
    expect(plain.code).toBe(1);
    expect(plain.errors).toMatch(
      /^\[train\] the loss became .+ Give a smaller one, --learning-rate 1e\+29 for example\.\n$/,
    );
    expect((await runCommand([...args, "--debug"])).errors).toMatch(/\n {4}at .+train\.ts/);
  });
});

describe("help", () => {
  it("shows the commands, the options of train with their defaults, and examples", async () => {
    const { code, output } = await runCommand(["--help"]);
    expect(code).toBe(0);
    for (const part of [
      "evaluate [options]",
      "--hidden <widths>",
      "(default: 128)",
      "Examples:",
      "--no-verify",
    ]) {
      expect(output).toContain(part);
    }
  });

  it("has a page for each command, and a version", async () => {
    expect((await runCommand(["train", "--help"])).output).toContain(
      "npm run mnist -- --limit 5000 --epochs 2",
    );
    expect((await runCommand(["evaluate", "--help"])).output).toContain("--model <file>");
    expect((await runCommand(["help", "evaluate"])).output).toContain("--model <file>");
    expect((await runCommand(["--version"])).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
