import { ArgumentError, full, Tensor } from "@adjoint/tensor";
import { apply } from "../apply.ts";
import { noGrad } from "../mode.ts";
import type { AnyOp } from "../op.ts";
import type { Saved } from "../saved.ts";
import type { Value } from "../variable.ts";
import { isTracked } from "./primals.ts";
import { isValue } from "./tree.ts";

/** What a custom rule may read of the forward pass. */
export interface ForwardPass<Inputs extends readonly Tensor[] = readonly Tensor[]> {
  readonly inputs: { readonly [K in keyof Inputs]: Value };
  readonly output: Value;
}

/** A VJP for all inputs at once: the cotangent of each, or null where it is zero. */
export type CustomRule<Inputs extends readonly Tensor[] = readonly Tensor[]> = (
  g: Value,
  pass: ForwardPass<Inputs>,
) => readonly (Value | null)[];

/**
 * A function with a VJP of its own, in place of the one that its ops would have: a derivative that is to be had more
 * cheaply or more accurately than by the chain rule, or one that shall be another (a straight-through estimator).
 *
 * @param forward from Tensors to one Tensor; nothing in it is recorded, and what it closes over is a constant.
 * @param rule from the cotangent g of the output to a list with the cotangent of each input, of its shape, or null for
 * zeros. Written with ops, it can be differentiated in its turn.
 * @returns a function of Values; a Variable among them gives a Variable.
 * @throws {ArgumentError} in the backward pass, if rule does not give one Value or null for each input.
 * @throws {GradientError} in the backward pass, if one has another shape than its input.
 * @example grad(customVjp((x: Tensor) => x.round(), (g) => [g]))(variable(1.4))   // 1
 */
export function customVjp<Inputs extends readonly Tensor[]>(
  forward: (...inputs: Inputs) => Tensor,
  rule: CustomRule<Inputs>,
): (...inputs: { readonly [K in keyof Inputs]: Value }) => Value {
  const run = (inputs: readonly Tensor[]): Tensor => noGrad(() => forward(...(inputs as Inputs)));
  const name = forward.name === "" ? "customVjp" : forward.name;
  return (...inputs) => apply(opOf(name, run, rule as CustomRule, inputs), inputs);
}

/** The op of one application, to `values`. */
function opOf(
  name: string,
  forward: (inputs: readonly Tensor[]) => Tensor,
  rule: CustomRule,
  values: readonly Value[],
): AnyOp {
  const positions = [...values.keys()];
  const tracked = positions.filter((i) => isTracked(values[i] as Value));
  // The sweep asks for one input after the other; the rule runs for the first of them and answers for all.
  let asked: { readonly saved: Saved<unknown>; readonly g: Value; readonly left: Map<number, Value> } | null =
    null;
  return {
    name,
    broadcasts: false,
    notDifferentiable: undefined,
    forward,
    saves: () => [...positions, "output"],
    formula: () => "x̄ as its customVjp says",
    differentiable: () => true,
    vjp(g, saved, input) {
      if (asked === null || asked.saved !== saved || asked.g !== g || !asked.left.has(input)) {
        const inputs = positions.map((i) => saved.input(i));
        const cotangents = rule(g, { inputs, output: saved.output() });
        checkCotangents(name, cotangents, inputs);
        const left = tracked.map((i) => [i, cotangents[i] ?? zerosLike(inputs[i] as Value)] as const);
        asked = { saved, g, left: new Map(left) };
      }
      const cotangent = asked.left.get(input) as Value;
      asked.left.delete(input);
      if (asked.left.size === 0) asked = null;
      // The rule may have given what others hold too; gradients need memory of their own.
      return cotangent instanceof Tensor ? cotangent.copy() : cotangent;
    },
  };
}

function zerosLike({ shape, dtype }: Value): Tensor {
  return full([], 0, { dtype }).expand(shape);
}

function checkCotangents(op: string, given: readonly (Value | null)[], inputs: readonly Value[]): void {
  if (Array.isArray(given) && given.length === inputs.length) {
    if (given.every((each) => each === null || isValue(each))) return;
  }
  const what = Array.isArray(given) ? `a list of ${given.length}` : typeof given;
  throw new ArgumentError(
    op,
    "rule",
    `the rule of customVjp gave ${what} for ${inputs.length} inputs.`,
    "Return a list with one Tensor, Variable or null for each input.",
  );
}
