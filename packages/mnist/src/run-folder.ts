// Where runs are kept: runs/mnist-20261121-193204/ with model.safetensors, metrics.json and report.html.
import { constants } from "node:fs";
import { access, mkdir, readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Names of the files of a run. */
export const runFiles = {
  model: "model.safetensors",
  metrics: "metrics.json",
  report: "report.html",
} as const;

/** Thrown when a run's folder cannot be used. */
export class RunFolderError extends Error {
  readonly folder: string;

  constructor(folder: string, problem: string, remedy: string) {
    super(`[train] ${problem}: ${folder}. ${remedy}`);
    this.name = "RunFolderError";
    this.folder = folder;
  }
}

/**
 * Makes a folder for a run before anything is trained, so that no result is lost for want of one.
 *
 * @param given the folder that was asked for; without one, a new one is made under `runs`, named by the time
 * @returns its absolute path
 * @throws RunFolderError when it cannot be made or written to
 */
export async function makeRunFolder(given: string | undefined, cwd: string, now: Date): Promise<string> {
  if (given === undefined) return newFolder(join(cwd, "runs"), now);
  const folder = resolve(cwd, given);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
  return folder;
}

/** The newest model under `runs`, or null when there is none. */
export async function newestModel(cwd: string): Promise<string | null> {
  const parent = join(cwd, "runs");
  const models = await Promise.all(
    (await entries(parent)).map(async (name) => {
      const file = join(parent, name, runFiles.model);
      const time = await stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => null,
      );
      return { file, time };
    }),
  );
  const [newest] = models.filter(({ time }) => time !== null).sort((a, b) => (b.time ?? 0) - (a.time ?? 0));
  return newest?.file ?? null;
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

async function newFolder(parent: string, now: Date): Promise<string> {
  const stamp = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  try {
    await mkdir(parent, { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const folder = join(parent, `mnist-${stamp}${attempt === 1 ? "" : `-${attempt}`}`);
      if (await makeOnce(folder)) return folder;
    }
  } catch (error) {
    throw unusable(parent, error);
  }
}

/** False when the folder was there already: two runs may begin in the same second. */
async function makeOnce(folder: string): Promise<boolean> {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function unusable(folder: string, error: unknown): RunFolderError {
  const reason = error instanceof Error ? error.message : String(error);
  return new RunFolderError(folder, `cannot write there (${reason})`, "Give another folder with --out DIR.");
}
