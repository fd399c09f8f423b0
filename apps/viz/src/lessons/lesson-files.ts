/** The lessons out of their files. Node alone: the page gets them as data. */
import { readdir, readFile } from "node:fs/promises";
import type { Lesson } from "./lesson.ts";
import { parseLesson } from "./parse-lesson.ts";

const folder = new URL("../../lessons/", import.meta.url);

/** All lessons in the order of their files' numbers. @throws {LessonError} naming file and line. */
export async function readLessons(): Promise<Lesson[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md"));
  const number = (name: string): number => Number.parseInt(name, 10);
  const ordered = names.sort((a, b) => number(a) - number(b));
  return Promise.all(
    ordered.map(async (name) => parseLesson(name, await readFile(new URL(name, folder), "utf8"))),
  );
}
