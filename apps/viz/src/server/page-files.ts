/** The files of the page, bundled when they are asked for. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { listName, wholeScript } from "../artefact/page-parts.ts";
import { workerNames } from "../engine/worker-names.ts";
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
  const files = new Map<string, PageFile>();
  const made = await Promise.all([
    // What the page does not need until the graph is painted comes in files of its own.
    bundle(["src/page/main.ts", "public/style.css"], { format: "esm", splitting: true }),
    bundle(["src/page/main.ts"], { format: "iife", entryNames: wholeScript.replace(/\.js$/, "") }),
    // There modules are called by the names of their classes.
    bundle(
      workerNames.map((name) => `src/page/${name}.ts`),
      { format: "iife", keepNames: true },
    ),
  ]);
  for (const [name, file] of made.flat()) files.set(name, file);
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

/** Bundles of some of the page's sources, by name. */
async function bundle(sources: readonly string[], options: BuildOptions): Promise<[string, PageFile][]> {
  const { outputFiles = [] } = await build({
    entryNames: "[name]",
    chunkNames: "part-[name]-[hash]",
    ...options,
    entryPoints: sources.map(source),
    outdir: source("dist/page"),
    bundle: true,
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    // Not handed out: the page's programs are found again by a table made of it.
    sourcemap: "external",
    logLevel: "silent",
    write: false,
  });
  const made = new Map(outputFiles.map((file) => [file.path.replace(/^.*[\\/]/, ""), file]));
  return [...made].flatMap(([name, { contents }]): [string, PageFile][] => {
    if (name.endsWith(".map")) return [];
    const map = made.get(`${name}.map`);
    const isProgram = name.endsWith(".js") && map !== undefined;
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    const body = isProgram ? withPlaceTable(contents, map.text) : contents;
    return [[name, { type: `${type}; charset=utf-8`, body }]];
  });
}
