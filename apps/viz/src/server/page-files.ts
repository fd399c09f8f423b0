/** The files of the page, bundled when they are asked for. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { withPlaceTable } from "./place-table.ts";

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
    // Not handed out: the page's programs are found again by a table made of it.
    sourcemap: "external",
    logLevel: "silent",
    write: false,
  });
  const files = new Map<string, PageFile>();
  const made = new Map(outputFiles.map((file) => [file.path.replace(/^.*[\\/]/, ""), file]));
  for (const [name, { contents }] of made) {
    if (name.endsWith(".map")) continue;
    const map = made.get(`${name}.map`);
    const isProgram = name.endsWith(".js") && map !== undefined;
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    const body = isProgram ? withPlaceTable(contents, map.text) : contents;
    files.set(name, { type: `${type}; charset=utf-8`, body });
  }
  files.set("index.html", {
    type: "text/html; charset=utf-8",
    body: await readFile(source("public/index.html")),
  });
  return files;
}
