/** What the session shows, in words: traces, steps and choices. */
import { spokenStep } from "../scene.ts";
import { spokenNode, spokenTrace } from "../spoken.ts";
import type { Session } from "./session.ts";
import type { Voice } from "./voice.ts";

/** Says each change of `session` from now on; of steps that come fast, the first and the last. */
export function sayChanges(session: Session, voice: Voice): void {
  session.subscribe(({ trace, frames, step, pass, chosen, nodes, state, marks }, before) => {
    const stepWords = (): string => spokenStep(nodes, frames.frames[step - 1]?.step ?? null);
    const node = chosen === null || chosen === before.chosen ? undefined : nodes.get(chosen);
    if (trace !== before.trace) voice.say(`${spokenTrace(trace, frames.frames.length)} ${stepWords()}`);
    else if (step !== before.step || pass !== before.pass) voice.saySoon(stepWords());
    else if (node !== undefined) voice.say(spokenNode(node, state, marks));
  });
}
