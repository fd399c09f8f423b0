/** The trace that a self-contained page carries. */
import { bytesOfParts } from "../artefact/base64.ts";
import { tracePartType } from "../artefact/page-parts.ts";

let found: Uint8Array<ArrayBuffer> | null = null;

/** Whether the page carries a trace. */
export function hasEmbeddedTrace(): boolean {
  return found !== null || document.querySelector(`script[type="${tracePartType}"]`) !== null;
}

/**
 * The bytes of the trace that stands in the page itself, or null if there is none. They begin at a multiple of eight in
 * their buffer. What is decoded is taken out of the document, which would hold it a second time; a later call gives the
 * same bytes.
 *
 * @throws {Error} if a part is no base64, as in a file that was cut or changed.
 */
export function embeddedTrace(): Uint8Array<ArrayBuffer> | null {
  if (found !== null) return found;
  const blocks = [...document.querySelectorAll<HTMLScriptElement>(`script[type="${tracePartType}"]`)];
  if (blocks.length === 0) return null;
  found = bytesOfParts(blocks.map((block) => block.text));
  for (const block of blocks) block.remove();
  return found;
}
