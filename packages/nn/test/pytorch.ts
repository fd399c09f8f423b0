/** Reading what `fixtures/make_fixtures.py` wrote. */
import { readFileSync } from "node:fs";
import { type DType, type Tensor, tensor } from "@adjoint/tensor";

/** A tensor as the fixtures hold it; infinite numbers and NaN are strings. */
export interface FlatTensor {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

/** The content of a file of `fixtures/`. */
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8")) as T;
}

/** The tensor that a fixture stands for. */
export function toTensor({ shape, data }: FlatTensor, dtype: DType = "float64"): Tensor {
  return tensor(Float64Array.from(data, Number), { shape }).cast(dtype);
}
