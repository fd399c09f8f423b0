/**
 * The self-contained page: one HTML file with the inspector and a trace in it, which asks nobody for anything.
 *
 * The style and the script stand inline and are allowed by their hashes alone. All else is inert: texts as JSON without
 * a `<`, the trace in base64. Built of parts by the server's program and by the page itself, so nothing of Node is here.
 */
import { ArgumentError, checkOptions } from "@adjoint/tensor";
import { base64Parts } from "./base64.ts";
import { blockIdOf, type PageParts, partIds, tracePartType } from "./page-parts.ts";

/** Settings of `artefactHtml`. */
export interface ArtefactOptions {
  /** The title of the page. Default: that of the inspector. */
  readonly title?: string;
}

/** The largest trace that is put into a page, in bytes. In base64 it is a third larger, and the page holds both for a moment. */
export const largestEmbedded: number = 256 * 2 ** 20;

/**
 * The file, as texts to be written one after another in UTF-8.
 *
 * @param trace the bytes of a trace file, which the page gives back bit for bit; null for a page that begins with its
 * own programs.
 * @throws {ArgumentError} if the trace is larger than `largestEmbedded`, or a part cannot stand in a page.
 */
export async function artefactHtml(
  parts: PageParts,
  trace: Uint8Array | null,
  options: ArtefactOptions = {},
): Promise<readonly string[]> {
  checkOptions("artefactHtml", options, ["title"]);
  if (trace !== null && trace.length > largestEmbedded) {
    throw new ArgumentError(
      "artefactHtml",
      "trace",
      `the trace has ${trace.length} bytes, above the ${largestEmbedded} that fit into a page.`,
      "Keep it as a file and open that, or record it with a smaller maxBytes.",
    );
  }
  const head = await headOf(parts, options.title);
  const traceBlocks: string[] = [];
  for (const part of trace === null ? [] : base64Parts(trace)) {
    traceBlocks.push(`<script type="${tracePartType}">${part}</script>\n`);
  }
  const more = [...parts.more].map(([name, text]) => inert(blockIdOf(name) ?? name, text));
  const blocks = [inert(partIds.index, parts.index), ...more];
  const script = `<script id="${partIds.script}">${parts.script}</script>\n`;
  const [before, after] = cutAtEnd(head);
  return [before, ...blocks, ...traceBlocks, script, after];
}

/** index.html with its policy and its style, and without what it would fetch. */
async function headOf({ index, style, script }: PageParts, title: string | undefined): Promise<string> {
  for (const [text, end] of [
    [style, /<\/style/i],
    // A comment's beginning would hide the end of the script from the parser; this pattern is none, for it stands in
    // the script too.
    [script, /<\/script|<!-{2}/i],
  ] as const) {
    if (end.test(text)) throw unfit(`a part contains ${end}, which would end it`);
  }
  const policy = await policyOf(style, script);
  const html = replaceOnce(index, /<script type="module" src="main\.js"[^>]*><\/script>\s*/, "");
  const styled = replaceOnce(
    html,
    /<link rel="stylesheet" href="style\.css">/,
    `<style id="${partIds.style}">${style}</style>`,
  );
  const guarded = replaceOnce(
    styled,
    /<meta charset="utf-8">/,
    `<meta charset="utf-8">\n    <meta http-equiv="Content-Security-Policy" content="${policy}">`,
  );
  if (title === undefined) return guarded;
  return replaceOnce(guarded, /<title>[^<]*<\/title>/, `<title>${escaped(title)}</title>`);
}

/** Nothing but this very style, this very script, and workers out of the page's own texts. */
async function policyOf(style: string, script: string): Promise<string> {
  return [
    "default-src 'none'",
    `script-src ${await hashOf(script)}`,
    `style-src ${await hashOf(style)}`,
    "worker-src blob:",
    "connect-src 'none'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

/** A text that is not run: JSON, in which no `<` is left that a parser could take for markup. */
function inert(id: string, text: string): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(text).replaceAll("<", "\\u003c")}</script>\n`;
}

function cutAtEnd(html: string): [before: string, after: string] {
  const end = html.lastIndexOf("</body>");
  if (end < 0) throw unfit("index.html has no </body>");
  return [html.slice(0, end), html.slice(end)];
}

/** The replacement is a function's result: in a text, `$&` would mean something. */
function replaceOnce(text: string, what: RegExp, by: string): string {
  if (!what.test(text)) throw unfit(`index.html has no ${what}`);
  return text.replace(what, () => by);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function unfit(what: string): ArgumentError {
  return new ArgumentError("artefactHtml", "parts", `${what}.`, "Build the page anew, or mend the part.");
}
