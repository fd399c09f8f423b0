/** Indices of a trace, which are made when they are first asked for and kept as long as the trace is. */
import type { Trace } from "@adjoint/autograd/graph";

/** `make`, called once for each trace. A trace does not change. */
export function oncePerTrace<T extends object>(make: (trace: Trace) => T): (trace: Trace) => T {
  const known = new WeakMap<Trace, T>();
  return (trace) => {
    const made = known.get(trace) ?? make(trace);
    known.set(trace, made);
    return made;
  };
}
