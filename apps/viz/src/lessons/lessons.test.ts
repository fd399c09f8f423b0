// Everything that the lessons name is there. A node that is missing fails here, with lesson, step and node.
import type { Trace } from "@adjoint/autograd/graph";
import { beforeAll, describe, expect, it } from "vitest";
import { recordStep } from "../programs/program.ts";
import { programOf, wholeOf } from "../programs/programs.ts";
import { checkLesson } from "./check-lesson.ts";
import type { Lesson, LessonState } from "./lesson.ts";
import { readLessons } from "./lesson-files.ts";
import { findNode } from "./lesson-state.ts";
import { parseLesson } from "./parse-lesson.ts";

const traces = new Map<string, Trace>();

function traceOf({ program }: LessonState): Trace {
  const key = JSON.stringify(program);
  const settings = new Map(program);
  const trace = traces.get(key) ?? recordStep(programOf(settings), wholeOf(settings, "steps"), {});
  traces.set(key, trace);
  return trace;
}

const messageOf = (lesson: Lesson): string => {
  try {
    checkLesson(lesson, traceOf);
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "";
};

describe("the lessons", () => {
  let lessons: Lesson[];

  beforeAll(async () => {
    lessons = await readLessons();
  });

  it("are there, each under an id of its own", () => {
    const ids = lessons.map(({ id }) => id);
    expect(ids).toEqual(["forward", "softmax", "backward", "dead-relu", "vanishing", "differences", "nan"]);
  });

  it("find every node and every number that they name", { timeout: 120_000 }, () => {
    for (const lesson of lessons) expect(messageOf(lesson)).toBe("");
  });

  it("ask a question in every step", () => {
    for (const { steps } of lessons) {
      for (const { title, blocks } of steps) {
        expect(blocks.filter(({ kind }) => kind === "question").length, title).toBe(1);
      }
    }
  });
});

describe("a lesson that names what is not there", () => {
  const lesson = (words: string, settings: string = "node: mul"): Lesson =>
    parseLesson(
      "1-wrong.md",
      `# W\n\n## Good\n\nprogram: expression a = 2; b = 3; a*b + a\n\nFine.\n\n## Bad\n\n${settings}\n\n${words}\n`,
    );

  it.each([
    [lesson("{value tanh}"), "there is no node tanh"],
    [lesson("Words.", "node: relu"), "there is no node relu"],
    [lesson("Words.", "at: after a"), "the backward pass runs no rule of a"],
    [lesson("{adjoint a}"), "node a has no adjoint at this moment"],
    [lesson("{value a[0]}"), "node a is [] and has no [0]"],
    [lesson("| picture value a"), "a picture has 784 entries, and a gives 1"],
    [lesson("? Which?\n- a\n* b\n\n! {value c}"), "there is no node c"],
  ])("fails with lesson, step and node", (wrong, what) => {
    expect(messageOf(wrong)).toBe(
      `[lesson] wrong, step 2 (Bad): ${what}. Mend the lesson, or the program that it is about.`,
    );
  });

  it("wants one node for a name", () => {
    const trace = traceOf(
      parseLesson("1-x.md", "# X\n\n## X\n\nprogram: digits hidden=4 seed=0 steps=0\n\nX.").steps[0]
        ?.state ?? { program: [], at: "start", node: null },
    );
    expect(() => findNode(trace, "add")).toThrow("2 nodes are called add");
    expect(findNode(trace, "add@2").id).toBe(findNode(trace, "add#1").id);
    expect(findNode(trace, "0.weight").kind).toBe("leaf");
  });
});
