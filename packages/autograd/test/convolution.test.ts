/** Convolutions against loops that follow the formula, over random geometries. */

import { conv2d, convTranspose2d, grad, mul, sum, tensorOf, Variable } from "@adjoint/autograd";
import { fromTypedArray, sizeOf, type Tensor } from "@adjoint/tensor";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

interface Axis {
  readonly k: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  /** Places of the kernel. */
  readonly places: number;
  /** Elements after the last place. */
  readonly left: number;
}

const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const axis: fc.Arbitrary<Axis> = fc.record({
  k: small(1, 3),
  stride: small(1, 3),
  padding: small(0, 2),
  dilation: small(1, 2),
  places: small(1, 3),
  left: small(0, 2),
});
const geometry = fc.record({
  vertical: axis,
  horizontal: axis,
  images: small(1, 2),
  groups: small(1, 2),
  inputs: small(1, 2),
  outputs: small(1, 2),
});

/** Elements that the places of the kernel reach over, and those left over that are fewer than a stride. */
function sizeOfAxis({ k, stride, padding, dilation, places, left }: Axis): number {
  return (places - 1) * stride + dilation * (k - 1) + 1 + Math.min(left, stride - 1) - 2 * padding;
}

/** Whole numbers that do not repeat soon. */
function numbers(shape: readonly number[], seed: number): Tensor {
  const values = Float64Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + seed * 5) % 11) - 5);
  return fromTypedArray(values, shape);
}

function at(x: Tensor, ...index: number[]): number {
  return x.slice(...index).item();
}

describe("conv2d", () => {
  it("and both its gradients follow the formula", () => {
    fc.assert(
      fc.property(geometry, ({ vertical, horizontal, images, groups, inputs, outputs }) => {
        const [height, width] = [sizeOfAxis(vertical), sizeOfAxis(horizontal)];
        fc.pre(height > 0 && width > 0);
        const x = numbers([images, groups * inputs, height, width], 1);
        const w = numbers([groups * outputs, inputs, vertical.k, horizontal.k], 2);
        const g = numbers([images, groups * outputs, vertical.places, horizontal.places], 3);
        const both = [vertical, horizontal];
        const options = {
          stride: both.map(({ stride }) => stride),
          padding: both.map(({ padding }) => padding),
          dilation: both.map(({ dilation }) => dilation),
          groups,
        };
        const y = new Float64Array(g.size);
        const gradientX = new Float64Array(x.size);
        const gradientW = new Float64Array(w.size);
        const flat = (shape: readonly number[], ...index: number[]): number =>
          index.reduce((sum, i, n) => sum * (shape[n] ?? 0) + i, 0);
        for (let n = 0; n < images; n++)
          for (let o = 0; o < groups * outputs; o++)
            for (let p = 0; p < vertical.places; p++)
              for (let q = 0; q < horizontal.places; q++)
                for (let c = 0; c < inputs; c++)
                  for (let i = 0; i < vertical.k; i++)
                    for (let j = 0; j < horizontal.k; j++) {
                      const channel = Math.floor(o / outputs) * inputs + c;
                      const row = p * vertical.stride + i * vertical.dilation - vertical.padding;
                      const column = q * horizontal.stride + j * horizontal.dilation - horizontal.padding;
                      if (row < 0 || row >= height || column < 0 || column >= width) continue;
                      const [pixel, weight, cotangent] = [
                        at(x, n, channel, row, column),
                        at(w, o, c, i, j),
                        at(g, n, o, p, q),
                      ];
                      const [yi, xi, wi] = [
                        flat(g.shape, n, o, p, q),
                        flat(x.shape, n, channel, row, column),
                        flat(w.shape, o, c, i, j),
                      ];
                      y[yi] = (y[yi] ?? 0) + pixel * weight;
                      gradientX[xi] = (gradientX[xi] ?? 0) + cotangent * weight;
                      gradientW[wi] = (gradientW[wi] ?? 0) + cotangent * pixel;
                    }
        const [xs, ws] = [x, w].map((value) => new Variable(value, { requiresGrad: true })) as [
          Variable,
          Variable,
        ];
        const actual = conv2d(xs, ws, options);
        expect(actual.shape).toEqual(g.shape);
        expect(Array.from(tensorOf(actual).toTypedArray())).toEqual(Array.from(y, (v) => v + 0));
        const [dx, dw] = grad(sum(mul(actual, g)) as Variable, [xs, ws]).map((v) =>
          Array.from(v.value.toTypedArray(), (e) => e + 0),
        );
        expect(dx).toEqual(Array.from(gradientX, (v) => v + 0));
        expect(dw).toEqual(Array.from(gradientW, (v) => v + 0));
        // ⟨conv(x), g⟩ = ⟨x, convTranspose(g)⟩, with the size that stride left open.
        const short = [height, width].map((size, i) => {
          const { stride, padding, dilation, k, places } = both[i] as Axis;
          return size - ((places - 1) * stride - 2 * padding + dilation * (k - 1) + 1);
        });
        const back = convTranspose2d(g, w, { ...options, outputPadding: short });
        expect(Array.from(tensorOf(back).toTypedArray(), (e) => e + 0)).toEqual(dx);
      }),
      { numRuns: 60 },
    );
  });
});
