/** Reads long backward passes before anyone steps through them, while the page stays alive. */
import { historyOf } from "../backward-states.ts";
import { flowSteps } from "../scene-state.ts";
import { breath } from "./breath.ts";
import { inSlices } from "./in-slices.ts";
import type { Session } from "./session.ts";
import { during } from "./work.ts";

/** Passes of fewer presses are read when they are asked for. */
const longPass = 1000;

/** Reads each long pass that `session` shows from now on. */
export function readAhead(session: Session): void {
  let reading = new AbortController();
  session.subscribe(({ frames }, before) => {
    if (frames === before.frames) return;
    reading.abort();
    reading = new AbortController();
    if (frames.frames.length >= longPass) void during(read(reading.signal));
  });

  async function read(signal: AbortSignal): Promise<void> {
    // Those who show the pass come first.
    await breath();
    if (signal.aborted) return;
    try {
      const { frames } = session.shown;
      await inSlices(historyOf(frames).steps(), signal);
      await inSlices(flowSteps(frames.pass), signal);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
