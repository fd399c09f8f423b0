// The reader of bench/live.ts, in a process of its own: notes when each step's event comes, and after a run waits for the next.
import { setTimeout as pause } from "node:timers/promises";

process.on("disconnect", () => process.exit());

const address = process.argv[2];
let ended = "";
for (;;) {
  const info = await fetch(new URL("info", address));
  const run = info.ok ? (await info.json()).id : ended;
  if (run === ended) await pause(20);
  else {
    await readEvents(run);
    ended = run;
  }
}

async function readEvents(run) {
  const { body } = await fetch(address);
  let text = "";
  for await (const chunk of body) {
    const now = performance.timeOrigin + performance.now();
    text += Buffer.from(chunk).toString("utf8");
    const end = text.lastIndexOf("\n\n") + 2;
    const ids = Array.from(text.slice(0, end).matchAll(/^id: (\d+)$/gm), ([, id]) => Number(id));
    text = text.slice(end);
    process.send?.({ run, ids, now });
  }
}
