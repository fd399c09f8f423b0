/** A moment for whatever else waits: other messages, a frame. */

const channel = new MessageChannel();
let waiting: (() => void)[] = [];

channel.port1.onmessage = (): void => {
  const all = waiting;
  waiting = [];
  for (const go of all) go();
};

/** Resolves as a task of its own, at once: a timer would wait four milliseconds and more. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
