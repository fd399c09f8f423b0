/** The tasks of the engine, by name: running programs and recording them. A new one is a file beside this and a line here. */
import { drawTask } from "./draw-task.ts";
import { recordTask } from "./record-task.ts";
import { subtractTask } from "./subtract-task.ts";
import { recordAtTask, trainTask } from "./train-task.ts";

/** What the page can ask of its engine. */
export interface EngineTasks {
  readonly draw: typeof drawTask;
  readonly record: typeof recordTask;
  readonly recordAt: typeof recordAtTask;
  readonly subtract: typeof subtractTask;
  readonly train: typeof trainTask;
}

/** The tasks by name. */
export const engineTasks: EngineTasks = {
  draw: drawTask,
  record: recordTask,
  recordAt: recordAtTask,
  subtract: subtractTask,
  train: trainTask,
};
