/** Ten steps of training from given weights against PyTorch: Linear, ReLU, BatchNorm, Linear; cross-entropy; Adam. */
import { Adam, BatchNorm1d, CrossEntropyLoss, Linear, ReLU, Sequential } from "@adjoint/nn";
import { expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { type FlatTensor, readFixture, toTensor } from "./pytorch.ts";

type Tensors = Readonly<Record<string, FlatTensor>>;
interface Training {
  readonly start: Tensors;
  readonly batches: readonly { readonly input: FlatTensor; readonly labels: FlatTensor }[];
  readonly losses: readonly number[];
  readonly end: Tensors;
  readonly input: FlatTensor;
  readonly logits: FlatTensor;
}

it("ten steps of training give PyTorch's losses, weights, running statistics and predictions to 1e-10", () => {
  const run = readFixture<Training>("training.json");
  const dtype = { dtype: "float64" } as const;
  const model = new Sequential(
    new Linear(4, 6, dtype),
    new ReLU(),
    new BatchNorm1d(6, dtype),
    new Linear(6, 3, dtype),
  );
  model.loadStateDict(new Map(Object.entries(run.start).map(([name, x]) => [name, toTensor(x)])));
  const optimizer = new Adam(model.parameters(), { learningRate: 0.02 });
  const criterion = new CrossEntropyLoss();
  expect(run.batches.length).toBe(10);
  for (const [step, { input, labels }] of run.batches.entries()) {
    optimizer.zeroGrad();
    const loss = criterion.forward(model.forward(toTensor(input)), toTensor(labels, "int32"));
    loss.backward();
    optimizer.step();
    expectClose(loss, run.losses[step] as number, 1e-10);
  }
  const end = model.stateDict();
  expect([...end.keys()].sort()).toEqual(Object.keys(run.end).sort());
  for (const [name, tensor] of end) expectClose(tensor, toTensor(run.end[name] as FlatTensor), 1e-10);
  expectClose(model.eval().forward(toTensor(run.input)), toTensor(run.logits), 1e-10);
});
