/** What convolutions, pools, orders and running totals compute goes through the Backend contract, to the last primitive. */
import {
  conv2d,
  cumprod,
  cumsum,
  grad,
  maxPool2d,
  median,
  mul,
  sort,
  sum,
  type Value,
  Variable,
} from "@adjoint/autograd";
import { Generator, type Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { Recording } from "./recording-backend.ts";

const generator = new Generator(5);

/** A loss and its gradients in both arguments, under createGraph, so that second order is recorded as well. */
function gradients(f: (x: Value, w: Value) => Value, x: Tensor, w: Tensor): Tensor {
  const inputs = [x, w].map((value) => new Variable(value, { requiresGrad: true }));
  const [xs, ws] = inputs as [Variable, Variable];
  const y = f(xs, ws);
  const first = grad(sum(mul(y, y)) as Variable, inputs, { createGraph: true });
  const [gradient] = grad(sum(mul(first[0] as Variable, first[0] as Variable)) as Variable, [ws]);
  return (gradient as Variable).value;
}

describe("a recorded gradient of a gradient", () => {
  it.each([
    [
      "conv2d and maxPool2d",
      (x: Value, w: Value) => maxPool2d(conv2d(x, w, { stride: 2, padding: 1 }), 2, { padding: 1 }),
    ],
    [
      "sort, median and running totals",
      (x: Value, w: Value) => {
        const y = cumprod(cumsum(sort(mul(x, sum(w))).values, 1), 2);
        return mul(y, median(w));
      },
    ],
  ])("of %s replays to eager's bits", (_, f) => {
    const [x, w] = [generator.normal([2, 3, 5, 5]), generator.normal([4, 3, 3, 3])] as [Tensor, Tensor];
    const recording = new Recording();
    const [xs, ws] = [recording.input(x.shape, "float32"), recording.input(w.shape, "float32")];
    const result = recording.record(() => gradients(f, xs, ws));
    for (const scale of [1, -2]) {
      const [left, right] = [x.mul(scale), w.mul(scale)] as [Tensor, Tensor];
      const inputs = new Map([
        [xs, left],
        [ws, right],
      ]);
      expect(recording.replay(inputs, result).toArray()).toEqual(gradients(f, left, right).toArray());
    }
  });
});
