import type { MatmulTask } from "./matmul-task.ts";

export type { MatmulTask } from "./matmul-task.ts";

/** Not there yet: the plain kernel computes. */
export function matmulWasm(_task: MatmulTask): boolean {
  return false;
}
