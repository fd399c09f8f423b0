/** Counts and sizes that users give. */
import { ArgumentError, formatShape } from "@adjoint/tensor";

/**
 * Refuses what is no whole number of at least `least`, alone or in a list.
 *
 * @throws {ArgumentError} naming the argument and its value.
 */
export function checkWhole(
  op: string,
  argument: string,
  value: number | readonly number[],
  least: number,
): void {
  const list = typeof value === "number" ? [value] : value;
  if (list.every((one) => Number.isSafeInteger(one) && one >= least)) return;
  const shown = typeof value === "number" ? String(value) : formatShape(value);
  const what = typeof value === "number" ? "a whole number" : "whole numbers";
  throw new ArgumentError(op, argument, `${argument} is ${shown}.`, `Give ${what} of at least ${least}.`);
}
