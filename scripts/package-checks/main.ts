// The package checks: build, pack, publint, attw, then each package alone in an empty project outside the repository.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleProgram, bundleSize, checkNothingRunsAtImport } from "./bundle.ts";
import { installAlone, runPlainProgram, typeCheckProgram } from "./consumer.ts";
import { build, checkTypesOfTarball, lintTarball, pack, type Tarballs } from "./pack.ts";
import { installedAlone, moreEntries, type PackageName, publishable } from "./packages.ts";
import { CheckFailed } from "./run.ts";

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

async function checkAlone(name: PackageName, tarballs: Tarballs, parent: string): Promise<string> {
  const directory = installAlone(name, tarballs, parent);
  const plain = runPlainProgram(name, directory);
  typeCheckProgram(name, directory);
  const bundled = await bundleProgram(name, directory);
  const atImport = await checkNothingRunsAtImport(name, directory);
  for (const entry of moreEntries[name] ?? []) await checkNothingRunsAtImport(`${name}/${entry}`, directory);
  console.log(`${name}, installed alone: plain JavaScript printed ${JSON.stringify(plain)};`);
  console.log(`  types right with NodeNext and Bundler; bundled for the browser it printed`);
  console.log(`  ${JSON.stringify(bundled)}; ${atImport} bytes stay when nothing is used`);
  return directory;
}

async function checkAll(parent: string): Promise<void> {
  build();
  const tarballs = pack(parent);
  console.log(`built and packed: ${publishable.join(", ")}`);
  for (const name of publishable) {
    await lintTarball(name, tarballs[name]);
    checkTypesOfTarball(name, tarballs[name]);
  }
  console.log("publint and attw: nothing to say");
  const directories = new Map<PackageName, string>();
  for (const name of installedAlone) directories.set(name, await checkAlone(name, tarballs, parent));
  const { minified, gzipped } = await bundleSize(
    ["tensor", "autograd"],
    directories.get("autograd") ?? parent,
  );
  console.log(`all of tensor and autograd: ${kilobytes(minified)} minified, ${kilobytes(gzipped)} gzipped`);
}

const parent = realpathSync(mkdtempSync(join(tmpdir(), "adjoint-packages-")));
try {
  await checkAll(parent);
} catch (error) {
  if (!(error instanceof CheckFailed)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(parent, { recursive: true, force: true });
}
