import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tarballs } from "./pack.ts";
import { fixtureDirectory, type PackageName, publishable } from "./packages.ts";
import { bin, CheckFailed, runNode, runNpm } from "./run.ts";

/**
 * Makes an empty project that depends on one package alone, and installs it from its tarball. The package's own
 * dependencies come from their tarballs too (overrides), so that no registry is asked.
 *
 * @returns the directory of the project.
 */
export function installAlone(name: PackageName, tarballs: Tarballs, parent: string): string {
  const directory = join(parent, `uses-${name}`);
  mkdirSync(directory);
  const others = publishable.filter((other) => other !== name);
  const manifest = {
    name: `uses-${name}`,
    private: true,
    type: "module",
    dependencies: { [`@adjoint/${name}`]: `file:${tarballs[name]}` },
    overrides: Object.fromEntries(others.map((other) => [`@adjoint/${other}`, `file:${tarballs[other]}`])),
  };
  writeFileSync(join(directory, "package.json"), JSON.stringify(manifest, null, 2));
  const install = ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  runNpm(`npm install @adjoint/${name}`, install, directory);
  for (const file of ["program.mjs", "program.ts"]) {
    copyFileSync(join(fixtureDirectory(name), file), join(directory, file));
  }
  return directory;
}

/** Importing a package may define nothing and print nothing: prints the globals that it added. */
const importsQuietly = (name: PackageName): string =>
  `const before = new Set(Reflect.ownKeys(globalThis)); await import("@adjoint/${name}");
   for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) console.log("new global:", key);`;

/** Runs the plain JavaScript program in plain Node, without tsx, and checks that the import alone does nothing. */
export function runPlainProgram(name: PackageName, directory: string): string {
  const quiet = runNode(`import ${name}`, ["--input-type=module", "--eval", importsQuietly(name)], directory);
  if (quiet !== "") throw new CheckFailed(`import "@adjoint/${name}" does something:\n${quiet}`);
  return runNode(`${name}/program.mjs`, ["program.mjs"], directory);
}

/** Type-checks the TypeScript program the two ways in which people resolve modules; our d.ts are checked too. */
export function typeCheckProgram(name: PackageName, directory: string): void {
  const options = ["--noEmit", "--strict", "--target", "ES2022", "--lib", "ES2022,DOM", "--types", ""];
  for (const resolution of [
    ["--module", "NodeNext"],
    ["--module", "ESNext", "--moduleResolution", "Bundler"],
  ]) {
    const args = [bin("typescript", "tsc"), "program.ts", ...options, ...resolution];
    runNode(`${name}/program.ts, tsc ${resolution.join(" ")}`, args, directory);
  }
}
