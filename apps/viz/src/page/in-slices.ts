/** Long work of the page in slices, between which it stays alive. */
import { breath } from "./breath.ts";

/** Milliseconds of work before the page may do something else. */
const atOnce = 12;

/**
 * Runs `steps` to their end and gives what they return.
 *
 * @throws the signal's reason once it is aborted, before the next slice.
 */
export async function inSlices<T>(steps: Iterator<unknown, T>, signal?: AbortSignal): Promise<T> {
  let begun = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - begun < atOnce) continue;
    await breath();
    signal?.throwIfAborted();
    begun = performance.now();
  }
}
