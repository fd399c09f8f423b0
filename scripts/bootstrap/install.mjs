// Installs what the lockfile says, when node_modules does not hold it yet. Runs on bare Node and npm, without any
// dependency: this is the first thing that a fresh clone executes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const stampFile = join(root, "node_modules", ".adjoint-installed");
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** Directories that have a package.json: the root, each package and each app. */
function packageDirectories() {
  const packages = ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
  );
  return [root, ...packages].filter((directory) => existsSync(join(directory, "package.json")));
}

/** A hash of everything that decides what an install puts in place. */
function wantedStamp() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  const manifests = packageDirectories().map((directory) => join(directory, "package.json"));
  for (const file of [join(root, "pnpm-lock.yaml"), join(root, "pnpm-workspace.yaml"), ...manifests]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** True when each declared dependency is really there: a stamp alone would not notice a deleted directory. */
function dependenciesPresent() {
  return packageDirectories().every((directory) => {
    const { dependencies, devDependencies } = readJson(join(directory, "package.json"));
    return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
      existsSync(join(directory, "node_modules", name, "package.json")),
    );
  });
}

function isInstalled() {
  return (
    existsSync(stampFile) && readFileSync(stampFile, "utf8").trim() === wantedStamp() && dependenciesPresent()
  );
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Adjoint needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
}

/** @returns {never} */
function fail(...lines) {
  console.error(`\n${lines.join("\n")}`);
  process.exit(1);
}

/** The environment of the install: without what would make pnpm leave out the development dependencies. */
function installEnvironment() {
  const left = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_ENV|npm_config_(production|omit|only|include))$/i.test(name),
  );
  return Object.fromEntries(left);
}

/**
 * Runs `npm exec pnpm@PIN install`. npm asks nothing (`--yes`), and neither npm nor pnpm runs a package's scripts.
 * Few and short retries: without a network, the default ones say nothing for more than a minute.
 */
function runPnpm(pnpm) {
  const npmArguments = [
    "exec",
    "--yes",
    "--ignore-scripts",
    "--no-update-notifier",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=4000",
    `--package=${pnpm}`,
    "--",
    "pnpm",
    "install",
    "--frozen-lockfile",
    "--ignore-scripts",
  ];
  const options = { cwd: root, env: installEnvironment(), stdio: ["ignore", "inherit", "inherit"] };
  const npm = process.env.npm_execpath;
  // npm sets npm_execpath for its scripts; its own file name ends so, while pnpm and yarn set theirs.
  if (npm?.endsWith("npm-cli.js")) return spawnSync(process.execPath, [npm, ...npmArguments], options);
  return spawnSync("npm", npmArguments, { ...options, shell: process.platform === "win32" });
}

/**
 * Makes sure that node_modules agrees with the lockfile; returns at once when it does. Ends the process with a
 * message when the install fails.
 */
export function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  const pnpm = readJson(join(root, "package.json")).packageManager;
  console.log(
    `Installing the dependencies with ${pnpm} from pnpm-lock.yaml (first run, or the lockfile changed) ...`,
  );
  const started = performance.now();
  const { status, signal, error } = runPnpm(pnpm);
  if (status !== 0) {
    fail(
      `The install failed (${error?.message ?? (signal ? `stopped by ${signal}` : `exit code ${status}`)}); the lines above say why.`,
      "It needs the network once, to fetch the packages of pnpm-lock.yaml through npm's configured registry.",
      "If this machine is offline or behind a proxy, connect it or set npm's `registry` or `proxy`, and run the same command again.",
    );
  }
  writeFileSync(stampFile, `${wantedStamp()}\n`);
  console.log(`Installed in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}
