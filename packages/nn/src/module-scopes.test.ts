import {
  add,
  asVariable,
  type ForwardEvent,
  grad,
  listen,
  mul,
  type Value,
  Variable,
} from "@adjoint/autograd";
import { record } from "@adjoint/autograd/graph";
import { crossEntropy, Linear, Module, ReLU, Sequential, withModuleScopes } from "@adjoint/nn";
import { Generator, ones, type Tensor, tensor } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";

/** A module of one's own: it calls a shared part twice, and an array's item. */
class Block extends Module {
  readonly shared: Linear = new Linear(2, 2);
  readonly layers: readonly Module[] = [new Sequential(this.shared, new ReLU())];
  override forward(x: Value): Variable {
    const [layer] = this.layers;
    const y = this.shared.forward(x as Tensor<[1, 2]>);
    return asVariable(add(y, layer?.forward(y) ?? y));
  }
}

const input: Tensor = ones([1, 2]);

/** What a listener hears: the names with their nesting. */
function scopesOf(model: Module, body: () => unknown): string[] {
  const heard: string[] = [];
  let depth = 0;
  const enter = (name: string, kind: string): void => {
    heard.push(`${"  ".repeat(depth++)}${name} ${kind}`);
  };
  listen({ enter, leave: () => void depth-- }, () => withModuleScopes(model, body));
  return heard;
}

describe("withModuleScopes", () => {
  it("names every call of a module as its state dict does, and a shared one by where it is called", () => {
    const model = new Sequential(new Block(), new ReLU());
    expect(scopesOf(model, () => model.forward(input))).toEqual([
      " Sequential",
      "  0 Block",
      "    0.shared Linear",
      "    0.layers.0 Sequential",
      "      0.layers.0.0 Linear",
      "      0.layers.0.1 ReLU",
      "  1 ReLU",
    ]);
  });

  it("puts every op of a trace into the module that ran it", () => {
    const model = new Sequential(new Linear(2, 3), new ReLU());
    const trace = record(() => withModuleScopes(model, () => mul(model.forward(input), 2)), {
      names: model.namedParameters(),
    });
    const ops = trace.nodes.filter(({ kind }) => kind === "op");
    expect(ops.map(({ op, scope }) => [op, scope === null ? null : trace.scopes[scope]?.name])).toEqual([
      ["linear", "0"],
      ["add", "0"],
      ["relu", "1"],
      ["mul", null],
    ]);
    expect(trace.nodes.flatMap(({ kind, name }) => (kind === "leaf" ? [name] : []))).toEqual([
      "0.weight",
      "0.bias",
    ]);
  });

  it("leaves the modules as they were, also after an exception, and those that had a forward of their own", () => {
    const [model, own] = [new Sequential(new Linear(2, 2)), new ReLU()];
    const forward = (x: Value): Variable => asVariable(mul(x, 3));
    Object.assign(own, { forward });
    const whole = new Sequential(model, own) as Module;
    const keys = [model, own].map((part) => Object.keys(part));
    expect(() =>
      withModuleScopes(whole, () => {
        throw new RangeError("from the body");
      }),
    ).toThrow("from the body");
    expect(Object.hasOwn(model, "forward")).toBe(false);
    expect(own.forward).toBe(forward);
    expect([model, own].map((part) => Object.keys(part))).toEqual(keys);
    expect(scopesOf(own, () => own.forward(input))).toEqual([" ReLU"]);
  });

  it("is silent where nobody listens, and gives back what the body gives", () => {
    const model = new Sequential(new Linear(2, 2));
    const [plain, watched] = [model.forward(input), withModuleScopes(model, () => model.forward(input))];
    expect(watched.toArray()).toEqual(plain.toArray());
  });

  it("gives, for 784-32-10 in float64, a trace whose every adjoint is the sum of its contributions and the library's", () => {
    const generator = new Generator(0);
    const options = { dtype: "float64", generator } as const;
    const model = new Sequential(new Linear(784, 32, options), new ReLU(), new Linear(32, 10, options));
    const images: Tensor = generator.uniform([8, 784], { dtype: "float64" });
    const labels = tensor([3, 1, 4, 1, 5, 9, 2, 6], { dtype: "int32" });
    const made: Variable[] = [];
    const forward = ({ node, output }: ForwardEvent): void => {
      if (node !== null) made.push(Variable.at(output, node));
    };
    const losses: Variable[] = [];
    const trace = record(() => {
      const run = (): Variable => crossEntropy(model.forward(images), labels);
      const loss = listen({ forward }, () => withModuleScopes(model, run));
      losses.push(loss);
      loss.backward({ retainGraph: true });
    });
    const [pass] = trace.passes;
    const ops = trace.nodes.filter(({ kind, tracked }) => kind === "op" && tracked);
    const leaves = trace.nodes.filter(({ kind }) => kind === "leaf");
    expect([ops.length, leaves.length]).toEqual([made.length, 4]);
    const points = [...ops.map(({ id }, i) => [id, made[i]] as const)];
    const gradients = grad(losses, made, { retainGraph: true });
    for (const [k, [id]] of points.entries()) {
      const step = pass?.steps.find(({ node }) => node === id);
      expect([...(step?.adjoint.data ?? [])]).toEqual([...(gradients[k]?.value.toTypedArray() ?? [])]);
    }
    for (const [k, { id }] of leaves.entries()) {
      const step = pass?.steps.find(({ node }) => node === id);
      expect([...(step?.adjoint.data ?? [])]).toEqual([
        ...(model.parameters()[k]?.grad?.value.toTypedArray() ?? []),
      ]);
    }
    for (const { node, adjoint } of pass?.steps ?? []) {
      const terms = pass?.steps.flatMap(({ contributions }) =>
        contributions.filter(({ target }) => target === node),
      );
      const seeds = pass?.seeds.filter((seed) => seed.node === node).map((seed) => seed.sum);
      const all = [...(seeds ?? []), ...(terms ?? []).map(({ value }) => value)];
      const total = Float64Array.from(adjoint.data ?? [], (_, i) =>
        all.reduce((sum, { data }) => sum + (data?.[i] ?? 0), 0),
      );
      expect([...total]).toEqual([...(adjoint.data ?? [])].map((x) => x + 0));
    }
  });
});
