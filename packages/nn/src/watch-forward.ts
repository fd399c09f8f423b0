/** Watching the calls of modules without a word of it in the modules. */
import type { Module } from "./module.ts";

/** Runs `forward`, the call of `part` with its arguments, exactly once, and gives back what it gives. */
export type AroundForward = <T>(part: Module, forward: () => T) => T;

/**
 * Runs `body` while `around` stands around every call of the parts' forward methods. Each method is watched by an own
 * property that stands before it for as long as body runs; all is as it was afterwards, also after an exception.
 */
export function watchForward<R>(parts: readonly Module[], around: AroundForward, body: () => R): R {
  const before = parts.map((part) => Object.getOwnPropertyDescriptor(part, "forward"));
  for (const part of parts) {
    const forward = part.forward;
    const value = (...args: unknown[]): unknown => around(part, () => Reflect.apply(forward, part, args));
    Object.defineProperty(part, "forward", { value, configurable: true });
  }
  try {
    return body();
  } finally {
    for (const [i, part] of parts.entries()) {
      const own = before[i];
      if (own === undefined) Reflect.deleteProperty(part, "forward");
      else Object.defineProperty(part, "forward", own);
    }
  }
}
