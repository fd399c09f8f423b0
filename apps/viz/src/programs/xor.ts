/** A network that learns exclusive or. */
import { Linear, mseLoss, Sequential, Tanh } from "@adjoint/nn";
import { Generator, type Tensor, tensor } from "@adjoint/tensor";
import { type Program, shareRight } from "./program.ts";

/** The mean squared error of 2-4-1 with tanh, float64, on the four cases of exclusive or. */
export function xorProgram(seed: number): Program {
  const options = { dtype: "float64", generator: new Generator(seed) } as const;
  const model = new Sequential(new Linear(2, 4, options), new Tanh(), new Linear(4, 1, options));
  return exclusiveOr(model, 0.5);
}

/** The mean squared error of `model`, from two numbers to one, on the four cases of exclusive or. */
export function exclusiveOr(model: Sequential, learningRate: number): Program {
  const inputs = tensor(Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), { shape: [4, 2] });
  const targets = tensor(Float64Array.of(0, 1, 1, 0), { shape: [4, 1] });
  let outputs: Tensor | null = null;
  return {
    names: [...model.namedParameters(), ["inputs", inputs], ["targets", targets]],
    model,
    learningRate,
    loss() {
      const made = model.forward(inputs);
      outputs = made.value;
      return mseLoss(made, targets);
    },
    accuracy: () => shareRight(outputs?.greater(0.5).toTypedArray() ?? [], targets.toTypedArray()),
  };
}
