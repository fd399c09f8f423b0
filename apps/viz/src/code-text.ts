/** The text of a program, cut into lines and into what is coloured alike. Pure. */

/** What a part of a line is; null for all else. */
export type CodeKind = "comment" | "string" | "keyword" | null;

/** A part of a line. */
export interface CodePart {
  readonly kind: CodeKind;
  readonly text: string;
}

/** Part of a line that stands out: UTF-16 units from its beginning. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
}

const keywords =
  "abstract|as|async|await|break|case|catch|class|const|continue|default|delete|do|else|enum|export|extends|false|" +
  "finally|for|from|function|get|if|implements|import|in|instanceof|interface|let|new|null|of|private|protected|" +
  "public|readonly|return|satisfies|set|static|super|switch|this|throw|true|try|type|typeof|undefined|var|void|while|yield";

/**
 * Comments, strings and keywords of JavaScript and TypeScript. A quotation mark in a regular expression is taken for a
 * string's, and what a template holds for a part of it: what is wrong then is a colour.
 */
const tokens = new RegExp(
  [
    /(?<comment>\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /(?<string>"(?:[^"\\\n\r]|\\(?:\r\n|[\s\S]))*"?|'(?:[^'\\\n\r]|\\(?:\r\n|[\s\S]))*'?|`(?:[^`\\]|\\(?:\r\n|[\s\S]))*`?)/,
    new RegExp(`(?<![\\w$.])(?<keyword>${keywords})(?![\\w$])`),
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** As V8 counts lines. */
const lineEnd = /\r\n|[\n\r\u2028\u2029]/;

/** The lines of `text`; all of one kind where its `address` is not that of a script. */
export function codeLines(text: string, address: string): readonly (readonly CodePart[])[] {
  if (!/\.[cm]?[jt]sx?$/.test(address)) {
    return text.split(lineEnd).map((line) => (line === "" ? [] : [{ kind: null, text: line }]));
  }
  const lines: CodePart[][] = [[]];
  const add = (kind: CodeKind, part: string): void => {
    for (const [i, piece] of part.split(lineEnd).entries()) {
      if (i > 0) lines.push([]);
      if (piece !== "") lines.at(-1)?.push({ kind, text: piece });
    }
  };
  let end = 0;
  for (const { 0: token, index, groups = {} } of text.matchAll(tokens)) {
    add(null, text.slice(end, index));
    add(groups.comment !== undefined ? "comment" : groups.string !== undefined ? "string" : "keyword", token);
    end = index + token.length;
  }
  add(null, text.slice(end));
  return lines;
}

/** What is called at `column`, counted from 1: a name, else one sign. Nothing beyond the end of the line. */
export function callAt(line: readonly CodePart[], column: number): CodeRange {
  const text = line.map((part) => part.text).join("");
  const [call = ""] = /^(?:[\p{L}\p{N}_$]+|\S)/u.exec(text.slice(column - 1)) ?? [];
  return { from: column - 1, to: column - 1 + call.length };
}

/** The parts of a line cut so that each lies in the range or outside; `inside` says which. */
export function cutLine(
  line: readonly CodePart[],
  { from, to }: CodeRange,
): readonly (CodePart & { readonly inside: boolean })[] {
  let at = 0;
  return line.flatMap(({ kind, text }) => {
    const begin = at;
    at += text.length;
    const cut = (low: number, high: number): string => text.slice(Math.max(0, low), Math.max(0, high));
    return [
      { kind, text: cut(0, from - begin), inside: false },
      { kind, text: cut(from - begin, to - begin), inside: true },
      { kind, text: cut(to - begin, text.length), inside: false },
    ].filter((part) => part.text !== "");
  });
}
