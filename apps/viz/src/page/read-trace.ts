/** Traces out of their bytes, while the page stays alive. */
import { decodeTraceSteps, type Trace } from "@adjoint/autograd/graph";
import { largestTrace } from "../trace-limit.ts";
import { breath } from "./breath.ts";
import { inSlices } from "./in-slices.ts";

/** The trace in some bytes. @throws {FormatError} if the bytes are no trace, or above the limit of the page. */
export async function readTrace(bytes: Uint8Array): Promise<Trace> {
  const trace = await inSlices(decodeTraceSteps(bytes, { maxBytes: largestTrace }));
  // Whoever shows it does so in a task of its own.
  await breath();
  return trace;
}

/** The trace in a file, whose size is checked before it is read. @throws {Error} as `readTrace`. */
export async function readTraceFile(file: File): Promise<Trace> {
  if (file.size > largestTrace) {
    throw new Error(
      `[viz] ${file.name} has ${file.size} bytes, above the limit of ${largestTrace}. Record it with a smaller maxBytes.`,
    );
  }
  return readTrace(new Uint8Array(await file.arrayBuffer()));
}
