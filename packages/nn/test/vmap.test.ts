/** vmap over the modules, and on a backend that only records. */
import { grad, mul, sum, type Value, type Variable, vmap } from "@adjoint/autograd";
import { CrossEntropyLoss, Dropout, Linear, ReLU, Sequential } from "@adjoint/nn";
import { Generator, type Tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { Recording } from "./recording-backend.ts";

const data = new Generator(3);
const images = data.normal([6, 8]) as Tensor;
const labels = data.integers(0, 4, [6]) as Tensor;

function network(): Sequential {
  const generator = new Generator(1);
  return new Sequential(
    new Linear(8, 5, { generator }),
    new ReLU(),
    new Dropout(0.5, { generator: new Generator(2) }),
    new Linear(5, 4, { generator }),
  ) as Sequential;
}

describe("per-example gradients of a net", () => {
  it("are those of a loop, for every parameter", () => {
    const model = network();
    model.eval();
    const criterion = new CrossEntropyLoss();
    const parameters = [...model.parameters()];
    const gradients = (x: Tensor, y: Tensor): Variable[] =>
      grad(criterion.forward(model.forward(x) as Variable, y) as Variable, parameters);
    const each = vmap(gradients)(images, labels);
    for (let i = 0; i < 6; i++) {
      const alone = gradients(images.slice(i) as Tensor, labels.slice(i) as Tensor);
      for (const [p, expected] of alone.entries()) {
        const actual = (each[p] as Variable).value.slice(i).toTypedArray();
        for (const [j, y] of expected.value.toTypedArray().entries()) {
          expect(Math.abs((actual[j] ?? Number.NaN) - y)).toBeLessThan(1e-6);
        }
      }
    }
  });
});

describe("vmap while a program is recorded", () => {
  it("replays to eager's bits", () => {
    const f = (x: Value): Value => sum(mul(x, x));
    const gradient = vmap(grad(f) as (x: Value) => Variable);
    const recording = new Recording();
    const input = recording.input([6, 8], "float32");
    const result = recording.record(() => gradient(input));
    const replayed = recording.replay(new Map([[input, images]]), result.value);
    expect([...replayed.toTypedArray()]).toEqual([...gradient(images).value.toTypedArray()]);
  });
});
