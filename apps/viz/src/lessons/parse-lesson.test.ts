import { describe, expect, it } from "vitest";
import { parseLesson } from "./parse-lesson.ts";

const text = `# A title

## First

program: expression a = 2; a*a
node: mul

The square of {value a} is *now*
{=value mul}, see [[mul]] and \`code\`.

? What is its slope?
= adjoint a within 0.1

! It is {adjoint a}.
!at: end

## Second

at: after mul

$ 2a

| bars adjoint a — one bar

? Which?
- this
* that

! That.
`;

const messageOf = (file: string, lesson: string): string => {
  try {
    parseLesson(file, lesson);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "";
};

describe("a lesson's file", () => {
  it("is read", () => {
    const lesson = parseLesson("3-small.md", text);
    expect(lesson).toMatchObject({ id: "small", title: "A title" });
    const [first, second] = lesson.steps;
    const program = [
      ["program", "expression"],
      ["expression", "a = 2; a*a"],
    ];
    expect(first).toMatchObject({ title: "First", state: { program, at: "start", node: "mul" } });
    expect(first?.blocks[0]).toMatchObject({
      kind: "prose",
      parts: [
        { kind: "text", text: "The square of " },
        { kind: "number", source: "value a", exact: false },
        { kind: "text", text: " is " },
        { kind: "emphasis", text: "now" },
        { kind: "text", text: " " },
        { kind: "number", source: "value mul", exact: true },
        { kind: "text", text: ", see " },
        { kind: "node", node: "mul" },
        { kind: "text", text: " and " },
        { kind: "code", text: "code" },
        { kind: "text", text: "." },
      ],
    });
    expect(first?.blocks[1]).toMatchObject({
      kind: "question",
      answer: { kind: "number", source: "adjoint a", within: 0.1 },
      afterwards: { program, at: "end", node: "mul" },
      reveal: [{ kind: "prose" }],
    });
    // The program is the step's before; moment and node are not.
    expect(second?.state).toEqual({ program, at: { after: "mul" }, node: null });
    expect(second?.blocks.map(({ kind }) => kind)).toEqual(["formula", "bars", "question"]);
  });

  it.each([
    ["small.md", text, "[lesson] small.md: the name is not like 1-forward.md. Rename it."],
    ["1-a.md", "Hello", "[lesson] 1-a.md:1: it does not begin with # and a title. Write one."],
    ["1-a.md", "# A\n\n## B\n\nWords.", "[lesson] 1-a.md:3: the first step names no program."],
    [
      "1-a.md",
      text.replace("{value a}", "{value}"),
      '[lesson] 1-a.md:8: expected ( behind value, found the end in "value".',
    ],
    ["1-a.md", text.replace("[[mul]]", "[[mul"), "[lesson] 1-a.md:8: a {, ` or [[ has no partner. Close it."],
    [
      "1-a.md",
      text.replace(" within 0.1", ""),
      "[lesson] 1-a.md:11: the answer says not how near. Write within 0.05.",
    ],
    [
      "1-a.md",
      text.replace("* that", "- that"),
      "[lesson] 1-a.md:25: the question has neither a number nor options",
    ],
    ["1-a.md", text.replace("! That.\n", ""), "[lesson] 1-a.md:25: the question tells nothing afterwards."],
    [
      "1-a.md",
      text.replace("at: after mul", "at: noon"),
      "[lesson] 1-a.md:19: at: noon. Write start, end or after NODE.",
    ],
  ])("%s with a mistake is refused", (file, lesson, message) => {
    expect(messageOf(file, lesson)).toContain(message);
  });
});
