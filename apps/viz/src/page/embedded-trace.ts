/** The trace that a self-contained page carries. */

/** The blocks that carry a trace, in order, each a part of its bytes in base64. */
export const tracePartType = "application/x-adjoint-trace-part";

let found: Uint8Array | null = null;

/**
 * The bytes of the trace that stands in the page itself, or null if there is none. They begin at a multiple of eight in
 * their buffer. What is decoded is taken out of the document, which would hold it a second time; a later call gives the
 * same bytes.
 *
 * @throws {DOMException} if a part is no base64, as in a file that was cut or changed.
 */
export function embeddedTrace(): Uint8Array | null {
  if (found !== null) return found;
  const blocks = [...document.querySelectorAll<HTMLScriptElement>(`script[type="${tracePartType}"]`)];
  if (blocks.length === 0) return null;
  const parts = blocks.map((block) => decodeBase64(block.text));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    bytes.set(part, filled);
    filled += part.length;
  }
  for (const block of blocks) block.remove();
  found = bytes;
  return bytes;
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
