/**
 * The op contract at the level of types: a missing rule does not compile. `tsc` checks the directives; the tests see to
 * it that the well-formed ones beside them work.
 */
import {
  apply,
  defineOp,
  grad,
  mul,
  neg,
  type Op,
  type OpDefinition,
  Variable,
  variable,
} from "@adjoint/autograd";
import { concat, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

type Pair = [Tensor, Tensor];
const multiply = { name: "multiply", forward: ([a, b]: Pair): Tensor => a.mul(b) };
const byB = { formula: "ā = g · b", saves: [1], rule: (g, saved) => mul(g, saved.input(1)) } satisfies Rule;
const byA = { formula: "b̄ = g · a", saves: [0], rule: (g, saved) => mul(g, saved.input(0)) } satisfies Rule;
type Rule = OpDefinition<[Tensor]>["vjp"] extends infer Rules
  ? Exclude<Rules extends readonly [infer One] ? One : never, { readonly notDifferentiable: string }>
  : never;

// @ts-expect-error An op of two inputs with one rule.
const oneMissing: OpDefinition<Pair> = { ...multiply, vjp: [byB] };
// @ts-expect-error No rules at all, and no word why.
const allMissing: OpDefinition<Pair> = { ...multiply };
// @ts-expect-error A rule too many.
const tooMany: OpDefinition<Pair> = { ...multiply, vjp: [byB, byA, byA] };
// @ts-expect-error A rule without its formula.
const noFormula: OpDefinition<Pair> = { ...multiply, vjp: [byB, { rule: (g) => g }] };
// @ts-expect-error The wrong rules for an op of any number of inputs: it takes one, which is told the input.
const variadic: OpDefinition<readonly Tensor[]> = { name: "join", forward: (all) => concat(all), vjp: [byB] };
// @ts-expect-error defineOp asks for the same.
export const undefinable = (): unknown => defineOp<Pair>({ ...multiply, vjp: [byB] });

describe("the op contract", () => {
  const complete: Op<Pair> = defineOp<Pair>({ ...multiply, vjp: [byB, byA] });
  const half: Op<Pair> = defineOp<Pair>({ ...multiply, vjp: [byB, { notDifferentiable: "a mask" }] });

  it("is complete with one rule for each input", () => {
    const [a, b] = [variable(3), variable(5)];
    const y = apply(complete, [a, b]) as Variable;
    expect(grad(y, [a, b]).map((g) => g.item())).toEqual([5, 3]);
  });

  it("may say of an input that it has none, and why", () => {
    const [a, b] = [variable(3), variable(5)];
    const y = apply(half, [a, b]) as Variable;
    expect(grad(y, [a, b], { allowUnused: true }).map((g) => g?.item() ?? null)).toEqual([5, null]);
    expect([half.differentiable(1), half.formula(1), half.saves(1)]).toEqual([false, "a mask", []]);
  });

  it("a result that depends on tracked inputs only without derivative is not tracked, and says so", () => {
    const y = apply(half, [new Variable(tensor(3)), variable(5)]) as Variable;
    expect([y.requiresGrad, y.untrackedReason]).toEqual([
      false,
      'it was made by "multiply", which is not differentiable in the inputs that require grad',
    ]);
  });

  it("checks inputs and attributes where an op is applied", () => {
    const scale = defineOp<[Tensor], number>({
      name: "scale",
      forward: ([x], factor) => x.mul(factor),
      vjp: [{ formula: "x̄ = g · factor", rule: (g, { attributes }) => mul(g, attributes) }],
    });
    expect(grad(apply(scale, [variable(2)], 7) as Variable, [variable(1)], { allowUnused: true })).toEqual([
      null,
    ]);
    // @ts-expect-error Without its attribute.
    expect(() => apply(scale, [variable(2)]).item()).not.toThrow(SyntaxError);
    // @ts-expect-error With one input too few.
    expect(() => apply(complete, [variable(2)])).toThrow();
  });

  it("rules are ops themselves: a rule's result is tracked under createGraph", () => {
    const negate = defineOp<[Tensor]>({
      name: "negate",
      forward: ([x]) => x.neg(),
      vjp: [{ formula: "x̄ = −g", rule: (g) => neg(g) }],
    });
    const x = variable(2);
    const [g] = grad(mul(apply(negate, [x]) as Variable, x), [x], { createGraph: true });
    expect([g?.item(), g?.requiresGrad]).toEqual([-4, true]);
  });

  it("the ill-formed ones above are only looked at by the compiler", () => {
    expect([oneMissing, allMissing, tooMany, noFormula, variadic].length).toBe(5);
  });
});
