/** A run on the disk, to be read: what the routes of a run answer with. Nothing is remembered between two questions. */
import { type FileHandle, lstat, open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { runLogFiles, snapshotFileName, snapshotFileStep } from "@adjoint/nn";

/** A snapshot's file. */
export interface SnapshotFile {
  readonly step: number;
  readonly bytes: number;
}

/** The folder of a run, finished or going on. */
export class RunFolder {
  readonly #journal: string;

  /** @param folder the run's folder; its log lies in `journal` there. */
  constructor(folder: string) {
    this.#journal = join(folder, runLogFiles.folder);
  }

  /** The file with a line for each event. */
  get eventsFile(): string {
    return join(this.#journal, runLogFiles.events);
  }

  /** Whether the folder holds a run's log, be it empty yet. */
  async exists(): Promise<boolean> {
    const found = await orNull(stat(this.#journal));
    return found?.isDirectory() === true;
  }

  /** The description, in JSON; null before it is written. */
  info(): Promise<Buffer | null> {
    return orNull(readFile(join(this.#journal, runLogFiles.info)));
  }

  /** The snapshots that lie there, by step. */
  async snapshots(): Promise<readonly SnapshotFile[]> {
    const names = (await orNull(readdir(join(this.#journal, runLogFiles.snapshots)))) ?? [];
    const files = await Promise.all(names.map((name) => this.#snapshotFile(name)));
    return files.filter((file) => file !== null).sort((a, b) => a.step - b.step);
  }

  /** A snapshot opened for reading, to be closed by the caller; null if it is not among `snapshots`. */
  async openSnapshot(step: number): Promise<FileHandle | null> {
    if (!(await this.snapshots()).some((file) => file.step === step)) return null;
    return orNull(open(this.#snapshotPath(snapshotFileName(step))));
  }

  async #snapshotFile(name: string): Promise<SnapshotFile | null> {
    const step = snapshotFileStep(name);
    if (step === null) return null;
    // Not through a link, which may lead out of the folder.
    const found = await orNull(lstat(this.#snapshotPath(name)));
    return found?.isFile() === true ? { step, bytes: found.size } : null;
  }

  #snapshotPath(name: string): string {
    return join(this.#journal, runLogFiles.snapshots, name);
  }
}

/** What is not there, or no longer, is null; every other error stays one. */
async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return null;
    }
    throw error;
  }
}
