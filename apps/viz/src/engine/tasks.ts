/** All tasks of the engine, by name. A new one is a file beside this and a line here. */
import { differenceTask, subtractTask } from "./difference-task.ts";
import { drawTask } from "./draw-task.ts";
import { recordTask } from "./record-task.ts";
import { recordAtTask, trainTask } from "./train-task.ts";

/** What `Engine.ask` of the page can ask for. */
export interface Tasks {
  readonly difference: typeof differenceTask;
  readonly subtract: typeof subtractTask;
  readonly draw: typeof drawTask;
  readonly record: typeof recordTask;
  readonly train: typeof trainTask;
  readonly recordAt: typeof recordAtTask;
}

/** The tasks by name. */
export const tasks: Tasks = {
  difference: differenceTask,
  subtract: subtractTask,
  draw: drawTask,
  record: recordTask,
  train: trainTask,
  recordAt: recordAtTask,
};
