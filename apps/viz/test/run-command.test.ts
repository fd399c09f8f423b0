// The command on the folder of a run, as a process of its own that is killed and started again.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeRunEvent } from "@adjoint/nn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EventReader } from "./event-reader.ts";
import { RunOnDisk, recordOf } from "./run-on-disk.ts";

const command = fileURLToPath(new URL("../command.mjs", import.meta.url));

/** The command with a channel to this process, and the address that it tells there. */
async function start(args: readonly string[]): Promise<{ child: ChildProcess; address: URL }> {
  const child = fork(command, args, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [message]: unknown[] = await once(child, "message");
  if (typeof message !== "object" || message === null || !("address" in message)) {
    throw new TypeError("the command told no address");
  }
  return { child, address: new URL(String(message.address)) };
}

/** Ends the process in the hardest way. */
async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

// Each test starts a process that bundles the page, which takes long where many tests run at a time.
describe("npm run viz -- RUN", { timeout: 120_000 }, () => {
  const run = new RunOnDisk();

  beforeAll(() => {
    run.begin("first").steps(1, 3);
  });

  afterAll(() => run.remove());

  it("serves the run, killed and started again on the same port, with no step lost or doubled", async () => {
    const first = await start([run.folder]);
    expect(first.address.hash).toBe("#open=run");
    const heard: string[] = [];
    const events = new URL("/run/events", first.address).href;
    const reader = await EventReader.connect(events);
    expect(await reader.next()).toMatchObject({ event: "info" });
    heard.push(...(await reader.take(3)));
    await kill(first.child);
    expect(await reader.next()).toBeNull();
    run.steps(4, 6);
    const second = await start([run.folder, "--port", first.address.port]);
    expect(second.address.href).toBe(first.address.href);
    const again = await EventReader.connect(events, "3");
    expect(await again.next()).toMatchObject({ event: "info" });
    heard.push(...(await again.take(3)));
    const all = [1, 2, 3, 4, 5, 6].map((step) => {
      return `${step} ${encodeRunEvent({ kind: "step", record: recordOf(step) })}`;
    });
    expect(heard).toEqual(all);
    // Ctrl-C is not its affair, and the end of the channel is its end.
    second.child.kill("SIGINT");
    run.steps(7, 7);
    expect(await again.next()).toMatchObject({ id: "7" });
    const ended = once(second.child, "exit");
    second.child.disconnect();
    expect(await ended).toEqual([0, null]);
  });

  it("refuses a folder without a run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "adjoint-run-"));
    const child = fork(command, [folder], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    expect(await once(child, "close")).toEqual([2, null]);
    expect(said).toBe(
      `[viz] ${folder} holds no run: it has no folder journal. ` +
        "Give one that npm run mnist -- train --live wrote.\n",
    );
    rmSync(folder, { recursive: true });
  });
});
