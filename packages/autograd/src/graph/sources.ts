/** Places in a program, and the texts of its files within a trace, so that a reader elsewhere can show the code. */
import type { Trace } from "./trace.ts";

/** Before the address of a file in the metadata of a trace: `source:file:///home/me/train.ts` names its text. */
export const sourceKey = "source:";

/** A place taken apart. */
export interface SourcePlace {
  /** The file, `file:///home/me/train.ts`. */
  readonly address: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** The parts of a node's place; null for a text of another form. */
export function readPlace(place: string): SourcePlace | null {
  const [, address, line, column] = /^(.+):([1-9]\d{0,8}):([1-9]\d{0,8})$/s.exec(place) ?? [];
  if (address === undefined) return null;
  return { address, line: Number(line), column: Number(column) };
}

/** UTF-16 units: of one file, and of all together. What is larger is no program that a person wrote. */
const longestText = 256 * 1024;
const longestTogether = 4 * 1024 * 1024;

/**
 * The trace with the texts of the files that its places name, in its metadata under `source:` and the address. A file
 * that no place names is not asked for; a text above 256 Ki characters is left out, and so are those that come after
 * 4 Mi in all. A text that the trace has already stays.
 *
 * The texts are the user's own program: whoever gets the trace can read them.
 *
 * @param read gives the text of a file by its address; null for one that cannot be read.
 * @example withSources(trace, (address) => address.startsWith("file:") ? readFileSync(new URL(address), "utf8") : null)
 */
export function withSources(trace: Trace, read: (address: string) => string | null): Trace {
  const metadata = new Map(trace.metadata);
  let length = 0;
  for (const address of new Set(trace.nodes.flatMap(({ place }) => addressOf(place)))) {
    if (metadata.has(sourceKey + address)) continue;
    const text = read(address);
    if (text === null || text.length > longestText || length + text.length > longestTogether) continue;
    metadata.set(sourceKey + address, text);
    length += text.length;
  }
  return { ...trace, metadata };
}

function addressOf(place: string | null): string[] {
  const found = place === null ? null : readPlace(place);
  return found === null ? [] : [found.address];
}
