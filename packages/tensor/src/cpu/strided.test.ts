import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyShape, indicesOf } from "../../test/arbitrary-tensors.ts";
import { columnStride, mergeAxes, rowStride, walkBlocks } from "./strided.ts";

/** The positions that a walk visits, for each operand. */
function positions(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  starts: readonly number[],
): number[][] {
  const walk = mergeAxes(shape, strides);
  const visited: number[][] = strides.map(() => []);
  walkBlocks(walk, starts, (rows, columns, offsets) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        for (const [k, list] of visited.entries()) {
          list.push((offsets[k] ?? 0) + i * rowStride(walk, k) + j * columnStride(walk, k));
        }
      }
    }
  });
  return visited;
}

describe("mergeAxes", () => {
  it.each([
    ["a contiguous tensor is one row", [2, 3, 4], [[12, 4, 1]], [24], [[1]]],
    ["axes of size 1 go", [2, 1, 3], [[3, 99, 1]], [6], [[1]]],
    [
      "a bias beside a matrix is two axes",
      [2, 3],
      [
        [3, 1],
        [0, 1],
      ],
      [2, 3],
      [
        [3, 1],
        [0, 1],
      ],
    ],
    [
      "a scalar beside a matrix is one",
      [2, 3],
      [
        [3, 1],
        [0, 0],
      ],
      [6],
      [[1], [0]],
    ],
    ["a transposed matrix is two axes", [3, 2], [[1, 3]], [3, 2], [[1, 3]]],
    ["a flipped vector of pairs is one", [3, 2], [[-2, -1]], [6], [[-1]]],
    ["0-d is none", [], [[]], [], [[]]],
  ])("%s", (_name, shape, strides, merged, steps) => {
    expect(mergeAxes(shape, strides)).toEqual({ shape: merged, strides: steps });
  });
});

describe("walkBlocks", () => {
  it("visits every element once, in row-major order, whatever the strides", () => {
    const strided = anyShape(4).chain((shape) => {
      const steps = fc.array(fc.integer({ min: -20, max: 20 }), {
        minLength: shape.length,
        maxLength: shape.length,
      });
      return fc.tuple(fc.constant(shape), fc.tuple(steps, steps), fc.tuple(fc.nat(9), fc.nat(9)));
    });
    fc.assert(
      fc.property(strided, ([shape, strides, starts]) => {
        const expected = strides.map((steps, k) =>
          indicesOf(shape).map((index) =>
            index.reduce((at, i, axis) => at + i * (steps[axis] ?? 0), starts[k] ?? 0),
          ),
        );
        expect(positions(shape, strides, starts)).toEqual(expected);
      }),
      { seed: 81, numRuns: 300 },
    );
  });

  it("visits one block for a 0-d tensor and none for an empty one", () => {
    expect(positions([], [[]], [7])).toEqual([[7]]);
    expect(positions([2, 0, 3], [[0, 3, 1]], [0])).toEqual([[]]);
  });
});
