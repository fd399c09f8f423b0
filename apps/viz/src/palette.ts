/**
 * Colours by number: one accent for values, by magnitude; a diverging scale for gradients, symmetric about 0. Classes of
 * style.css carry the colours, so that light, dark and print have their own.
 */

/** How many steps the gradients' scale has on either side of 0. */
export const gradientSteps = 5;
/** How many steps the values' scale has above 0. */
export const valueSteps = 5;

/** −5 to 5: the step of a gradient on a scale from −`largest` to `largest`; 0 only for what is 0. */
export function gradientStep(x: number, largest: number): number {
  if (x === 0 || Number.isNaN(x)) return 0;
  return Math.sign(x) * stepOf(Math.abs(x), largest, gradientSteps);
}

/** 0 to 5: the step of |x| on a scale from 0 to `largest`; 0 only for what is 0. */
export function valueStep(x: number, largest: number): number {
  return x === 0 || Number.isNaN(x) ? 0 : stepOf(Math.abs(x), largest, valueSteps);
}

// The square root spreads small magnitudes, which are most of a gradient.
function stepOf(size: number, largest: number, steps: number): number {
  if (!(size < largest)) return steps;
  return Math.max(1, Math.ceil(Math.sqrt(size / largest) * steps));
}

/** The name of an entry's colour: `g3`, `g-3`, `v2`, and `bad` for what is no finite number. */
export function colourClass(scale: "value" | "gradient", x: number, largest: number): string {
  if (!Number.isFinite(x)) return "bad";
  return scale === "value" ? `v${valueStep(x, largest)}` : `g${gradientStep(x, largest)}`;
}

/** All names of a scale from its lowest to its highest. */
export function colourClasses(scale: "value" | "gradient"): readonly string[] {
  if (scale === "value") return Array.from({ length: valueSteps + 1 }, (_, step) => `v${step}`);
  return Array.from({ length: 2 * gradientSteps + 1 }, (_, step) => `g${step - gradientSteps}`);
}
