/**
 * The tasks that run a trace again, by name. They need every op of the library by its name, which recording does not:
 * they have a worker of their own, which starts when somebody first asks about a gradient.
 */
import { attributeTask, splitTask, wayTask, withoutTask } from "./attribution-task.ts";
import { checkPassTask, checkTask } from "./check-task.ts";

/** What the page can ask of its analysis. */
export interface AnalysisTasks {
  readonly attribute: typeof attributeTask;
  readonly check: typeof checkTask;
  readonly checkPass: typeof checkPassTask;
  readonly split: typeof splitTask;
  readonly way: typeof wayTask;
  readonly without: typeof withoutTask;
}

/** The tasks by name. */
export const analysisTasks: AnalysisTasks = {
  attribute: attributeTask,
  check: checkTask,
  checkPass: checkPassTask,
  split: splitTask,
  way: wayTask,
  without: withoutTask,
};
