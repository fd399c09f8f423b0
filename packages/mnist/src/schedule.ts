import { type Curve, cosineAnnealingLR, linearLR } from "@adjoint/nn";
import type { Schedule } from "./options.ts";

/** The learning rate over a training of `steps` steps: half a cosine or a line down to 0, or level. */
export function curveOf(schedule: Schedule, steps: number): Curve {
  if (schedule === "cosine") return cosineAnnealingLR({ tMax: steps });
  if (schedule === "linear") return linearLR({ startFactor: 1, endFactor: 0, totalIters: steps });
  return { rate: (_, base) => base };
}
