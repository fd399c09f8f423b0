// `npm test [-- --only STEP [args]]`: installs if need be, then runs each step in turn, and stops at the first that fails.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureInstalled, root } from "./install.mjs";

/** The JavaScript file behind a command of an installed package; run with Node it works on every system. */
function bin(packageName, command = packageName) {
  const manifest = join(root, "node_modules", packageName, "package.json");
  const { bin: bins } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), typeof bins === "string" ? bins : bins[command]);
}

const steps = [
  {
    name: "lint",
    title: "format and lint (Biome)",
    commands: () => [[bin("@biomejs/biome", "biome"), "check", "--error-on-warnings", "."]],
  },
  {
    name: "types",
    title: "types (tsc): each package, then its tests and the scripts",
    commands: () => [
      [bin("typescript", "tsc"), "--build"],
      [bin("typescript", "tsc"), "--project", "tsconfig.test.json"],
    ],
  },
  { name: "unit", title: "unit and property tests (Vitest)", commands: () => [[bin("vitest"), "run"]] },
  {
    name: "packages",
    title: "packages: build, pack, install elsewhere, run, bundle",
    commands: () => [["--import", "tsx", join(root, "scripts", "package-checks", "main.ts")]],
  },
];

/** Runs Node with these arguments; resolves to the exit code, 128 + n for the signal n. */
function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
    const stop = () => child.kill("SIGTERM");
    process.once("SIGTERM", stop);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGTERM", stop);
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** @returns {never} */
function refuse(message) {
  console.error(
    `${message} Use npm test, or npm test -- --only ${steps.map((step) => step.name).join("|")} [args].`,
  );
  process.exit(2);
}

function chosenSteps(args) {
  if (args.length === 0) return { chosen: steps, extra: [] };
  const [option, name, ...extra] = args;
  if (option !== "--only") refuse(`Unknown option ${option}.`);
  const chosen = steps.filter((step) => step.name === name);
  if (chosen.length === 0) refuse(name === undefined ? "--only wants a step." : `There is no step ${name}.`);
  return { chosen, extra };
}

const { chosen, extra } = chosenSteps(process.argv.slice(2));
ensureInstalled();
// A Ctrl-C in the terminal reaches the step as well; this process waits for it and then reports.
process.on("SIGINT", () => {});
const started = performance.now();
for (const [index, step] of chosen.entries()) {
  const stepStarted = performance.now();
  console.log(`\n== ${index + 1}/${chosen.length} ${step.name}: ${step.title}`);
  for (const command of step.commands()) {
    const code = await runNode([...command, ...extra]);
    if (code !== 0) {
      console.error(`\n== ${step.name} FAILED with exit code ${code} after ${seconds(stepStarted)}.`);
      console.error(`Run this step alone with: npm test -- --only ${step.name}`);
      process.exit(code);
    }
  }
  console.log(`== ${step.name} passed in ${seconds(stepStarted)}`);
}
console.log(`\nnpm test: ${chosen.map((step) => step.name).join(", ")} passed in ${seconds(started)}.`);
