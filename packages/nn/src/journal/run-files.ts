/** Where a run's log lies on the disk, in the folder of the run. Who writes and who reads it agree by these names. */

/**
 * The names: `journal/info.json` (a `RunInfo`), `journal/events.jsonl` (a line for each `RunEvent`, only ever added to)
 * and `journal/snapshots/` (a file for each `Snapshot`, there before the line that tells of it).
 */
export const runLogFiles = {
  folder: "journal",
  info: "info.json",
  events: "events.jsonl",
  snapshots: "snapshots",
} as const;

const ending = ".safetensors";

/** The file of a step's snapshot: `00000012.safetensors`. */
export function snapshotFileName(step: number): string {
  return `${String(step).padStart(8, "0")}${ending}`;
}

/** The step whose snapshot a file of this name is; null for any other name. */
export function snapshotFileStep(name: string): number | null {
  const step = Number(/^(\d{8,16})\.safetensors$/.exec(name)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(step) && snapshotFileName(step) === name ? step : null;
}
