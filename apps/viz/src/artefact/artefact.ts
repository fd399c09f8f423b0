/** The self-contained page as a file, for programs that run in Node. */
import { buildPage, type PageFile } from "../server/page-files.ts";
import { type ArtefactOptions, artefactHtml } from "./artefact-html.ts";
import type { PageParts } from "./page-parts.ts";

/**
 * The bytes of an HTML file which shows the trace in the inspector, opened from anywhere, `file://` too, without a
 * request. The page is bundled when this is called, which takes a moment.
 *
 * @param trace the bytes of a trace file, as `encodeTrace` gives them; the page gives them back bit for bit.
 * @throws {ArgumentError} if the trace is larger than `largestEmbedded`.
 * @example await writeFile("step.html", await traceArtefact(encodeTrace(trace)));
 */
export async function traceArtefact(trace: Uint8Array, options: ArtefactOptions = {}): Promise<Uint8Array> {
  const pieces = await artefactHtml(partsOf(await buildPage()), trace, options);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "utf8")));
}

/** The parts of the page among the files that the server hands out. */
export function partsOf(files: ReadonlyMap<string, PageFile>): PageParts {
  const text = (name: string): string => new TextDecoder().decode(files.get(name)?.body);
  const workers = [...files.keys()].filter((name) => name.endsWith("-worker.js"));
  return {
    index: text("index.html"),
    style: text("style.css"),
    script: text("main.js"),
    workers: new Map(workers.map((name) => [name.replace(/\.js$/, ""), text(name)])),
  };
}
