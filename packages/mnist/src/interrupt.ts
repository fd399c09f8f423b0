// Ctrl-C: the first asks for an orderly end, the second ends the process at once.

/** The part of `process` that is used, so that a test can stand in for it. */
export interface SignalSource {
  on(event: "SIGINT", listener: () => void): unknown;
  off(event: "SIGINT", listener: () => void): unknown;
}

/** A watch over Ctrl-C. */
export interface InterruptWatch {
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Ends the watch; Ctrl-C is again what it was before. */
  readonly release: () => void;
}

// npm hands the signal on to its child, which has had it from the terminal already: one key press arrives twice.
const samePressMilliseconds = 400;

/**
 * Watches for Ctrl-C.
 *
 * @param quit called by a second Ctrl-C, 0.4 s or more after the first
 * @param now the clock, in milliseconds
 */
export function watchInterrupt(
  signals: SignalSource,
  quit: () => void,
  now: () => number = () => performance.now(),
): InterruptWatch {
  const controller = new AbortController();
  let first: number | null = null;
  const listener = (): void => {
    if (first === null) {
      first = now();
      controller.abort();
    } else if (now() - first >= samePressMilliseconds) {
      quit();
    }
  };
  signals.on("SIGINT", listener);
  return { signal: controller.signal, release: () => signals.off("SIGINT", listener) };
}
