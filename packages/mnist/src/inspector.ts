// The inspector from the command line: its command in a process of its own. It is part of the repository and not of the
// published package, so it is looked for when it is wanted (docs/decisions/0032-the-inspector-as-a-command.md).
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";

/** Thrown when the inspector is not installed or does not start. */
export class InspectorError extends Error {
  constructor(what: string, remedy: string) {
    super(`[inspector] ${what}. ${remedy}`);
    this.name = "InspectorError";
  }
}

/** An inspector that is running. */
export interface Inspector {
  /** Where its page is. */
  readonly address: string;
  /** Resolves when it has ended, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends it. */
  readonly stop: () => Promise<void>;
}

/**
 * The file of the inspector's command, to be run with Node.
 *
 * @throws InspectorError where the inspector is not installed
 */
export function inspectorCommand(): string {
  try {
    return createRequire(import.meta.url).resolve("@adjoint/viz/command");
  } catch {
    throw new InspectorError(
      "the inspector, @adjoint/viz, is not installed",
      "It comes with Adjoint's repository: run npm run mnist -- train there.",
    );
  }
}

/**
 * Starts the inspector and waits until its page can be opened. It ends with this process at the latest, and Ctrl-C in
 * the terminal is not its affair.
 *
 * @param args as for `npm run viz`; paths are absolute.
 * @throws InspectorError where it is not installed or does not start; it has said then on stderr why
 */
export async function startInspector(args: readonly string[]): Promise<Inspector> {
  const child = fork(inspectorCommand(), args, {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exit = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const address = await Promise.race([told(child), exit.then(() => null)]);
  if (address === null) {
    throw new InspectorError(
      `the inspector did not start (exit code ${child.exitCode})`,
      "The lines above say why; without --live the training needs no inspector.",
    );
  }
  const stop = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    await exit;
  };
  return { address, ended: exit, stop };
}

/** The address that the child sends when its page can be opened. */
async function told(child: ChildProcess): Promise<string> {
  const [message]: unknown[] = await once(child, "message");
  if (typeof message === "object" && message !== null && "address" in message) return String(message.address);
  throw new InspectorError(
    "the inspector said something else than its address",
    "Install the project again.",
  );
}
