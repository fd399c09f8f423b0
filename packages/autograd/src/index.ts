export { apply, tensorOf } from "./apply.ts";
export type { BackwardOptions, GradOptions } from "./backward.ts";
export { backward } from "./backward.ts";
export { GradientError, SavedTensorError } from "./errors.ts";
export type { ForwardEvent, Listener } from "./listener.ts";
export { listen } from "./listener.ts";
export { enableGrad, isGradEnabled, noGrad } from "./mode.ts";
export type { GradientHook, Node } from "./node.ts";
export type { AnyOp, NotDifferentiable, Op, OpDefinition, VariadicVjp, VjpRule, VjpRules } from "./op.ts";
export { defineOp } from "./op.ts";
export type { BroadcastOf, Elementwise, Meets, Operand } from "./operand.ts";
// The manifest of ops: one line for each file of ops/, in alphabetical order; a test compares them.
export { abs } from "./ops/abs.ts";
export { add } from "./ops/add.ts";
export { argmax } from "./ops/argmax.ts";
export { argmin } from "./ops/argmin.ts";
export { cast } from "./ops/cast.ts";
export { ceil } from "./ops/ceil.ts";
export { type ClampBounds, clamp } from "./ops/clamp.ts";
export { concat } from "./ops/concat.ts";
export { div } from "./ops/div.ts";
export { equal } from "./ops/equal.ts";
export { exp } from "./ops/exp.ts";
export { expand } from "./ops/expand.ts";
export { flip } from "./ops/flip.ts";
export { floor } from "./ops/floor.ts";
export { gather } from "./ops/gather.ts";
export { greater } from "./ops/greater.ts";
export { greaterEqual } from "./ops/greater-equal.ts";
export { indexSelect } from "./ops/index-select.ts";
export { type LeakyReluOptions, leakyRelu } from "./ops/leaky-relu.ts";
export { less } from "./ops/less.ts";
export { lessEqual } from "./ops/less-equal.ts";
export { linear } from "./ops/linear.ts";
export { log } from "./ops/log.ts";
export { logSoftmax } from "./ops/log-softmax.ts";
export { logSumExp } from "./ops/log-sum-exp.ts";
export { matmul } from "./ops/matmul.ts";
export { max } from "./ops/max.ts";
export { maximum } from "./ops/maximum.ts";
export { mean } from "./ops/mean.ts";
export { min } from "./ops/min.ts";
export { minimum } from "./ops/minimum.ts";
export { mul } from "./ops/mul.ts";
export { neg } from "./ops/neg.ts";
export { notEqual } from "./ops/not-equal.ts";
export { permute } from "./ops/permute.ts";
export { pow } from "./ops/pow.ts";
export { relu } from "./ops/relu.ts";
export { reshape } from "./ops/reshape.ts";
export { round } from "./ops/round.ts";
export { scatterAdd } from "./ops/scatter-add.ts";
export { sigmoid } from "./ops/sigmoid.ts";
export { sign } from "./ops/sign.ts";
export { slice } from "./ops/slice.ts";
export { softmax } from "./ops/softmax.ts";
export { softplus } from "./ops/softplus.ts";
export { sqrt } from "./ops/sqrt.ts";
export { squeeze } from "./ops/squeeze.ts";
export { stack } from "./ops/stack.ts";
export { sub } from "./ops/sub.ts";
export { sum } from "./ops/sum.ts";
export { tanh } from "./ops/tanh.ts";
export { transpose } from "./ops/transpose.ts";
export { unslice } from "./ops/unslice.ts";
export { unsqueeze } from "./ops/unsqueeze.ts";
export { where } from "./ops/where.ts";
export type { Saved } from "./saved.ts";
export { sumTo } from "./sum-to.ts";
// Transforms: functions in, functions out.
export { grad } from "./transforms/grad.ts";
export { hessian } from "./transforms/hessian.ts";
export { hvp } from "./transforms/hvp.ts";
export { type Jacobian, type JacobianOptions, jacobian } from "./transforms/jacobian.ts";
export { jvp } from "./transforms/jvp.ts";
export type { Randomness } from "./transforms/level.ts";
export { stopGradient } from "./transforms/stop-gradient.ts";
export type { Given, Tracked } from "./transforms/tree.ts";
export {
  type Argnums,
  type ArgnumsOption,
  type Givens,
  type GradientsAt,
  valueAndGrad,
} from "./transforms/value-and-grad.ts";
export { vjp } from "./transforms/vjp.ts";
export { type AxisTree, type Batched, type VmapOptions, vmap } from "./transforms/vmap.ts";
export type { Lift, Value, VariableOptions } from "./variable.ts";
export { asVariable, Variable, variable } from "./variable.ts";
