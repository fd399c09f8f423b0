/** The parts that a page of the inspector consists of, as texts: what a self-contained copy of it needs. */

/** A page taken apart. */
export interface PageParts {
  /** index.html as the server hands it out. */
  readonly index: string;
  readonly style: string;
  readonly script: string;
  /** The programs of the workers, and the data files, by name: `layout-worker.js`, `digit-net.json`. */
  readonly more: ReadonlyMap<string, string>;
}

/** The name of the list of the page's files, for a page that copies itself. */
export const listName = "files.json";

/** Where a self-contained page keeps its parts: the ids of its blocks. */
export const partIds = { index: "page-index", style: "page-style", script: "page-script" } as const;

/** The page's program in one file, which a self-contained page takes; the server's own pages load it in parts. */
export const wholeScript = "whole-main.js";

/** The type of the blocks that carry a trace, in order, each a part of its bytes in base64. */
export const tracePartType = "application/x-adjoint-trace-part";

/** The id of the block of a further file: `worker-layout-worker`, `data-digit-net.json`; null for any other file. */
export function blockIdOf(name: string): string | null {
  if (name.endsWith("-worker.js")) return `worker-${name.replace(/\.js$/, "")}`;
  return name.endsWith(".json") && name !== listName ? `data-${name}` : null;
}

/** The file whose block has this id; null for a block of another kind. */
export function fileOfBlock(id: string): string | null {
  const [, kind, name = ""] = /^(worker|data)-(.+)$/s.exec(id) ?? [];
  if (kind === undefined) return null;
  return kind === "worker" ? `${name}.js` : name;
}

/**
 * The parts out of the texts of files.
 *
 * @param text gives a file's text by its name.
 * @param names of all files; those that are no part are passed over.
 */
export async function partsFrom(
  names: Iterable<string>,
  text: (name: string) => string | Promise<string>,
): Promise<PageParts> {
  const more = [...names].filter((name) => blockIdOf(name) !== null);
  const texts = await Promise.all(["index.html", "style.css", wholeScript, ...more].map(text));
  const [index = "", style = "", script = "", ...rest] = texts;
  return { index, style, script, more: new Map(more.map((name, i) => [name, rest[i] ?? ""])) };
}
