/** The trace that a self-contained page carries. */
import { bytesOfParts } from "../artefact/base64.ts";
import { tracePartType } from "../artefact/page-parts.ts";
import { breath } from "./breath.ts";
import { inSlices } from "./in-slices.ts";

let found: Promise<Uint8Array<ArrayBuffer>> | null = null;

/** Whether the page carries a trace. */
export function hasEmbeddedTrace(): boolean {
  return found !== null || document.querySelector(`script[type="${tracePartType}"]`) !== null;
}

/**
 * The bytes of the trace that stands in the page itself; none if there is none. They begin at a multiple of eight in
 * their buffer. What is decoded is taken out of the document, which would hold it a second time; a later call gives the
 * same bytes. Rejects if a part is no base64, as in a file that was cut or changed.
 */
export function embeddedTrace(): Promise<Uint8Array<ArrayBuffer>> {
  found ??= decode();
  return found;
}

async function decode(): Promise<Uint8Array<ArrayBuffer>> {
  const blocks = [...document.querySelectorAll<HTMLScriptElement>(`script[type="${tracePartType}"]`)];
  // The page itself is read first.
  await breath();
  const bytes = await inSlices(bytesOfParts(blocks.map((block) => block.text)));
  for (const block of blocks) block.remove();
  return bytes;
}
