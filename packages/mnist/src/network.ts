// The networks that are trained here: Linear layers with an activation, and dropout if wanted, after each hidden one.
import {
  calculateGain,
  constant,
  Dropout,
  kaimingNormal,
  kaimingUniform,
  LeakyReLU,
  Linear,
  type Module,
  type Nonlinearity,
  ReLU,
  Sequential,
  Sigmoid,
  Tanh,
  xavierNormal,
  xavierUniform,
} from "@adjoint/nn";
import type { Generator } from "@adjoint/tensor";
import type { Activation, Initialization } from "./options.ts";

/** What a network consists of. */
export interface Architecture {
  /** Widths from input to output: `[784, 128, 10]`. */
  readonly layers: readonly number[];
  readonly activation: Activation;
  /** Probability with which a hidden unit is dropped in training; 0 leaves the module out. */
  readonly dropout: number;
}

/** How a network's first weights are made. */
export interface Weights {
  readonly initialization: Initialization;
  readonly generator: Generator;
  /** Draws what is dropped. */
  readonly dropout: Generator;
}

/** Builds the network: `Linear, activation, Dropout?, …, Linear`, giving logits `[batch, 10]` for `[batch, 784]`. */
export function buildNetwork(architecture: Architecture, weights: Weights): Sequential {
  const { layers, activation, dropout } = architecture;
  const modules: Module[] = [];
  for (let layer = 1; layer < layers.length; layer++) {
    const last = layer === layers.length - 1;
    const linear = new Linear(layers[layer - 1] ?? 0, layers[layer] ?? 0, { generator: weights.generator });
    initialize(linear, last ? "linear" : nonlinearities[activation], weights);
    modules.push(linear);
    if (last) continue;
    modules.push(activationModule(activation));
    if (dropout > 0) modules.push(new Dropout(dropout, { generator: weights.dropout }));
  }
  return new Sequential(...modules);
}

/** Number of weights and biases. */
export function parameterCount(network: Module): number {
  return network.parameters().reduce((count, parameter) => count + parameter.size, 0);
}

const nonlinearities: Readonly<Record<Activation, Nonlinearity>> = {
  relu: "relu",
  "leaky-relu": "leakyRelu",
  sigmoid: "sigmoid",
  tanh: "tanh",
};

function activationModule(activation: Activation): Module {
  switch (activation) {
    case "relu":
      return new ReLU();
    case "leaky-relu":
      return new LeakyReLU();
    case "sigmoid":
      return new Sigmoid();
    case "tanh":
      return new Tanh();
  }
}

// `default` leaves what Linear has made. The others keep the variance of the activation that follows, and start
// from zero biases, as their papers do.
function initialize(
  linear: Linear,
  nonlinearity: Nonlinearity,
  { initialization, generator }: Weights,
): void {
  if (initialization === "default") return;
  if (linear.bias !== null) constant(linear.bias, 0);
  const leaky = nonlinearity === "leakyRelu" ? { a: 0.01 } : {};
  const kaiming = { generator, nonlinearity, ...leaky };
  const xavier = { generator, gain: calculateGain(nonlinearity) };
  switch (initialization) {
    case "kaiming-uniform":
      kaimingUniform(linear.weight, kaiming);
      break;
    case "kaiming-normal":
      kaimingNormal(linear.weight, kaiming);
      break;
    case "xavier-uniform":
      xavierUniform(linear.weight, xavier);
      break;
    case "xavier-normal":
      xavierNormal(linear.weight, xavier);
      break;
  }
}
