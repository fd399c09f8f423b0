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
  zeros,
} from "./init.ts";
export { Module } from "./module.ts";
export type { LinearOptions } from "./modules/linear.ts";
export { Linear } from "./modules/linear.ts";
export { ReLU } from "./modules/relu.ts";
export { Sequential } from "./modules/sequential.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export type { SGDOptions } from "./optimizers/sgd.ts";
export { SGD } from "./optimizers/sgd.ts";
export { Parameter } from "./parameter.ts";
export type { LoadOptions, StateDict } from "./state-dict.ts";
export { StateDictError } from "./state-dict.ts";
export type { SummaryOptions } from "./summary.ts";
