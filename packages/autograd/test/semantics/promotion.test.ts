/** Line 30 of the semantics: dtypes of results, negative axes, 0-d and 0-size arrays, as in PyTorch. */
import {
  concat,
  linear,
  matmul,
  max,
  mean,
  softmax,
  stack,
  sum,
  type Value,
  variable,
} from "@adjoint/autograd";
import { type DType, DTypeError, ones, type Tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { opNamed, readCases } from "../pytorch-cases.ts";

/** An op, the dtypes of its operands or a number, and the dtype that PyTorch gives. */
type Row = readonly [op: string, ...operands: (DType | number)[], result: DType];

const categories: Readonly<Record<DType, number>> = { bool: 0, uint8: 1, int32: 1, float32: 2, float64: 2 };

/** Why we refuse what PyTorch takes, or null. */
function refusal([op, a, b]: Row, result: DType): string | null {
  if (
    typeof b === "number" &&
    categories[result] > categories[a as DType] &&
    op !== "div" &&
    op !== "equal"
  ) {
    return "a number never raises a tensor's category";
  }
  return op === "add" && a === "bool" && b === "bool" ? "of two bools one wants or" : null;
}

describe("30. promotion, bool < uint8 < int32 < float32 < float64", () => {
  for (const row of readCases<Row>("promotion.json")) {
    const [op, ...operands] = row.slice(0, -1) as [string, ...(DType | number)[]];
    const result = row.at(-1) as DType;
    const run = (): Value =>
      opNamed(op)(...operands.map((x) => (typeof x === "number" ? x : ones([2], { dtype: x })))) as Value;
    const reason = refusal(row, result);
    const title = `30. ${op} of ${operands.join(" and ")}`;
    if (reason === null) it(`${title} is ${result}`, () => expect(run().dtype).toBe(result));
    else it(`${title} is refused: ${reason}`, () => expect(run).toThrow(DTypeError));
  }
});

describe("axes", () => {
  const x = variable([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("30. negative ones count from the end, in every kind of op", () => {
    const same: [Value, Value][] = [
      [sum(x, -1), sum(x, 1)],
      [max(x, -2), max(x, 0)],
      [softmax(x, -2), softmax(x, 0)],
      [concat([x, x], -1), concat([x, x], 1)],
      [stack([x, x], -1), stack([x, x], 2)],
    ];
    for (const [a, b] of same) expect(a.toArray()).toEqual(b.toArray());
  });

  it("30. beyond the rank they are refused, on both sides", () => {
    expect(() => sum(x, 2 as number)).toThrow("[sum]");
    expect(() => sum(x, -3 as number)).toThrow("[sum]");
  });

  it("30. a 0-d array has none, and reduces to itself", () => {
    const number = variable(7);
    expect([sum(number), mean(number), max(number)].map((y) => [y.shape, y.item()])).toEqual([
      [[], 7],
      [[], 7],
      [[], 7],
    ]);
    expect(softmax(number).item()).toBe(1);
  });

  it("30. of size 0: sums along it are 0, products over it are 0, and gradients are empty", () => {
    const empty = variable([]);
    sum(empty).backward();
    expect(empty.grad?.shape).toEqual([0]);
    expect(sum(zeros([0, 2]), 0).toArray()).toEqual([0, 0]);
    expect(matmul(zeros([2, 0]), zeros([0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect((linear(zeros([0, 3]), zeros([2, 3])) as Tensor).shape).toEqual([0, 2]);
  });
});
