/** Records one step of a program of the page. */
import type { Trace } from "@adjoint/autograd/graph";
import { recordStep } from "../programs/program.ts";
import { type ProgramSettings, programOf, wholeOf } from "../programs/programs.ts";
import type { Task } from "./task.ts";

/** Trains the program for `settings.steps` steps and gives the trace of the next. @throws {ExpressionError} */
export const recordTask: Task<ProgramSettings, Trace> = (settings) =>
  recordStep(programOf(settings), wholeOf(settings, "steps"), Object.fromEntries(settings));
