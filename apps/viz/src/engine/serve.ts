/** The worker's side of an engine: it answers the page's questions one after another. */
import type { Answer, Question, Task } from "./task.ts";
import { GrowingTrace } from "./trace-parts.ts";

const abortions = new Map<number, AbortController>();
/** The traces that the page sent, until it says that they can go. */
const traces = new Map<number, GrowingTrace>();

function answer(message: Answer): void {
  postMessage(message);
}

/** A turn of the event loop, without the 4 ms that nested timers wait. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function traceOf(id: number | null): GrowingTrace["trace"] | null {
  return id === null ? null : (traces.get(id)?.trace ?? null);
}

async function run(
  tasks: object,
  { id, name, input, trace }: Extract<Question, { kind: "ask" }>,
): Promise<void> {
  const abortion = new AbortController();
  abortions.set(id, abortion);
  const { signal } = abortion;
  try {
    const task: unknown = new Map(Object.entries(tasks)).get(name);
    if (typeof task !== "function") throw new TypeError(`the engine has no task ${name}`);
    const output = await (task as Task<unknown, unknown, unknown>)(input, {
      signal,
      trace: traceOf(trace),
      progress: (value) => answer({ id, kind: "progress", value }),
      async breathe(): Promise<void> {
        await turn();
        signal.throwIfAborted();
      },
    });
    answer({ id, kind: "done", output });
  } catch (error) {
    const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
    answer({ id, kind: "failed", name: kind, message });
  } finally {
    abortions.delete(id);
  }
}

/** Answers questions about `tasks`, which are functions by name, from now on. */
export function serve(tasks: object): void {
  addEventListener("message", ({ data }: MessageEvent<Question>) => {
    if (data.kind === "ask") void run(tasks, data);
    else if (data.kind === "cancel") abortions.get(data.id)?.abort();
    else if (data.kind === "forget") traces.delete(data.trace);
    else {
      const growing = traces.get(data.trace) ?? new GrowingTrace();
      traces.set(data.trace, growing);
      growing.add(data.part);
    }
  });
}
