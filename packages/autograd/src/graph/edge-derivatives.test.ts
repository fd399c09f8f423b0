import { customVjp, logSoftmax, matmul, mul, relu, sum, type Value, Variable } from "@adjoint/autograd";
import { edgeDerivatives, ReplayError, record, type Trace } from "@adjoint/autograd/graph";
import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

function float64(values: readonly number[], shape: readonly number[] = [values.length]): Variable {
  return new Variable(tensor(Float64Array.from(values), { shape }) as Tensor, { requiresGrad: true });
}

function traceOf(f: () => Value): Trace {
  return record(() => (sum(f()) as Variable).backward());
}

function idOf({ nodes }: Trace, op: string): number {
  return nodes.find((node) => node.op === op)?.id ?? -1;
}

describe("edgeDerivatives", () => {
  it("gives the other factors of a matrix product, where they meet the entry", () => {
    const trace = traceOf(() => matmul(float64([1, 2, 3, 4], [2, 2]), float64([5, 6, 7, 8], [2, 2])));
    const product = idOf(trace, "matmul");
    // y₀₀ and y₀₁ have a₀₁, times b₁₀ and b₁₁.
    expect([...edgeDerivatives(trace, product, 0, 1)]).toEqual([7, 8, 0, 0]);
    expect([...edgeDerivatives(trace, product, 1, 3)]).toEqual([0, 2, 0, 4]);
  });

  it("gives the column of a Jacobian that is full", () => {
    const trace = traceOf(() => logSoftmax(float64([0, 0, Math.log(2)])));
    const column = edgeDerivatives(trace, idOf(trace, "logSoftmax"), 0, 2);
    for (const [i, expected] of [-0.5, -0.5, 0.5].entries()) expect(column[i]).toBeCloseTo(expected, 15);
  });

  it("gives zeros where nothing moves, and tells the inputs of x · x apart", () => {
    const flat = traceOf(() => relu(float64([-1, 2])));
    expect([...edgeDerivatives(flat, 1, 0, 0)]).toEqual([0, 0]);
    const square = traceOf(() => {
      const x = float64([3, 4]);
      return mul(x, x);
    });
    expect([...edgeDerivatives(square, 1, 1, 1)]).toEqual([0, 4]);
  });

  it("refuses an input without gradient, an entry that is not there, and an op that is not the library's", () => {
    const trace = traceOf(() => mul(float64([1, 2]), 3));
    const product = idOf(trace, "mul");
    expect(() => edgeDerivatives(trace, product, 1, 0)).toThrow(
      `[edgeDerivatives] input is 1, and no gradient flows to it from node ${product}, mul. Give an input whose edge is tracked.`,
    );
    expect(() => edgeDerivatives(trace, product, 0, 2)).toThrow(
      "[edgeDerivatives] index is 2, and the input has 2 entries. Count from 0 in row-major order.",
    );
    const custom = customVjp(
      (x: Tensor) => x.mul(2),
      (g) => [mul(g, 2)],
    );
    const other = traceOf(() => custom(float64([1])));
    expect(() => edgeDerivatives(other, 1, 0, 0)).toThrow(ReplayError);
  });
});
