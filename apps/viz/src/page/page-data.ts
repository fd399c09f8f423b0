/** Data files of the page, which are fetched when they are first needed. A self-contained page carries them. */
import type { DigitNetFile } from "../draw/digit-net.ts";
import type { Lesson } from "../lessons/lesson.ts";
import { inertText } from "./inert-text.ts";

/** The data files that the page has beside its programs. */
export interface PageData {
  readonly "digit-net.json": DigitNetFile;
  readonly "lessons.json": readonly Lesson[];
}

const asked = new Map<keyof PageData, Promise<unknown>>();

/**
 * What the file says: the block `data-<name>` where the page has one, else the server's file. Asked for once.
 *
 * @throws {Error} if the server is gone; then it is asked for anew the next time.
 */
export function pageData<N extends keyof PageData>(name: N): Promise<PageData[N]> {
  const known = asked.get(name) ?? read(name);
  asked.set(name, known);
  known.catch(() => asked.delete(name));
  // The files are the page's own, written by its own programs.
  return known as Promise<PageData[N]>;
}

async function read(name: keyof PageData): Promise<unknown> {
  const text = inertText(`data-${name}`);
  if (text !== null) return JSON.parse(text);
  const answer = await fetch(name).catch(() => null);
  if (answer?.ok === true) return answer.json();
  throw new Error(`[viz] ${name} cannot be had from the server. Start it again with npm run viz.`);
}
