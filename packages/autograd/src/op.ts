/**
 * The contract of an op: one forward function of tensors, and for each input one vector-Jacobian product (VJP) that is
 * itself written with ops, so that it can be differentiated again.
 */
import type { Tensor } from "@adjoint/tensor";
import type { Saved } from "./saved.ts";
import type { Value } from "./variable.ts";

/** The VJP of one input: the cotangent g of the output goes in, the cotangent of the input comes out. */
export interface VjpRule<A> {
  /** What is computed, for readers and for the inspector: x̄ is the cotangent of x, g that of the output y. */
  readonly formula: string;
  /** What the rule reads: inputs by position, or the output. Nothing else is kept alive by the tape. */
  readonly saves?: readonly (number | "output")[];
  /** x̄ = gᵀ·∂y/∂x. A result of the broadcast shape is summed back to x's shape by the sweep. */
  rule(g: Value, saved: Saved<A>): Value;
}

/** In place of a rule, where an input has no derivative: an index, a condition. */
export interface NotDifferentiable {
  readonly notDifferentiable: string;
}

/** The VJP of an op that takes any number of inputs alike: the rule is told which. */
export interface VariadicVjp<A> {
  readonly formula: string;
  readonly saves?: undefined;
  rule(g: Value, saved: Saved<A>, input: number): Value;
}

/** One rule for each input; a missing one does not compile. */
export type VjpRules<Inputs extends readonly Tensor[], A> = number extends Inputs["length"]
  ? VariadicVjp<A>
  : { readonly [K in keyof Inputs]: VjpRule<A> | NotDifferentiable };

/**
 * An op over `Inputs` with attributes `A` (axes, shapes, exponents: what is not differentiated).
 *
 * `vjp` holds the rules, or says why there are none (a comparison, a position).
 */
export interface OpDefinition<Inputs extends readonly Tensor[] = readonly Tensor[], A = undefined> {
  readonly name: string;
  /** The inputs are broadcast against each other, and cotangents summed back. */
  readonly broadcasts?: boolean;
  forward(inputs: Inputs, attributes: A): Tensor;
  readonly vjp: VjpRules<Inputs, A> | NotDifferentiable;
}

/** An op as the tape sees it, whatever its inputs and attributes. */
export interface AnyOp {
  readonly name: string;
  readonly broadcasts: boolean;
  /** Not differentiable at all, and why; undefined for all others. */
  readonly notDifferentiable: string | undefined;
  forward(inputs: readonly Tensor[], attributes: unknown): Tensor;
  /** What input `i`'s rule reads. */
  saves(input: number): readonly (number | "output")[];
  /** Input `i`'s formula, or why it has none. */
  formula(input: number): string;
  /** True if input `i` has a rule. */
  differentiable(input: number): boolean;
  /** Runs input `i`'s rule. */
  vjp(g: Value, saved: Saved<unknown>, input: number): Value;
}

/** An op with its types of inputs and attributes still known, as `apply` takes it. */
export interface Op<Inputs extends readonly Tensor[] = readonly Tensor[], A = undefined> extends AnyOp {
  /** Only for the compiler: the types of inputs and attributes. */
  readonly signature?: (inputs: Inputs, attributes: A) => void;
}

/** A rule as the tape runs it; `run` is null where there is none, and `formula` says why. */
interface Rule {
  readonly formula: string;
  readonly saves: readonly (number | "output")[];
  readonly run: VariadicVjp<unknown>["rule"] | null;
}

/** Makes an op of its contract. Pure: nothing is registered anywhere. */
export function defineOp<Inputs extends readonly Tensor[], A = undefined>(
  op: OpDefinition<Inputs, A>,
): Op<Inputs, A> {
  const stated: unknown = op.vjp;
  // The tape asks for each input of each node: worked out once here.
  const rules = Array.isArray(stated) ? stated.map(toRule) : null;
  const single = rules === null ? toRule(stated as VariadicVjp<unknown> | NotDifferentiable) : null;
  const ruleOf = (input: number): Rule => (single ?? rules?.[input]) as Rule;
  return {
    name: op.name,
    broadcasts: op.broadcasts ?? false,
    notDifferentiable: "notDifferentiable" in op.vjp ? op.vjp.notDifferentiable : undefined,
    forward: op.forward as AnyOp["forward"],
    saves: (input) => ruleOf(input).saves,
    formula: (input) => ruleOf(input).formula,
    differentiable: (input) => ruleOf(input).run !== null,
    vjp(g, saved, input) {
      const { run } = ruleOf(input);
      if (run === null) throw new TypeError(`${op.name} has no VJP for input ${input}`);
      return run(g, saved, input);
    },
  };
}

function toRule(stated: VjpRule<unknown> | VariadicVjp<unknown> | NotDifferentiable): Rule {
  if ("notDifferentiable" in stated) return { formula: stated.notDifferentiable, saves: [], run: null };
  return { formula: stated.formula, saves: stated.saves ?? [], run: stated.rule };
}
