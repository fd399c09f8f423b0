import { randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that readers see the old contents or the new ones, never a part: a temporary file in the
 * same folder is written, flushed to the disk (fsync) and renamed over the target. Missing folders are made.
 * When anything fails the temporary file is removed and the old file stays as it was.
 *
 * @throws the file system's error (ENOSPC, EACCES, …)
 */
export async function atomicWrite(path: string, contents: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
