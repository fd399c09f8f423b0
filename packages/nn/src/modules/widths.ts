import { ArgumentError } from "@adjoint/tensor";

/** Refuses widths that are not whole numbers of at least 1. @throws {ArgumentError} naming the first. */
export function checkWidths(op: string, widths: Readonly<Record<string, number>>): void {
  for (const [argument, width] of Object.entries(widths)) {
    if (Number.isSafeInteger(width) && width >= 1) continue;
    const remedy = "Give a whole number of at least 1.";
    throw new ArgumentError(op, argument, `${argument} is ${width}.`, remedy);
  }
}
