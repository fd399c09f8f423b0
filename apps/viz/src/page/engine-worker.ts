/** The engine: the library in a worker, which answers the page's questions one after another. */
import type { Trace } from "@adjoint/autograd/graph";
import type { Answer, Question, Task } from "../engine/task.ts";
import { tasks } from "../engine/tasks.ts";

const abortions = new Map<number, AbortController>();
const traces = new Map<number, Trace>();

/** So many traces are kept, the latest: one that is looked at, and one that it is compared with. */
const keptTraces = 2;

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

async function run({ id, name, input, trace }: Extract<Question, { kind: "ask" }>): Promise<void> {
  const abortion = new AbortController();
  abortions.set(id, abortion);
  const { signal } = abortion;
  try {
    const task: unknown = Object.hasOwn(tasks, name) ? tasks[name as keyof typeof tasks] : undefined;
    if (typeof task !== "function") throw new TypeError(`the engine has no task ${name}`);
    const output = await (task as Task<unknown, unknown, unknown>)(input, {
      signal,
      trace: trace === null ? null : (traces.get(trace) ?? null),
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

addEventListener("message", ({ data }: MessageEvent<Question>) => {
  if (data.kind === "ask") void run(data);
  else if (data.kind === "cancel") abortions.get(data.id)?.abort();
  else {
    traces.set(data.trace, data.body);
    for (const old of [...traces.keys()].slice(0, -keptTraces)) traces.delete(old);
  }
});
