export type {
  KaimingOptions,
  Nonlinearity,
  NormalInitOptions,
  UniformInitOptions,
  XavierOptions,
} from "./init.ts";
export {
  calculateGain,
  constant,
  kaimingNormal,
  kaimingUniform,
  normal,
  uniform,
  xavierNormal,
  xavierUniform,
} from "./init.ts";
export type { ClassLossOptions } from "./losses/classes.ts";
export type { CrossEntropyLossOptions } from "./losses/cross-entropy-loss.ts";
export { CrossEntropyLoss, crossEntropy } from "./losses/cross-entropy-loss.ts";
export type { MSELossOptions } from "./losses/mse-loss.ts";
export { MSELoss, mseLoss } from "./losses/mse-loss.ts";
export { NLLLoss, nllLoss } from "./losses/nll-loss.ts";
export type { LossShape, Reduction } from "./losses/reduction.ts";
export { Module } from "./module.ts";
export { Dropout } from "./modules/dropout.ts";
export { Flatten } from "./modules/flatten.ts";
export { Identity } from "./modules/identity.ts";
export type { LeakyReLUOptions } from "./modules/leaky-relu.ts";
export { LeakyReLU } from "./modules/leaky-relu.ts";
export type { LinearOptions } from "./modules/linear.ts";
export { Linear } from "./modules/linear.ts";
export { LogSoftmax } from "./modules/log-softmax.ts";
export { ReLU } from "./modules/relu.ts";
export { Sequential } from "./modules/sequential.ts";
export { Sigmoid } from "./modules/sigmoid.ts";
export { Softmax } from "./modules/softmax.ts";
export { Tanh } from "./modules/tanh.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export type { SGDOptions } from "./optimizers/sgd.ts";
export { SGD } from "./optimizers/sgd.ts";
export { Parameter } from "./parameter.ts";
export type { SafetensorsFile } from "./safetensors.ts";
export { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
export type { LoadOptions, StateDict } from "./state-dict.ts";
export { StateDictError } from "./state-dict.ts";
export type { SummaryOptions } from "./summary.ts";
