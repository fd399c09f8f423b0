// The reader of bench/live.ts, in a process of its own: notes when each step's event comes, and comes back when a run gives way
// to the next.
process.on("disconnect", () => process.exit());
for (;;) {
  const { body } = await fetch(process.argv[2]);
  let text = "";
  let run = "";
  for await (const chunk of body ?? []) {
    const now = performance.timeOrigin + performance.now();
    text += Buffer.from(chunk).toString("utf8");
    const end = text.lastIndexOf("\n\n") + 2;
    const whole = text.slice(0, end);
    text = text.slice(end);
    run = /"id": "(.+?)"/.exec(whole)?.[1] ?? run;
    const ids = Array.from(whole.matchAll(/^id: (\d+)$/gm), ([, id]) => Number(id));
    process.send?.({ run, ids, now });
  }
}
