/** A moment for whatever else waits: other messages, a frame. */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];

// One a message: whoever else waits does so in a task of its own.
channel.port1.onmessage = (): void => waiting.shift()?.();

/** Resolves as a task of its own, at once: a timer would wait four milliseconds and more. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
