/** The losses against PyTorch: values and gradients, in float64. */
import { grad, Variable } from "@adjoint/autograd";
import { crossEntropy, mseLoss, nllLoss, type Reduction } from "@adjoint/nn";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { type FlatTensor, readFixture, toTensor } from "./pytorch.ts";

interface LossCase {
  readonly name: string;
  readonly input: FlatTensor;
  readonly target: FlatTensor;
  readonly labels: boolean;
  readonly weight: FlatTensor | null;
  readonly ignoreIndex: number | null;
  readonly labelSmoothing: number | null;
  readonly reduction: Reduction;
  readonly loss: FlatTensor;
  readonly cotangent: FlatTensor;
  readonly gradient: FlatTensor;
}

const losses = { crossEntropy, nllLoss, mseLoss };
const fixtures = readFixture<Record<keyof typeof losses, LossCase[]>>("losses.json");

describe.each(["crossEntropy", "nllLoss", "mseLoss"] as const)("%s as in PyTorch", (name) => {
  const cases = fixtures[name];

  it("has cases", () => expect(cases.length).toBeGreaterThan(2));

  it.each(cases.map((test) => [test.name, test] as const))("%s", (_, test) => {
    const input = new Variable(toTensor(test.input), { requiresGrad: true });
    const target = toTensor(test.target, test.labels ? "int32" : "float64");
    const options = {
      reduction: test.reduction,
      ...(test.weight === null ? {} : { weight: toTensor(test.weight) }),
      ...(test.ignoreIndex === null ? {} : { ignoreIndex: test.ignoreIndex }),
      ...(test.labelSmoothing === null ? {} : { labelSmoothing: test.labelSmoothing }),
    };
    const loss = losses[name](input, target, options);
    expectClose(loss, toTensor(test.loss));
    const [gradient] = grad([loss], [input], { gradients: [toTensor(test.cotangent)] });
    expectClose(gradient as Variable, toTensor(test.gradient));
  });
});
