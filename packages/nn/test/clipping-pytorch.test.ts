/** The clipping of gradients against PyTorch. */
import { Variable } from "@adjoint/autograd";
import { clipGradNorm, clipGradValue, Parameter } from "@adjoint/nn";
import { zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { type FlatTensor, readFixture, toTensor } from "./pytorch.ts";

interface Fixture {
  readonly gradients: readonly FlatTensor[];
  readonly norm: readonly {
    readonly maxNorm: number;
    readonly normType: number | string;
    readonly norm: FlatTensor;
    readonly clipped: readonly FlatTensor[];
  }[];
  readonly value: readonly { readonly clipValue: number; readonly clipped: readonly FlatTensor[] }[];
}

const fixture = readFixture<Fixture>("clipping.json");

function held(): Parameter[] {
  return fixture.gradients.map((gradient) => {
    const parameter = new Parameter(zeros(gradient.shape, { dtype: "float64" }));
    parameter.grad = new Variable(toTensor(gradient));
    return parameter;
  });
}

function expectGradients(parameters: readonly Parameter[], expected: readonly FlatTensor[]): void {
  expect(parameters.length).toBe(expected.length);
  for (const [i, { grad }] of parameters.entries()) {
    expectClose(grad as Variable, toTensor(expected[i] as FlatTensor), 1e-15);
  }
}

describe("clipping as in PyTorch", () => {
  it.each(fixture.norm.map((test) => [`norm ${test.normType} at most ${test.maxNorm}`, test] as const))(
    "%s",
    (_, test) => {
      const parameters = held();
      const norm = clipGradNorm(parameters, test.maxNorm, { normType: Number(test.normType) });
      expectClose(norm, toTensor(test.norm), 1e-15);
      expectGradients(parameters, test.clipped);
    },
  );

  it.each(fixture.value.map((test) => [test.clipValue, test] as const))("values at most %d", (_, test) => {
    const parameters = held();
    clipGradValue(parameters, test.clipValue);
    expectGradients(parameters, test.clipped);
  });
});
