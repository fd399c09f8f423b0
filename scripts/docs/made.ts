/** The documents, or parts of them, that are made from the code. */
import { kinksTable } from "./kinks-table.ts";
import { opsPage } from "./ops-page.ts";

/** A text between two markers of a file, or a whole file. */
export interface Made {
  readonly file: string;
  /** `<!-- kinks:start -->` for "kinks"; null for a whole file. */
  readonly marker: string | null;
  text(): Promise<string>;
}

/** All of them. */
export const made: readonly Made[] = [
  { file: "docs/ops.md", marker: null, text: opsPage },
  { file: "README.md", marker: "kinks", text: async () => kinksTable() },
];

/** `document` with `text` in its place. */
export function withText(document: string, marker: string | null, text: string): string {
  if (marker === null) return text;
  const [start, end] = [`<!-- ${marker}:start -->\n`, `\n<!-- ${marker}:end -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`There is no ${start.trim()} … ${end.trim()} in the document.`);
  return document.slice(0, from + start.length) + text + document.slice(to);
}
