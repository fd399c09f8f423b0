/** A network so deep that its gradients vanish or explode, unless gain and activation fit each other. */
import { constant, Linear, type Module, ReLU, Sequential, Sigmoid, Tanh, xavierNormal } from "@adjoint/nn";
import { ArgumentError, Generator } from "@adjoint/tensor";
import type { Program } from "./program.ts";
import { exclusiveOr } from "./xor.ts";

/** The activations that the deep network can have. */
export const deepActivations = ["sigmoid", "tanh", "relu"] as const;

/** One of them. */
export type DeepActivation = (typeof deepActivations)[number];

/** What the deep network is made of. */
export interface DeepOptions {
  /** Hidden layers, each a Linear and an activation: 1 to 100. */
  readonly depth: number;
  /** Units of each hidden layer: 1 to 64. */
  readonly width: number;
  readonly activation: DeepActivation;
  /**
   * The standard deviation of each weight is gain · √(2 / (in + out)), which for equal widths is gain / √width: 1 keeps
   * the spread through layers without an activation, √2 with ReLU. 0 to 100.
   */
  readonly gain: number;
  readonly seed: number;
}

const bounds = { depth: [1, 100], width: [1, 64], gain: [0, 100] } as const;

/**
 * The mean squared error of 2-width-…-width-1 on exclusive or, float64, biases 0.
 *
 * Thirty layers of sigmoid vanish: the slope is at most 1/4, so that each layer takes three quarters and more. Thirty of
 * ReLU with gain 3 explode: each multiplies the spread by 3/√2.
 *
 * @throws {ArgumentError} if an option is out of its range or the activation unknown.
 * @example deepProgram({ depth: 30, width: 8, activation: "sigmoid", gain: 1, seed: 0 })
 */
export function deepProgram({ depth, width, activation, gain, seed }: DeepOptions): Program {
  checkWithin("depth", depth, true);
  checkWithin("width", width, true);
  checkWithin("gain", gain, false);
  const generator = new Generator(seed);
  const linear = (inputs: number, outputs: number): Linear<number, number> => {
    const layer = new Linear<number, number>(inputs, outputs, { dtype: "float64", generator });
    xavierNormal(layer.weight, { gain, generator });
    if (layer.bias !== null) constant(layer.bias, 0);
    return layer;
  };
  const hidden = Array.from({ length: depth }, (_, i) => [
    linear(i === 0 ? 2 : width, width),
    activate(activation),
  ]);
  const modules: Module[] = [...hidden.flat(), linear(width, 1)];
  const model = new Sequential(...modules);
  return exclusiveOr(model, 0.1);
}

function activate(activation: DeepActivation): Module {
  const make = { sigmoid: () => new Sigmoid(), tanh: () => new Tanh(), relu: () => new ReLU() };
  if (Object.hasOwn(make, activation)) return make[activation]();
  const remedy = `Choose one of ${deepActivations.join(", ")}.`;
  throw new ArgumentError("deepProgram", "activation", `activation is "${activation}".`, remedy);
}

function checkWithin(name: keyof typeof bounds, value: number, whole: boolean): void {
  const [low, high] = bounds[name];
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  const what = whole ? "a whole number" : "a number";
  throw new ArgumentError(
    "deepProgram",
    name,
    `${name} is ${value}.`,
    `Give ${what} from ${low} to ${high}.`,
  );
}
