import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CodePart, callAt, codeLines, cutLine } from "./code-text.ts";

const told = (lines: readonly (readonly CodePart[])[]): string[] =>
  lines.map((line) => line.map(({ kind, text }) => (kind === null ? text : `‹${kind} ${text}›`)).join(""));

describe("codeLines", () => {
  it("knows comments, strings and keywords, over several lines too", () => {
    const text = [
      'import { add } from "./add.ts"; // so',
      "/* one",
      "   two */ const news = `a {b}",
      "c` + 'it\\'s' + this.type;",
    ].join("\n");
    expect(told(codeLines(text, "file:///a.ts"))).toEqual([
      '‹keyword import› { add } ‹keyword from› ‹string "./add.ts"›; ‹comment // so›',
      "‹comment /* one›",
      "‹comment    two */› ‹keyword const› news = ‹string `a {b}›",
      "‹string c`› + ‹string 'it\\'s'› + ‹keyword this›.type;",
    ]);
  });

  it("colours nothing in what is not a script, and counts lines as V8 does", () => {
    expect(told(codeLines("a = new\r\nb\u2028c\r\n", "expression"))).toEqual(["a = new", "b", "c", ""]);
    expect(told(codeLines("new\r\nb\u2028// c\rd", "a.mjs"))).toEqual([
      "‹keyword new›",
      "b",
      "‹comment // c›",
      "d",
    ]);
  });

  it("loses no character of any text", () => {
    const signs = ["`", "'", '"', "/", "*", "\\", "\n", "\r", "a", "new", " "];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        const lines = codeLines(text, "a.ts").map((line) => line.map((part) => part.text).join(""));
        expect(lines).toEqual(text.split(/\r\n|[\n\r]/));
      }),
    );
  });

  it.each(["/*", "`", '"', "//"])("is done with 256 Ki characters behind %s that nothing closes", (open) => {
    expect(codeLines(open + "*".repeat(256 * 1024), "a.ts").flat()).toHaveLength(1);
  });
});

describe("callAt", () => {
  const [line = []] = codeLines('  return model.forward("x") * b;', "a.ts");

  it.each([
    [16, "forward"],
    [3, "return"],
    [29, "*"],
    [24, '"'],
    [99, ""],
  ])("finds what is called at column %i: %s", (column, call) => {
    const range = callAt(line, column);
    const inside = cutLine(line, range).filter((part) => part.inside);
    expect(inside.map((part) => part.text).join("")).toBe(call);
  });

  it("cuts a line without changing it", () => {
    const parts = cutLine(line, { from: 9, to: 25 });
    expect(parts.map((part) => part.text).join("")).toBe('  return model.forward("x") * b;');
    expect(parts.filter(({ inside }) => inside).map(({ kind, text }) => [kind, text])).toEqual([
      [null, "model.forward("],
      ["string", '"x'],
    ]);
  });
});
