/** `--html`: a trace as a self-contained page, written as a file. */
import { randomUUID } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { decodeTrace } from "@adjoint/autograd/graph";
import { traceArtefact } from "../artefact/artefact.ts";
import { largestTrace } from "../trace-limit.ts";

/**
 * Writes the page whole or not at all, and gives its size in bytes.
 *
 * @throws {FormatError} if the trace is malformed, before anything is written. @throws {ArgumentError} if it is too large
 * for a page. @throws the file system's error.
 */
export async function writeHtml(file: string, trace: Uint8Array): Promise<number> {
  decodeTrace(trace, { maxBytes: largestTrace });
  const page = await traceArtefact(trace);
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, page, { flag: "wx" });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return page.length;
}
