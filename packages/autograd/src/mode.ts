/** Whether operations are recorded on the tape. */

/** How many noGrad scopes are open, those of pending promises included. */
let open = 0;

/** True outside every `noGrad`. */
export function isGradEnabled(): boolean {
  return open === 0;
}

/**
 * Runs `body` without recording: its results require no gradient, and may be used in later graphs as constants.
 *
 * Scopes nest and end with an exception too. If `body` returns a promise, the scope stays open until the promise
 * settles, over every await inside; JavaScript has no thread of control to bind it to, so code that runs elsewhere
 * in between is not recorded either.
 *
 * @example
 * const accuracy = noGrad(() => evaluate(model, test));
 */
export function noGrad<R>(body: () => R): R {
  open++;
  let pending = false;
  try {
    const result = body();
    if (result instanceof Promise) {
      pending = true;
      const close = (): void => {
        open--;
      };
      // The caller gets the very promise that body made, so that a rejection is still theirs to handle.
      result.then(close, close);
    }
    return result;
  } finally {
    if (!pending) open--;
  }
}

/**
 * Runs `body` with recording on, inside a noGrad or inside a hook of a backward pass without createGraph.
 *
 * The scope ends when `body` returns: after the first await of an async body it is over.
 *
 * @example
 * noGrad(() => enableGrad(() => mul(x, x)).requiresGrad); // true
 */
export function enableGrad<R>(body: () => R): R {
  const outer = open;
  open = 0;
  try {
    return body();
  } finally {
    // Added, not set: body may have opened a noGrad that waits for its promise.
    open += outer;
  }
}
