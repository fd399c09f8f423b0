import { add, asVariable, mul, type Value, type Variable, variable } from "@adjoint/autograd";
import { ones, type Tensor, tensor, zeros } from "@adjoint/tensor";
import { describe, expect, it } from "vitest";
import { errorOf, expectClose } from "../test/expect-close.ts";
import { Module } from "./module.ts";
import { Dropout } from "./modules/dropout.ts";
import { Linear } from "./modules/linear.ts";
import { ReLU } from "./modules/relu.ts";
import { Sequential } from "./modules/sequential.ts";
import { Parameter } from "./parameter.ts";
import { StateDictError } from "./state-dict.ts";

/** A module with one of everything that is found. */
class Everything extends Module {
  readonly scale: Parameter = new Parameter(ones([2]) as Tensor);
  readonly mean: Tensor = zeros([2]) as Tensor;
  readonly first: Linear = new Linear(2, 3);
  readonly layers: readonly Module[] = [new ReLU(), new Linear(3, 2)];
  readonly shifts: readonly Parameter[] = [
    new Parameter(zeros([1]) as Tensor),
    new Parameter(zeros([2]) as Tensor),
  ];
  readonly #hidden = new Parameter(ones([1]) as Tensor);

  override forward(x: Value): Variable {
    return asVariable(mul(add(x, this.mean), this.#hidden) as Value);
  }
}

/** Two heads that share their body. */
class Tied extends Module {
  readonly left: Linear;
  readonly right: Linear;

  constructor() {
    super();
    this.left = new Linear(2, 2, { bias: false });
    this.right = this.left;
  }

  override forward(x: Value): Variable {
    return this.right.forward(this.left.forward(x));
  }
}

const names = (parts: readonly (readonly [string, unknown])[]): string[] => parts.map(([name]) => name);

describe("what a module finds among its properties", () => {
  it("children, also in arrays", () => {
    const module = new Everything();
    expect(names(module.namedChildren())).toEqual(["first", "layers.0", "layers.1"]);
    expect(names(module.namedModules())).toEqual(["", "first", "layers.0", "layers.1"]);
  });

  it("parameters, its own first, also in arrays, but none that is #private", () => {
    const module = new Everything();
    const found = [
      "scale",
      "shifts.0",
      "shifts.1",
      "first.weight",
      "first.bias",
      "layers.1.weight",
      "layers.1.bias",
    ];
    expect(names(module.namedParameters())).toEqual(found);
    expect(names(module.namedParameters("net"))).toEqual(found.map((name) => `net.${name}`));
    expect(module.parameters()[0]).toBe(module.scale);
  });

  it("buffers", () => expect(names(new Everything().namedBuffers())).toEqual(["mean"]));

  it("what is shared once, under its first name", () => {
    const tied = new Tied();
    expect(names(tied.namedParameters())).toEqual(["left.weight"]);
    expect(names(tied.namedModules())).toEqual(["", "left", "right"]);
  });

  it("a Sequential's modules by position, as in PyTorch", () => {
    const model = new Sequential(new Linear(2, 3), new ReLU(), new Sequential(new Linear(3, 1)));
    expect([...model.stateDict().keys()]).toEqual(["0.weight", "0.bias", "2.0.weight", "2.0.bias"]);
  });
});

describe("training and evaluation", () => {
  it("reach every module below, shared ones too", () => {
    const model = new Sequential(new Dropout(0.5), new Sequential(new Dropout(0.1)));
    const modes = (): boolean[] => model.namedModules().map(([, module]) => module.training);
    expect(modes()).toEqual([true, true, true, true]);
    expect(model.eval()).toBe(model);
    expect(modes()).toEqual([false, false, false, false]);
    model.train();
    expect(modes()).toEqual([true, true, true, true]);
  });
});

describe("zeroGrad", () => {
  it("forgets the gradients of all parameters", () => {
    const model = new Sequential(new Linear(2, 2), new Linear(2, 1));
    model.forward(variable([[1, 2]])).backward();
    expect(model.parameters().every((parameter) => parameter.grad !== null)).toBe(true);
    model.zeroGrad();
    expect(model.parameters().every((parameter) => parameter.grad === null)).toBe(true);
  });
});

describe("stateDict and loadStateDict", () => {
  it("hold parameters, then buffers, as views", () => {
    const module = new Everything();
    const state = module.stateDict();
    expect([...state.keys()].at(-1)).toBe("mean");
    expect(state.get("scale")?.storage).toBe(module.scale.value.storage);
  });

  it("make another module the same", () => {
    const [from, to] = [new Sequential(new Linear(3, 2)), new Sequential(new Linear(3, 2))];
    to.loadStateDict(from.stateDict());
    const x = tensor([[1, 2, 3]]);
    expectClose(to.forward(x), from.forward(x).value, 0);
    expect(to.parameters()[0]?.value.storage).not.toBe(from.parameters()[0]?.value.storage);
  });

  it("cast to the module's dtype", () => {
    const model = new Linear(1, 1, { bias: false });
    model.loadStateDict(new Map([["weight", tensor([[0.1]], { dtype: "float64" }) as Tensor]]));
    expect(model.weight.dtype).toBe("float32");
    expect(model.weight.item()).toBe(Math.fround(0.1));
  });

  it("find a shared parameter under each of its names, of which the last wins", () => {
    const tied = new Tied();
    const [a, b] = [ones([2, 2]) as Tensor, zeros([2, 2]) as Tensor];
    tied.loadStateDict(new Map([["right.weight", a]]));
    expectClose(tied.left.weight, a, 0);
    tied.loadStateDict(
      new Map([
        ["left.weight", a],
        ["right.weight", b],
      ]),
    );
    expectClose(tied.left.weight, b, 0);
  });

  it("swap two parameters of one module", () => {
    const pair = new Sequential(new Linear(1, 1, { bias: false }), new Linear(1, 1, { bias: false }));
    const [first, second] = pair.parameters().map((parameter) => parameter.item());
    const [a, b] = [...pair.stateDict().values()] as [Tensor, Tensor];
    pair.loadStateDict(
      new Map([
        ["0.weight", b],
        ["1.weight", a],
      ]),
    );
    expect(pair.parameters().map((parameter) => parameter.item())).toEqual([second, first]);
  });

  it("refuse what does not fit, and write nothing", () => {
    const model = new Sequential(new Linear(2, 3), new Linear(3, 1));
    const before = [...model.stateDict().values()].map((x) => x.toArray());
    const state = new Map<string, Tensor>([
      ["0.weight", ones([3, 2]) as Tensor],
      ["0.bias", ones([2]) as Tensor],
      ["1.weight", ones([1, 3]) as Tensor],
      ["head.bias", ones([1]) as Tensor],
    ]);
    const error = errorOf(() => model.loadStateDict(state));
    expect(error).toBeInstanceOf(StateDictError);
    expect(error).toMatchObject({
      missing: ["1.bias"],
      unexpected: ["head.bias"],
      mismatched: ["0.bias (the module has [3], the state [2])"],
    });
    expect(error.message).toBe(
      "[loadStateDict] the state does not fit the module: missing: 1.bias; unexpected: head.bias; of another shape: 0.bias (the module has [3], the state [2]). Build the module with the settings it was saved with.",
    );
    expect(() => model.loadStateDict(state, { strict: false })).toThrow("of another shape");
    expect([...model.stateDict().values()].map((x) => x.toArray())).toEqual(before);
  });

  it("pass over names with strict: false, and name it in the message without", () => {
    const model = new Linear(2, 1);
    const state = new Map([
      ["weight", ones([1, 2]) as Tensor],
      ["more", ones([1]) as Tensor],
    ]);
    expect(errorOf(() => model.loadStateDict(state)).message).toBe(
      "[loadStateDict] the state does not fit the module: missing: bias; unexpected: more. Build the module with the settings it was saved with; { strict: false } passes over missing and unexpected names.",
    );
    model.loadStateDict(state, { strict: false });
    expectClose(model.weight, [[1, 1]], 0);
  });
});

describe("the names of a module's parts", () => {
  /** Named as a model of PyTorch: `out_proj.weight`, `in_scales.0`. */
  class Renamed extends Module {
    readonly outProjection: Linear = new Linear(2, 1, { bias: false });
    readonly inScales: readonly Parameter[] = [new Parameter(ones([2]) as Tensor)];
    readonly steps: Tensor = zeros([]) as Tensor;

    override stateName(property: string): string {
      return { outProjection: "out_proj", inScales: "in_scales" }[property] ?? property;
    }

    override forward(input: Value): Variable {
      return this.outProjection.forward(input);
    }
  }

  it("are what stateName makes of the properties, in every list and in both directions", () => {
    const names = ["in_scales.0", "out_proj.weight", "steps"];
    const [module, other] = [new Renamed(), new Renamed()];
    expect([...module.stateDict().keys()].sort()).toEqual(names);
    expect(module.namedChildren().map(([name]) => name)).toEqual(["out_proj"]);
    other.loadStateDict(module.stateDict());
    expect(other.outProjection.weight.toArray()).toEqual(module.outProjection.weight.toArray());
  });
});

describe("a Parameter", () => {
  it("requires grad, and must be floating-point", () => {
    expect(new Parameter(ones([1])).requiresGrad).toBe(true);
    expect(() => new Parameter(ones([1], { dtype: "int32" }) as Tensor)).toThrow("only floating-point");
  });
});
