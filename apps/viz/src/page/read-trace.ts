/** Traces out of their bytes, while the page stays alive. */
import { decodeTraceSteps, type Trace } from "@adjoint/autograd/graph";
import { largestTrace } from "../trace-limit.ts";
import { inSlices } from "./in-slices.ts";

/** The trace in a file. @throws {FormatError} if the bytes are no trace, or above the limit of the page. */
export function readTrace(bytes: Uint8Array): Promise<Trace> {
  return inSlices(decodeTraceSteps(bytes, { maxBytes: largestTrace }));
}
