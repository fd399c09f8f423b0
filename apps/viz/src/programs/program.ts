/** What a program of the page is: something small that computes one number, of which one step is recorded. */
import type { Variable } from "@adjoint/autograd";
import { record, type Trace } from "@adjoint/autograd/graph";
import { type Module, SGD, withModuleScopes } from "@adjoint/nn";
import type { Tensor } from "@adjoint/tensor";

/** A program that is ready to run: its numbers are made, and `loss` computes with them. */
export interface Program {
  /** What leaves and constants are called. */
  readonly names: Iterable<readonly [string, Variable | Tensor]>;
  /** The network, if there is one; its modules become scopes. */
  readonly model: Module | null;
  readonly learningRate: number;
  /** The forward pass, up to the one number that is differentiated. */
  loss(): Variable;
}

/**
 * Trains `program` for `steps` steps of plain gradient descent, and records the forward and backward pass of the next.
 *
 * @param steps 0 records the first step, of the weights as they were drawn.
 */
export function recordStep(
  program: Program,
  steps: number,
  metadata: Readonly<Record<string, string>>,
): Trace {
  const { model } = program;
  if (model !== null && steps > 0) {
    const optimizer = new SGD(model.parameters(), { learningRate: program.learningRate });
    for (let step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      program.loss().backward();
      optimizer.step();
    }
    optimizer.zeroGrad();
  }
  const step = (): void => program.loss().backward();
  return record(() => (model === null ? step() : withModuleScopes(model, step)), {
    names: program.names,
    metadata,
  });
}
