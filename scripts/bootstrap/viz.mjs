// `npm run viz [-- FILE]`: installs if need be, then serves the inspector from this very process, so that Ctrl-C is its
// own. A file is named from where npm was called.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, root } from "./install.mjs";

ensureInstalled();
const { register } = await import("tsx/esm/api");
register();
const { main } = await import(pathToFileURL(join(root, "apps", "viz", "src", "server", "cli.ts")).href);
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
const result = await main(process.argv.slice(2));
if (typeof result === "number") process.exitCode = result;
