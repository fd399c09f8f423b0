/** A file that grows, line by line. */
import { type FileHandle, open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** How a file is followed. */
export interface FollowOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** Between two looks at a file that has nothing new. */
  readonly pollMilliseconds: number;
}

const chunkBytes = 64 * 1024;
/** No line of a run's log comes near it: a longer one is no log. */
const longestLine = 16 * 2 ** 20;
const newline = 0x0a;

/**
 * The lines of the file from its start, as soon as they are whole: a last one without its end waits for it. Looks that
 * find nothing new give an empty list. Reading goes no further than the lines are taken, so a slow taker costs no memory.
 * Ends when the signal is aborted, or when the file was cut or taken away: then another one has its place.
 *
 * @throws {Error} if the file cannot be read, or a line has no end within 16 MiB.
 */
export async function* followLines(
  file: string,
  { signal, pollMilliseconds }: FollowOptions,
): AsyncGenerator<readonly string[]> {
  const handle = await open(file);
  try {
    const chunk = new Uint8Array(chunkBytes);
    let rest = new Uint8Array(0);
    let position = 0;
    while (!signal.aborted) {
      const { bytesRead } = await handle.read(chunk, 0, chunkBytes, position);
      if (bytesRead === 0) {
        if (await isGone(handle, position)) return;
        yield [];
        await pause(pollMilliseconds, signal);
        continue;
      }
      position += bytesRead;
      const bytes = join(rest, chunk.subarray(0, bytesRead));
      const end = bytes.lastIndexOf(newline) + 1;
      rest = bytes.slice(end);
      if (rest.length > longestLine) throw new Error(`[viz] ${file} is no run's log: a line has no end.`);
      if (end > 0) yield new TextDecoder().decode(bytes.subarray(0, end - 1)).split("\n");
    }
  } finally {
    await handle.close();
  }
}

/** Resolves after a while, or at once when the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

async function isGone(handle: FileHandle, position: number): Promise<boolean> {
  const { size, nlink } = await handle.stat();
  return size < position || nlink === 0;
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
