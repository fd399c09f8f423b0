import { checkOptions } from "@adjoint/tensor";
import { type GradOptions, grad as gradientsOf } from "../backward.ts";
import type { Value, Variable } from "../variable.ts";
import {
  type Argnums,
  type ArgnumsOption,
  differentiate,
  type Givens,
  type GradientsAt,
} from "./value-and-grad.ts";

/**
 * Of a function: its gradient, as a function of the same arguments. `valueAndGrad` gives the value too, and says more.
 *
 * Of Variables: d(outputs)/d(inputs), weighted by `gradients` and summed over the outputs; no `grad` is touched.
 *
 * @param f gives one floating-point number, or with hasAux `[value, aux]`; then the result is `[gradients, aux]`.
 * @returns of a function: a function. Of Variables: one Variable for each input (null for an unused one with
 * allowUnused), of the input's shape.
 * @throws {GradientError} as `backward`; if an input is not tracked or not used.
 * @throws {ArgumentError} in the call of a gradient function, as `valueAndGrad`.
 * @example grad((x: Variable) => sum(mul(x, x)))(variable([3, 4]))   // [6, 8]
 * @example ((x: Variable) => grad(sum(mul(x, x)), [x]))(variable([3, 4]))   // [[6, 8]]
 */
export function grad<A extends readonly unknown[], Y extends Value, Aux, const N extends Argnums = 0>(
  f: (...args: A) => readonly [value: Y, aux: Aux],
  options: ArgnumsOption<N> & { readonly hasAux: true },
): (...args: Givens<A>) => [gradients: GradientsAt<A, N>, aux: Aux];
export function grad<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => Value,
  options?: ArgnumsOption<N> & { readonly hasAux?: false },
): (...args: Givens<A>) => GradientsAt<A, N>;
export function grad(
  outputs: Variable | readonly Variable[],
  inputs: readonly Variable[],
  options: GradOptions & { readonly allowUnused: true },
): (Variable | null)[];
export function grad(
  outputs: Variable | readonly Variable[],
  inputs: readonly Variable[],
  options?: GradOptions,
): Variable[];
export function grad(
  subject: Variable | readonly Variable[] | ((...args: never[]) => unknown),
  second?: readonly Variable[] | (ArgnumsOption & { readonly hasAux?: boolean }),
  options?: GradOptions,
): unknown {
  if (typeof subject !== "function") {
    return gradientsOf(subject, (second ?? []) as readonly Variable[], options);
  }
  const settings = (second ?? {}) as ArgnumsOption & { readonly hasAux?: boolean };
  checkOptions("grad", settings, ["argnums", "hasAux"]);
  return (...args: unknown[]): unknown => {
    const [, gradients, aux] = differentiate("grad", subject, args, settings);
    return settings.hasAux ? [gradients, aux] : gradients;
  };
}
