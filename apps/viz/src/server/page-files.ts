/** The files of the page, bundled when they are asked for. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

const source = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The files by name: the page, its style, its program and its workers. Nothing else is served. */
export async function buildPage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: [
      ...["main", "layout-worker", "engine-worker"].map((name) => source(`src/page/${name}.ts`)),
      source("public/style.css"),
    ],
    outdir: source("dist/page"),
    entryNames: "[name]",
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    minify: true,
    // Modules are called by the names of their classes.
    keepNames: true,
    legalComments: "none",
    logLevel: "silent",
    write: false,
  });
  const files = new Map<string, PageFile>();
  for (const { path, contents } of outputFiles) {
    const name = path.replace(/^.*[\\/]/, "");
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    files.set(name, { type: `${type}; charset=utf-8`, body: contents });
  }
  files.set("index.html", {
    type: "text/html; charset=utf-8",
    body: await readFile(source("public/index.html")),
  });
  return files;
}
