import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./packages.ts";

/** A check that did not pass; its message is the whole report. */
export class CheckFailed extends Error {
  override name = "CheckFailed";
}

/** npm hands its own settings to what it runs; an npm inside must look at its own directory instead. */
const environment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|PNPM_|NODE_OPTIONS$)/i.test(name)),
  );

/**
 * Runs Node with these arguments in a directory and returns what it printed.
 *
 * @throws {CheckFailed} with the output when the exit code is not 0.
 */
export function runNode(what: string, args: readonly string[], cwd: string): string {
  return finish(what, spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: environment() }));
}

/**
 * Runs npm in a directory: the npm that runs us when there is one, else the one on the path.
 *
 * @throws {CheckFailed} with the output when the exit code is not 0.
 */
export function runNpm(what: string, args: readonly string[], cwd: string): string {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith("npm-cli.js")) return runNode(what, [npm, ...args], cwd);
  const shell = process.platform === "win32";
  return finish(what, spawnSync("npm", args, { cwd, encoding: "utf8", env: environment(), shell }));
}

function finish(what: string, result: ReturnType<typeof spawnSync>): string {
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
  if (result.status === 0) return output;
  const reason = result.error?.message ?? `exit code ${result.status ?? result.signal}`;
  throw new CheckFailed(`${what}: ${reason}\n${output}`);
}

/** The JavaScript file behind a command of a package that the root depends on. */
export function bin(packageName: string, command: string): string {
  const manifest = join(root, "node_modules", packageName, "package.json");
  const { bin: bins }: { bin: string | Record<string, string> } = JSON.parse(readFileSync(manifest, "utf8"));
  const file = typeof bins === "string" ? bins : bins[command];
  if (file === undefined) throw new CheckFailed(`${packageName} has no command ${command}.`);
  return join(dirname(manifest), file);
}
