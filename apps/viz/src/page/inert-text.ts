/** Blocks of text in the page that nothing runs or shows: a self-contained page carries its parts in them. */

/**
 * What the block with this id carries: a text, written as JSON so that no part of it reads as markup; null if there is
 * no such block.
 */
export function inertText(id: string): string | null {
  const block = document.getElementById(id);
  if (!(block instanceof HTMLScriptElement) || block.type !== "application/json") return null;
  const text: unknown = JSON.parse(block.text);
  return typeof text === "string" ? text : null;
}
