/** The files of the page, bundled when they are asked for. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { listName } from "../artefact/page-parts.ts";
import { readLessons } from "../lessons/lesson-files.ts";
import { withPlaceTable } from "./place-table.ts";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

const source = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * The files by name: the page, its style, its program, its workers and its data, which are the JSON files beside the
 * page, and the lessons. Nothing else is served.
 *
 * @throws {LessonError} if a lesson cannot be read.
 */
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
  for (const name of await readdir(source("public"))) {
    const type = name === "index.html" ? "text/html" : name.endsWith(".json") ? "application/json" : null;
    if (type === null) continue;
    files.set(name, { type: `${type}; charset=utf-8`, body: await readFile(source(`public/${name}`)) });
  }
  const lessons = new TextEncoder().encode(JSON.stringify(await readLessons()));
  files.set("lessons.json", { type: "application/json; charset=utf-8", body: lessons });
  // For a page that copies itself.
  const names = new TextEncoder().encode(JSON.stringify([...files.keys()]));
  files.set(listName, { type: "application/json; charset=utf-8", body: names });
  return files;
}
