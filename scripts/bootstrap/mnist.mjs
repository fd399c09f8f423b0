// `npm run mnist [-- args]`: installs if need be, then runs the command line of packages/mnist in this very process,
// so that Ctrl-C, the terminal and the exit code are its own. Without a command it trains.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, root } from "./install.mjs";

const cli = join(root, "packages", "mnist", "src", "cli.ts");

/** `train` is meant when no command is given: `npm run mnist`, `npm run mnist -- --epochs 3`. */
function withCommand(args) {
  const [first] = args;
  const isCommand = first !== undefined && !first.startsWith("-");
  const isGlobal = first !== undefined && ["-h", "--help", "-V", "--version"].includes(first);
  return isCommand || isGlobal ? args : ["train", ...args];
}

ensureInstalled();
const { register } = await import("tsx/esm/api");
register();
process.argv = [process.execPath, cli, ...withCommand(process.argv.slice(2))];
await import(pathToFileURL(cli).href);
