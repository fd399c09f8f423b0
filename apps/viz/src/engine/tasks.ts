/** All tasks of the engine, by name. A new one is a file beside this and a line here. */
import { attributeTask, splitTask, wayTask, withoutTask } from "./attribution-task.ts";
import { checkPassTask, checkTask } from "./check-task.ts";
import { drawTask } from "./draw-task.ts";
import { recordTask } from "./record-task.ts";
import { subtractTask } from "./subtract-task.ts";
import { recordAtTask, trainTask } from "./train-task.ts";

/** What `Engine.ask` of the page can ask for. */
export interface Tasks {
  readonly attribute: typeof attributeTask;
  readonly split: typeof splitTask;
  readonly without: typeof withoutTask;
  readonly way: typeof wayTask;
  readonly check: typeof checkTask;
  readonly checkPass: typeof checkPassTask;
  readonly subtract: typeof subtractTask;
  readonly draw: typeof drawTask;
  readonly record: typeof recordTask;
  readonly train: typeof trainTask;
  readonly recordAt: typeof recordAtTask;
}

/** The tasks by name. */
export const tasks: Tasks = {
  subtract: subtractTask,
  attribute: attributeTask,
  split: splitTask,
  without: withoutTask,
  way: wayTask,
  check: checkTask,
  checkPass: checkPassTask,
  draw: drawTask,
  record: recordTask,
  train: trainTask,
  recordAt: recordAtTask,
};
