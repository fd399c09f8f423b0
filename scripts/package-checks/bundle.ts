import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { CheckFailed, runNode } from "./run.ts";

/** What may be left of a package's modules when nothing of them is used, minified, in bytes. */
const maxTopLevelBytes = 1024;

const browser = {
  bundle: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  minify: true,
  write: false,
  logLevel: "silent",
} as const satisfies BuildOptions;

/** Bundles for the browser; an import of a Node module anywhere below is an error. */
async function bundleText(what: string, options: BuildOptions): Promise<string> {
  try {
    const { outputFiles } = await build({ ...browser, ...options, write: false });
    return outputFiles.map((file) => file.text).join("");
  } catch (error) {
    throw new CheckFailed(`esbuild, ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A module made of this text, which sees what is installed in the directory. */
const text = (contents: string, resolveDir: string): BuildOptions => ({
  stdin: { contents, resolveDir, loader: "js" },
});

/** Bundles the TypeScript program for the browser and runs the bundle, which must need no file beside it. */
export async function bundleProgram(name: string, directory: string): Promise<string> {
  const entry = join(directory, "program.ts");
  const outfile = join(directory, "program.bundle.mjs");
  await bundleText(`${name}/program.ts`, { entryPoints: [entry] });
  await build({ ...browser, entryPoints: [entry], outfile, write: true });
  return runNode(`${name}/program.ts, bundled`, [outfile], directory);
}

/** The sizes in bytes of everything that the packages export, minified, and gzipped after that. */
export async function bundleSize(
  names: readonly string[],
  directory: string,
): Promise<{ minified: number; gzipped: number }> {
  const everything = names.map((name) => `export * from "@adjoint/${name}";`).join("\n");
  const bytes = Buffer.from(await bundleText(names.join(" and "), text(everything, directory)));
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

/** Makes esbuild forget `sideEffects: false`, so that whatever runs at import time stays in the bundle. */
const distrustSideEffects: Plugin = {
  name: "distrust-side-effects",
  setup(run) {
    run.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...options }) => {
      if (pluginData === "resolved") return undefined;
      const found = await run.resolve(path, { ...options, pluginData: "resolved" });
      return { ...found, sideEffects: true };
    });
  },
};

/**
 * Nothing runs at import time, checked twice: an import that uses nothing leaves an empty bundle, and so it does,
 * but for a few bytes, when the bundler is told not to believe `sideEffects: false`.
 */
export async function checkNothingRunsAtImport(name: string, directory: string): Promise<number> {
  const entry = text(`import "@adjoint/${name}";`, directory);
  const believed = await bundleText(`import ${name}`, entry);
  if (believed.trim() !== "") {
    throw new CheckFailed(`import "@adjoint/${name}" alone leaves ${believed.length} bytes in a bundle.`);
  }
  const checked = await bundleText(`import ${name}`, { ...entry, plugins: [distrustSideEffects] });
  if (checked.length > maxTopLevelBytes) {
    throw new CheckFailed(
      `@adjoint/${name} runs ${checked.length} bytes of code at import time (${maxTopLevelBytes} are allowed).\n` +
        "Make it lazy, or mark a call without effects with /* @__PURE__ */. What runs, minified:\n" +
        checked.slice(0, 2000),
    );
  }
  return checked.length;
}
