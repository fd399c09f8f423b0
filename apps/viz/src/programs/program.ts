/** What a program of the page is: something small that computes one number, of which one step is recorded. */
import type { Variable } from "@adjoint/autograd";
import { type RecordOptions, record, type Trace, withSources } from "@adjoint/autograd/graph";
import { type Module, SGD, withModuleScopes } from "@adjoint/nn";
import type { Tensor } from "@adjoint/tensor";
import { bundleTable, placesOf } from "../bundle-places.ts";

/** A program that is ready to run: its numbers are made, and `loss` computes with them. */
export interface Program {
  /** What leaves and constants are called. */
  readonly names: Iterable<readonly [string, Variable | Tensor]>;
  /** The network, if there is one; its modules become scopes. */
  readonly model: Module | null;
  readonly learningRate: number;
  /** The forward pass, up to the one number that is differentiated. */
  loss(): Variable;
  /** The share, 0 to 1, that the latest `loss` was right in; missing where nothing is right or wrong. */
  accuracy?(): number;
  /** A program that is itself a text: the text, and where in it the latest op stands, `expression:1:12`. */
  readonly code?: { readonly address: string; readonly text: string; place(): string | null };
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
  const optimizer = optimizerOf(program);
  for (let step = 0; optimizer !== null && step < steps; step++) {
    descend(program, optimizer);
    optimizer.step();
  }
  return recordPass(program, metadata);
}

/** Plain gradient descent over the program's network; null if it has none. */
export function optimizerOf({ model, learningRate }: Program): SGD | null {
  return model === null ? null : new SGD(model.parameters(), { learningRate });
}

/** The forward and the backward pass of a step, without its update: the gradients are those of this step alone. */
export function descend(program: Program, optimizer: SGD): Variable {
  optimizer.zeroGrad();
  const loss = program.loss();
  loss.backward();
  return loss;
}

/** Records the forward and backward pass of the program as its weights are now. */
export function recordPass(program: Program, metadata: Readonly<Record<string, string>>): Trace {
  const { model } = program;
  model?.zeroGrad();
  const step = (): void => program.loss().backward();
  const trace = record(() => (model === null ? step() : withModuleScopes(model, step)), {
    names: program.names,
    metadata,
    places: placesIn(program),
  });
  return withSources(trace, (address) => textOf(program, address));
}

/** The share of `answers` that equal `targets`, 0 to 1; both have the same length. */
export function shareRight(answers: ArrayLike<number>, targets: ArrayLike<number>): number {
  let right = 0;
  for (let i = 0; i < targets.length; i++) if (answers[i] === targets[i]) right++;
  return right / targets.length;
}

/** Out of the program itself, by the bundle's table, or as the stack says where nothing is bundled. */
function placesIn({ code }: Program): NonNullable<RecordOptions["places"]> {
  if (code !== undefined) return () => code.place();
  const table = bundleTable();
  return table === null || placesOf(table);
}

function textOf({ code }: Program, address: string): string | null {
  if (code?.address === address) return code.text;
  return bundleTable()?.files.find((file) => file.address === address)?.text ?? null;
}
