/** Whether everything that a lesson names is there: what makes a lesson's mistake a mistake of the build. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Lesson, LessonAnswer, LessonBlock, LessonPart, LessonState } from "./lesson.ts";
import {
  entriesOf,
  evaluate,
  findNode,
  MissingError,
  type ResolvedState,
  resolveState,
} from "./lesson-state.ts";
import { LessonError } from "./parse-lesson.ts";

/**
 * Goes to every state of a lesson and reads every number that is told there.
 *
 * @param traceOf the trace of a state's program.
 * @throws {LessonError} naming the lesson, the step and what is missing there.
 */
export function checkLesson(lesson: Lesson, traceOf: (state: LessonState) => Trace): void {
  for (const [i, { title, state, blocks }] of lesson.steps.entries()) {
    const where = `${lesson.id}, step ${i + 1} (${title})`;
    try {
      const resolved = resolveState(traceOf(state), state);
      for (const block of blocks) checkBlock(resolved, block, traceOf);
    } catch (error) {
      if (!(error instanceof MissingError)) throw error;
      throw new LessonError(where, error.message, "Mend the lesson, or the program that it is about.");
    }
  }
}

function checkBlock(
  resolved: ResolvedState,
  block: LessonBlock,
  traceOf: (state: LessonState) => Trace,
): void {
  if (block.kind === "prose" || block.kind === "formula") checkParts(resolved, block.parts);
  else if (block.kind === "bars") entriesOf(resolved, block.of);
  else if (block.kind === "picture") {
    const { length } = entriesOf(resolved, block.of);
    if (length !== 784)
      throw new MissingError(`a picture has 784 entries, and ${block.of.node} gives ${length}`);
  } else if (block.kind === "terms") {
    const counts = [block.left, block.right, block.total].map(
      (ref) => ref && entriesOf(resolved, ref).length,
    );
    const [left, right, total] = counts;
    if (total !== 1 || (right !== null && left !== right))
      throw new MissingError(`the terms of ${block.total.node} have ${counts.join(", ")} entries`);
  } else {
    for (const parts of block.ask) checkParts(resolved, parts);
    const then = resolveState(traceOf(block.afterwards), block.afterwards);
    checkAnswer(resolved, then, block.answer);
    for (const each of block.reveal) checkBlock(then, each, traceOf);
  }
}

function checkAnswer(resolved: ResolvedState, then: ResolvedState, answer: LessonAnswer): void {
  if (answer.kind === "number") evaluate(then, answer.calc);
  else for (const { parts } of answer.options) checkParts(resolved, parts);
}

function checkParts(resolved: ResolvedState, parts: readonly LessonPart[]): void {
  for (const part of parts) {
    if (part.kind === "number") evaluate(resolved, part.calc);
    if (part.kind === "node") findNode(resolved.trace, part.node);
  }
}
