import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { watchInterrupt } from "./interrupt.ts";

describe("watchInterrupt", () => {
  it("asks for an end at the first Ctrl-C, and quits at the second", () => {
    const signals = new EventEmitter();
    let [time, quits] = [1000, 0];
    const watch = watchInterrupt(
      signals,
      () => {
        quits += 1;
      },
      () => time,
    );
    expect(watch.signal.aborted).toBe(false);
    signals.emit("SIGINT");
    expect(watch.signal.aborted).toBe(true);
    time += 100;
    signals.emit("SIGINT");
    expect(quits).toBe(0);
    time += 400;
    signals.emit("SIGINT");
    expect(quits).toBe(1);
  });

  it("leaves no listener behind", () => {
    const signals = new EventEmitter();
    const watch = watchInterrupt(signals, () => undefined);
    watch.release();
    expect(signals.listenerCount("SIGINT")).toBe(0);
  });
});
