/** The self-contained page as a file, for programs that run in Node. */
import { buildPage } from "../server/page-files.ts";
import { type ArtefactOptions, artefactHtml } from "./artefact-html.ts";
import { partsFrom } from "./page-parts.ts";

/**
 * The bytes of an HTML file which shows the trace in the inspector, opened from anywhere, `file://` too, without a
 * request. The page is bundled when this is called, which takes a moment.
 *
 * @param trace the bytes of a trace file, as `encodeTrace` gives them; the page gives them back bit for bit.
 * @throws {ArgumentError} if the trace is larger than `largestEmbedded`.
 * @example await writeFile("step.html", await traceArtefact(encodeTrace(trace)));
 */
export async function traceArtefact(trace: Uint8Array, options: ArtefactOptions = {}): Promise<Uint8Array> {
  const files = await buildPage();
  const parts = await partsFrom(files.keys(), (name) => new TextDecoder().decode(files.get(name)?.body));
  const pieces = await artefactHtml(parts, trace, options);
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "utf8")));
}
