import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeTrace, readPlace, type Trace } from "@adjoint/autograd/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultSettings } from "../src/options.ts";
import { train } from "../src/train.ts";
import { type CommandResult, newFolder, runCommand } from "./recorded-terminal.ts";
import { syntheticDigits, writeSyntheticDigits } from "./synthetic-digits.ts";

describe("train --trace", () => {
  const data = writeSyntheticDigits(100, 20);
  const tiny = ["--data", data, "--no-verify", "--hidden", "16", "--epochs", "2", "--batch-size", "16"];
  const out = newFolder();
  const file = join(out, "deep", "step.trace");
  let traced: CommandResult;
  let trace: Trace;

  beforeAll(async () => {
    traced = await runCommand([...tiny, "--out", join(out, "traced"), "--trace", file]);
    trace = decodeTrace(readFileSync(file));
  });

  it("writes the last step's trace and its page, alone in their folder, and says so among the last lines", () => {
    expect(traced).toMatchObject({ code: 0, errors: "" });
    expect(readdirSync(join(out, "deep"))).toEqual(["step.trace", "step.trace.html"]);
    const lines = traced.output.trimEnd().split("\n").slice(-5);
    const names = ["Model", "Metrics", "Trace", "Trace's page", "Report"];
    expect(lines.map((line) => line.slice(0, 15).trim())).toEqual(names);
    expect(lines[2]).toBe(`Trace          ${file} (step 12 of 12)`);
    expect(lines[3]).toBe(`Trace's page   ${file}.html (opens in a browser)`);
  });

  it("has the very bytes of the trace in the page", () => {
    const page = readFileSync(`${file}.html`, "utf8");
    const parts = Array.from(page.matchAll(/trace-part">([^<]*)</g), ([, part = ""]) => part);
    expect(Buffer.from(parts.join(""), "base64").equals(readFileSync(file))).toBe(true);
  });

  it("leads each op to its line, whose text it carries, unless --no-trace-source is given", async () => {
    const program = readFileSync(new URL("../src/train.ts", import.meta.url), "utf8");
    const ops = trace.nodes.filter(({ kind }) => kind === "op");
    expect(ops.length).toBeGreaterThan(5);
    for (const { op, place } of ops) {
      const found = place === null ? null : readPlace(place);
      expect(trace.metadata.get(`source:${found?.address}`)).toBe(program);
      const line = program.split("\n")[(found?.line ?? 0) - 1]?.slice((found?.column ?? 0) - 1);
      expect(line, op).toMatch(/^forward\((batch\.images|logits, batch\.labels)\)/);
    }
    const bare = join(newFolder(), "bare.trace");
    await runCommand([...tiny, "--out", newFolder(), "--trace", bare, "--no-trace-source"]);
    const { metadata, nodes } = decodeTrace(readFileSync(bare));
    expect([...metadata.keys()].filter((key) => key.startsWith("source:"))).toEqual([]);
    expect(nodes.map(({ place }) => place)).toEqual(trace.nodes.map(({ place }) => place));
  });

  it("holds the whole step: parameters by name, modules as scopes, the loss, and a pass over all of it", () => {
    expect(Object.fromEntries(trace.metadata)).toMatchObject({
      network: "784-16-10",
      step: "12",
      epoch: "2",
    });
    const names = trace.nodes.flatMap(({ name }) => name ?? []);
    expect(names).toEqual(expect.arrayContaining(["images", "0.weight", "0.bias", "2.weight", "2.bias"]));
    const scopes = trace.scopes.map(({ name, kind }) => `${name} ${kind}`.trim());
    expect(scopes).toEqual(["Sequential", "0 Linear", "1 ReLU", "2 Linear", "loss CrossEntropyLoss"]);
    expect(trace.passes).toHaveLength(1);
    const tracked = trace.nodes.filter((node) => node.tracked);
    expect(trace.passes[0]?.steps).toHaveLength(tracked.length);
    for (const { kind, place } of trace.nodes)
      if (kind === "op") expect(place).toMatch(/train\.[jt]s:\d+:\d+$/);
  });

  it("leaves the final loss as it is, to the last bit", async () => {
    const finalLoss = (folder: string): number => {
      const metrics: { training: { finalLoss: number } } = JSON.parse(
        readFileSync(join(folder, "metrics.json"), "utf8"),
      );
      return metrics.training.finalLoss;
    };
    const plain = newFolder();
    await runCommand([...tiny, "--out", plain, "--quiet"]);
    expect(finalLoss(join(out, "traced"))).toBe(finalLoss(plain));
    const weights = [join(out, "traced"), plain].map((folder) =>
      readFileSync(join(folder, "model.safetensors")),
    );
    expect(weights[0]?.equals(weights[1] ?? new Uint8Array())).toBe(true);
    const loss = trace.nodes.find(({ id }) => id === trace.passes[0]?.seeds[0]?.node);
    expect(loss?.value?.data?.[0]).toBe(finalLoss(plain));
  });

  it("records the step that --trace-step names, counted over all epochs", async () => {
    const third = join(out, "third.trace");
    const result = await runCommand([...tiny, "--out", newFolder(), "--trace", third, "--trace-step", "8"]);
    expect(result.output).toContain(`Trace          ${third} (step 8 of 12)\n`);
    const { metadata } = decodeTrace(readFileSync(third));
    expect([metadata.get("step"), metadata.get("epoch"), metadata.get("stepOfEpoch")]).toEqual([
      "8",
      "2",
      "2",
    ]);
  });

  it("says that there is none when the run was stopped before", async () => {
    const controller = new AbortController();
    const settings = { ...defaultSettings, hidden: [8], epochs: 2, batchSize: 32, validationSplit: 0 };
    const result = await train(syntheticDigits(64, 1), settings, {
      traceStep: null,
      signal: controller.signal,
      onStep: () => controller.abort(),
    });
    expect(result).toMatchObject({ status: "interrupted", trace: null });
  });

  it("refuses what cannot be, before anything is trained", async () => {
    const cwd = newFolder();
    const messages = async (...args: string[]): Promise<string> => {
      const { code, output, errors } = await runCommand([...tiny, ...args], cwd);
      expect([code !== 0, output.includes("epoch 1/2")]).toEqual([true, false]);
      return errors;
    };
    expect(await messages("--trace-step", "3")).toBe(
      '[options] --trace-step must be given together with --trace FILE, got "3". Give --trace step.trace too, for example.\n',
    );
    expect(await messages("--trace", "a", "--trace-step", "0")).toBe(
      '[options] --trace-step must be a whole number from 1 to 1000000000, got "0". Give --trace-step 100, for example.\n',
    );
    expect(await messages("--trace", "a", "--trace-step", "13")).toBe(
      "[train] --trace-step 13 is beyond the last step: the training has 12. Give a smaller one, or leave it out to record the last.\n",
    );
    mkdirSync(join(cwd, "folder"));
    expect(await messages("--trace", "folder")).toBe(
      `[train] cannot write there (it is a folder): ${join(cwd, "folder")}. Give another file with --trace FILE.\n`,
    );
    expect(existsSync(join(cwd, "a"))).toBe(false);
  });

  it("is in the help", async () => {
    const { output } = await runCommand(["train", "--help"]);
    expect(output).toContain("--trace <file>");
    expect(output).toMatch(
      /--trace-step <n> +which step, counted over all epochs from 1 \(default: the last\)/,
    );
  });
});
