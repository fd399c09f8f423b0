/** Traces out of their bytes, while the page stays alive. */
import { decodeTraceSteps, type Trace } from "@adjoint/autograd/graph";
import { largestTrace } from "../trace-limit.ts";
import { breath } from "./breath.ts";

/** Milliseconds of reading before the page may do something else. */
const atOnce = 12;

/** The trace in a file. @throws {FormatError} if the bytes are no trace, or above the limit of the page. */
export async function readTrace(bytes: Uint8Array): Promise<Trace> {
  const steps = decodeTraceSteps(bytes, { maxBytes: largestTrace });
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < atOnce) continue;
    await breath();
    begun = performance.now();
  }
}
