// Ctrl-C in a process of its own: what was trained so far is saved.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { newFolder, runCommand } from "./recorded-terminal.ts";
import { writeSyntheticDigits } from "./synthetic-digits.ts";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));

/** Starts the command line in a process of its own. */
function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ["--import", tsx, cli, ...args], { stdio: ["ignore", "pipe", "inherit"] });
}

describe("Ctrl-C", () => {
  it("saves the model, the metrics and the report so far, says so, and exits with 130", async () => {
    const data = writeSyntheticDigits(300, 50);
    const out = newFolder();
    // More epochs than anyone would wait for: only the signal ends it.
    const child = start(["--data", data, "--no-verify", "--hidden", "8", "--epochs", "10000", "--out", out]);
    const exit = once(child, "exit");
    const lines: string[] = [];
    if (child.stdout === null) throw new Error("the process has no output");
    for await (const line of createInterface(child.stdout)) {
      if (lines.push(line) > 0 && line.startsWith("epoch     2/10000")) child.kill("SIGINT");
    }
    expect(await exit).toEqual([130, null]);
    expect(readdirSync(out).sort()).toEqual(["metrics.json", "model.safetensors", "report.html"]);

    const metrics = JSON.parse(readFileSync(join(out, "metrics.json"), "utf8"));
    const epochs = metrics.epochs.length;
    expect(metrics.status).toBe("interrupted");
    expect(epochs).toBeGreaterThanOrEqual(2);
    expect(lines).toContain(`Stopped by Ctrl-C in epoch ${epochs + 1} of 10000. Saving what there is.`);
    expect(lines.at(-1)).toBe(`Report         ${join(out, "report.html")}`);
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain(
      `Stopped by hand in epoch ${epochs + 1} of 10000.`,
    );
    const model = join(out, "model.safetensors");
    const evaluated = await runCommand(["evaluate", "--model", model, "--data", data, "--no-verify"]);
    expect(evaluated.output).toContain(`Test accuracy  ${(100 * metrics.test.accuracy).toFixed(2)}%`);
  });
});
