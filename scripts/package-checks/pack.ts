import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type PackageName, packageDirectory, publishable, root } from "./packages.ts";
import { bin, CheckFailed, runNode, runNpm } from "./run.ts";

/** Where each package's tarball lies. */
export type Tarballs = Readonly<Record<PackageName, string>>;

/** Builds every package's dist from nothing, so that no file of an earlier build gets into a tarball. */
export function build(): void {
  for (const name of publishable)
    rmSync(join(packageDirectory(name), "dist"), { recursive: true, force: true });
  runNode("tsc --build", [bin("typescript", "tsc"), "--build", "--force"], root);
}

/** Packs every package into a directory with the pinned pnpm, which puts publishConfig in place. */
export function pack(destination: string): Tarballs {
  const { packageManager }: { packageManager: string } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const pnpm = [
    "exec",
    "--yes",
    "--ignore-scripts",
    "--prefer-offline",
    `--package=${packageManager}`,
    "--",
    "pnpm",
  ];
  const tarballs = publishable.map((name) => {
    const out = join(destination, `${name}.tgz`);
    runNpm(`pnpm pack ${name}`, [...pnpm, "pack", "--out", out], packageDirectory(name));
    return [name, out] as const;
  });
  const made = readdirSync(destination).length;
  if (made !== publishable.length) throw new CheckFailed(`Packed ${made} tarballs of ${publishable.length}.`);
  return Object.fromEntries(tarballs) as Record<PackageName, string>;
}

/** publint on one tarball: any message, even a suggestion, fails. */
export async function lintTarball(name: PackageName, tarball: string): Promise<void> {
  const bytes = readFileSync(tarball);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg = {} } = await publint({ pack: { tarball: buffer } });
  if (messages.length === 0) return;
  const lines = messages.map(
    (message) => `  ${message.type}: ${formatMessage(message, pkg) ?? message.code}`,
  );
  throw new CheckFailed(`publint ${name}:\n${lines.join("\n")}`);
}

/** Are the types wrong? on one tarball; the packages are ESM only, which is the profile's meaning. */
export function checkTypesOfTarball(name: PackageName, tarball: string): void {
  const options = ["--profile", "esm-only", "--no-definitely-typed", "--no-color", "--format", "ascii"];
  runNode(`attw ${name}`, [bin("@arethetypeswrong/cli", "attw"), tarball, ...options], root);
}
