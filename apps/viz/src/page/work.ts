/** What the page still has to do, so that tests wait for it instead of sleeping. */

let running = 0;
let waiting: (() => void)[] = [];

/** Counts `task` as work of the page until it is settled. */
export async function during<T>(task: Promise<T>): Promise<T> {
  running++;
  try {
    return await task;
  } finally {
    running--;
    if (running === 0) {
      const all = waiting;
      waiting = [];
      for (const wake of all) wake();
    }
  }
}

/** Resolves when nothing is under way: no reading, no layout, no drawing. */
export function idle(): Promise<void> {
  return running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
}

/** A page that the browser gives no frames goes on after so many milliseconds. */
const longestWait = 200;

/** Resolves before the next frame is painted, or soon if the browser paints none, such as of a page that is hidden. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(), document.hidden ? 0 : longestWait);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
