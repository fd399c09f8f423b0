import { EventEmitter } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { main, type Terminal } from "@adjoint/mnist";

/** What a run of the command line left behind. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** A new empty folder. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "adjoint-cli-"));
}

/** Runs the command line in this process, in a folder, and keeps what it says. */
export async function runCommand(args: readonly string[], cwd: string = newFolder()): Promise<CommandResult> {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const terminal: Terminal = {
    output,
    errors,
    cwd,
    signals: new EventEmitter(),
    quit: (code) => {
      throw new Error(`quit(${code})`);
    },
    date: () => new Date(Date.UTC(2026, 10, 21, 19, 32, 4)),
  };
  const code = await main(args, terminal);
  return { code, output: String(output.read() ?? ""), errors: String(errors.read() ?? "") };
}
