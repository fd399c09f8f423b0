/** einsum against the sum that its subscripts are, over random subscripts and shapes. */
import { einsum, grad, mul, sum, tensorOf, Variable } from "@adjoint/autograd";
import { fromTypedArray, sizeOf, type Tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const letters = ["a", "b", "c", "d"];
const problem = fc
  .record({
    terms: fc.array(fc.array(fc.constantFrom(...letters), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    order: fc.shuffledSubarray(letters),
  })
  .map(({ terms, sizes, order }) => {
    const present = order.filter((letter) => terms.some((term) => term.includes(letter)));
    return {
      terms,
      output: present,
      sizeOfLetter: new Map(letters.map((letter, i) => [letter, sizes[i] ?? 1])),
    };
  });

function numbers(shape: readonly number[], seed: number): Tensor {
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + seed * 5) % 11) - 5);
  return fromTypedArray(values, shape);
}

describe("einsum", () => {
  it("and its gradients are the sums that the subscripts name", () => {
    fc.assert(
      fc.property(problem, ({ terms, output, sizeOfLetter }) => {
        const shapeOf = (term: readonly string[]): number[] =>
          term.map((letter) => sizeOfLetter.get(letter) ?? 1);
        const operands = terms.map((term, i) => numbers(shapeOf(term), i));
        const cotangent = numbers(shapeOf(output), 9);
        const expected = new Float64Array(cotangent.size);
        const gradients = operands.map((x) => new Float64Array(x.size));
        const used = letters.filter((letter) => terms.some((term) => term.includes(letter)));
        const visit = (index: Map<string, number>, left: readonly string[]): void => {
          const [letter, ...rest] = left;
          if (letter !== undefined) {
            for (let i = 0; i < (sizeOfLetter.get(letter) ?? 1); i++)
              visit(new Map(index).set(letter, i), rest);
            return;
          }
          const flat = (term: readonly string[]): number =>
            term.reduce((at, each) => at * (sizeOfLetter.get(each) ?? 1) + (index.get(each) ?? 0), 0);
          const factors = operands.map((x, i) => x.toTypedArray()[flat(terms[i] ?? [])] ?? 0);
          const at = flat(output);
          expected[at] = (expected[at] ?? 0) + factors.reduce((p, q) => p * q, 1);
          const g = cotangent.toTypedArray()[at] ?? 0;
          for (const [i, gradient] of gradients.entries()) {
            const own = flat(terms[i] ?? []);
            gradient[own] = (gradient[own] ?? 0) + factors.toSpliced(i, 1).reduce((p, q) => p * q, g);
          }
        };
        visit(new Map(), used);
        const xs = operands.map((x) => new Variable(x, { requiresGrad: true }));
        const subscripts: string = `${terms.map((term) => term.join("")).join(",")}->${output.join("")}`;
        const y = einsum(subscripts, ...xs);
        expect(y.shape).toEqual(cotangent.shape);
        expect(Array.from(tensorOf(y).toTypedArray(), (v) => v + 0)).toEqual(
          Array.from(expected, (v) => v + 0),
        );
        const found = grad(sum(mul(y, cotangent)) as Variable, xs);
        for (const [i, gradient] of gradients.entries()) {
          const actual = (found[i] as Variable).value.toTypedArray();
          expect(Array.from(actual, (v) => v + 0)).toEqual(Array.from(gradient, (v) => v + 0));
        }
      }),
      { numRuns: 100 },
    );
  });
});
