/** Modules against PyTorch: outputs, gradients, names in the state dict, and running statistics, in float64. */
import { type Variable as GradVariable, grad, Variable } from "@adjoint/autograd";
import * as nn from "@adjoint/nn";
import { describe, expect, it } from "vitest";
import { expectClose } from "./expect-close.ts";
import { type FlatTensor, readFixture, toTensor } from "./pytorch.ts";

type Tensors = Readonly<Record<string, FlatTensor>>;
interface ModuleCase {
  readonly module: string;
  readonly arguments: readonly unknown[];
  readonly state: Tensors;
  readonly input: FlatTensor;
  readonly labels: boolean;
  readonly output: FlatTensor;
  readonly cotangent: FlatTensor;
  readonly inputGradient: FlatTensor | null;
  readonly gradients: Tensors;
  readonly buffers: Tensors;
  readonly evaluation: FlatTensor | null;
}

const cases = readFixture<ModuleCase[]>("modules.json");
const withParameters = /Conv|Norm|Embedding/;

describe("a module as in PyTorch", () => {
  it.each(cases.map((test) => [`${test.module}(${JSON.stringify(test.arguments)})`, test] as const))(
    "%s",
    (_, test) => {
      const module = build(test);
      const names = [...module.stateDict().keys()].sort();
      expect(names).toEqual(Object.keys(test.state).sort());
      module.loadStateDict(new Map(Object.entries(test.state).map(([name, x]) => [name, toTensor(x)])));

      const x = toTensor(test.input, test.labels ? "int32" : "float64");
      module.forward(test.labels ? x : x.mul(2));
      const leaf = new Variable(x, { requiresGrad: !test.labels });
      const y = module.forward(leaf);
      expectClose(y, toTensor(test.output));
      const parameters = module.namedParameters();
      const asked = [...(test.labels ? [] : [leaf]), ...parameters.map(([, parameter]) => parameter)];
      const found = grad([y], asked, { gradients: [toTensor(test.cotangent)] }) as GradVariable[];
      if (test.inputGradient !== null) expectClose(found.shift() as Variable, toTensor(test.inputGradient));
      for (const [i, [name]] of parameters.entries()) {
        expectClose(found[i] as Variable, toTensor(test.gradients[name] as FlatTensor));
      }
      const buffers = new Map(module.namedBuffers());
      expect([...buffers.keys()].sort()).toEqual(Object.keys(test.buffers).sort());
      for (const [name, buffer] of buffers) {
        expectClose(buffer, toTensor(test.buffers[name] as FlatTensor));
      }
      if (test.evaluation !== null) expectClose(module.eval().forward(x), toTensor(test.evaluation));
    },
  );
});

function build({ module, arguments: given }: ModuleCase): nn.Module {
  const own = withParameters.test(module) ? { dtype: "float64" } : {};
  const last = { ...(given.at(-1) as object), ...own };
  const constructors: Readonly<Record<string, unknown>> = { ...nn };
  const make = constructors[module] as new (...args: unknown[]) => nn.Module;
  return new make(...given.slice(0, -1), last);
}
