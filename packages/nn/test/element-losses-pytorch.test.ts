/** The losses over elements against PyTorch: values, and gradients of input and target, in float64. */
import { grad, type Value, Variable } from "@adjoint/autograd";
import { bceWithLogitsLoss, huberLoss, klDivLoss, l1Loss, smoothL1Loss } from "@adjoint/nn";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { type FlatTensor, readFixture, toTensor } from "./pytorch.ts";

interface LossCase {
  readonly loss: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly input: FlatTensor;
  readonly target: FlatTensor;
  readonly value: FlatTensor;
  readonly cotangent: FlatTensor;
  readonly inputGradient: FlatTensor;
  /** Null where ours differs on purpose: at probabilities of 0. */
  readonly targetGradient: FlatTensor | null;
}

const losses = { bceWithLogitsLoss, huberLoss, klDivLoss, l1Loss, smoothL1Loss };
const cases = readFixture<LossCase[]>("element-losses.json");

describe("a loss as in PyTorch", () => {
  it("has cases of all kinds", () => {
    expect(new Set(cases.map(({ loss }) => loss))).toEqual(new Set(Object.keys(losses)));
  });

  it.each(cases.map((test) => [titleOf(test), test] as const))("%s", (_, test) => {
    const input = new Variable(toTensor(test.input), { requiresGrad: true });
    const target = new Variable(toTensor(test.target), { requiresGrad: true });
    const loss = losses[test.loss as "l1Loss"] as (a: Value, b: Value, options: object) => Variable;
    const y = loss(input, target, optionsOf(test));
    expectClose(y, toTensor(test.value), 1e-14);
    const found = grad([y], [input, target], { gradients: [toTensor(test.cotangent)] });
    expectClose(found[0] as Variable, toTensor(test.inputGradient), 1e-14);
    if (test.targetGradient !== null) expectClose(found[1] as Variable, toTensor(test.targetGradient), 1e-14);
  });
});

function optionsOf({ options }: LossCase): object {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === "object" ? toTensor(value as FlatTensor) : value,
    ]),
  );
}

function titleOf({ loss, options }: LossCase): string {
  const shown = Object.entries(options).map(
    ([name, value]) => `${name} ${typeof value === "object" ? (value as FlatTensor).shape : value}`,
  );
  return `${loss} ${shown.join(", ")}`;
}
