/** The module that a `DigitNet` describes. */
import { Linear, ReLU, Sequential } from "@adjoint/nn";
import { fromTypedArray, Generator } from "@adjoint/tensor";
import { type DigitNet, netParameters } from "../draw/digit-net.ts";
import { pixelCount } from "../draw/drawing.ts";

/** Linear, ReLU, Linear with these weights, in the dtype that they have; the numbers are copied. */
export function digitModel({ hidden, weights }: DigitNet): Sequential {
  const dtype = weights["0.weight"] instanceof Float64Array ? "float64" : "float32";
  const options = { dtype, generator: new Generator(0) } as const;
  const model = new Sequential(
    new Linear<number, number>(pixelCount, hidden, options),
    new ReLU(),
    new Linear<number, number>(hidden, 10, options),
  );
  const shapes = {
    "0.weight": [hidden, pixelCount],
    "0.bias": [hidden],
    "2.weight": [10, hidden],
    "2.bias": [10],
  };
  model.loadStateDict(
    new Map(netParameters.map((name) => [name, fromTypedArray(weights[name], shapes[name])])),
  );
  return model;
}
