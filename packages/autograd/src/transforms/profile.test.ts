import { type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../test/describe-op.ts";
import {
  type Cost,
  checkpoint,
  matmul,
  profile,
  relu,
  sum,
  tanh,
  type Value,
  type Variable,
  variable,
  vmap,
} from "../index.ts";

/** A clock that advances by a millisecond each time it is read. */
function ticking(): () => number {
  let time = 0;
  return () => time++;
}

const x = tensor([
  [1, 2],
  [3, 4],
]) as Tensor;
const w = variable([
  [1, 2, 3],
  [4, 5, 6],
]);
const step = (): Variable => {
  const loss = sum(relu(tanh(matmul(x, w)))) as Variable;
  loss.backward();
  w.zeroGrad();
  return loss;
};
const rowOf = (rows: readonly Cost[], op: string): Cost | undefined => rows.find((row) => row.op === op);

describe("profile", () => {
  it("counts calls, time and saved bytes of each op", () => {
    const { result, ops, total } = profile(step, { now: ticking() });
    expect(result.shape).toEqual([]);
    // tanh saves its output and relu its own, matmul x: its other rule does not run.
    expect(rowOf(ops, "matmul")).toEqual({ op: "matmul", calls: 1, forward: 1, backward: 1, savedBytes: 16 });
    expect(rowOf(ops, "tanh")).toEqual({ op: "tanh", calls: 1, forward: 1, backward: 1, savedBytes: 24 });
    expect(rowOf(ops, "sum")).toEqual({ op: "sum", calls: 1, forward: 1, backward: 1, savedBytes: 0 });
    expect(total).toBeGreaterThanOrEqual(8);
  });

  it("tells it of each node too, in the order of recording", () => {
    const { nodes } = profile(step, { now: ticking() });
    expect(nodes.map(({ op, calls, forward, backward }) => [op, calls, forward, backward])).toEqual([
      ["matmul", 1, 1, 1],
      ["tanh", 1, 1, 1],
      ["relu", 1, 1, 1],
      ["sum", 1, 1, 1],
    ]);
  });

  it("counts memory that several nodes save once, all examples of a vmap, and what a checkpoint keeps", () => {
    const forward = (f: (x: Value) => Value): number => {
      const { ops } = profile(() => sum(f(f(w))), { now: ticking() });
      return ops.reduce((bytes, { savedBytes }) => bytes + savedBytes, 0);
    };
    expect(forward((v) => tanh(v))).toBe(48);
    expect(forward(checkpoint((v: Value) => tanh(v)))).toBe(0);
    expect(forward(vmap((v: Value) => tanh(v)))).toBe(48);
  });

  it("prints a table, the most expensive op first", () => {
    expect(String(profile(step, { now: ticking() }))).toBe(
      [
        "op       calls  forward ms  backward ms  saved bytes",
        "matmul       1       1.000        1.000           16",
        "tanh         1       1.000        1.000           24",
        "relu         1       1.000        1.000           24",
        "sum          1       1.000        1.000            0",
        "all ops      4       4.000        4.000           64",
        "from beginning to end 17.000 ms",
      ].join("\n"),
    );
  });

  it("refuses unknown options", () => {
    expect(messageOf(() => profile(step, { clock: 1 } as never))).toBe(
      '[profile] unknown option "clock". Known options: now.',
    );
  });
});
