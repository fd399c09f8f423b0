export type { ClipGradNormOptions } from "./clip-grad.ts";
export { clipGradNorm, clipGradValue } from "./clip-grad.ts";
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
export type { RunEnd, RunEvent, StepNorms, StepRecord } from "./journal/run-event.ts";
export { decodeRunEvent, encodeRunEvent } from "./journal/run-event.ts";
export { runLogFiles, snapshotFileName, snapshotFileStep } from "./journal/run-files.ts";
export type { RunInfo, RunParameter } from "./journal/run-info.ts";
export { decodeRunInfo, encodeRunInfo } from "./journal/run-info.ts";
export type { RunJournalOptions, RunSink, StepMeasures } from "./journal/run-journal.ts";
export { RunJournal } from "./journal/run-journal.ts";
export type { Snapshot, SnapshotTensor } from "./journal/snapshot.ts";
export { decodeSnapshot, encodeSnapshot, snapshotParts } from "./journal/snapshot.ts";
export { mostSnapshots, snapshotSteps } from "./journal/snapshot-steps.ts";
export type { BCEWithLogitsLossOptions } from "./losses/bce-with-logits-loss.ts";
export { BCEWithLogitsLoss, bceWithLogitsLoss } from "./losses/bce-with-logits-loss.ts";
export type { ClassLossOptions } from "./losses/classes.ts";
export type { CrossEntropyLossOptions } from "./losses/cross-entropy-loss.ts";
export { CrossEntropyLoss, crossEntropy } from "./losses/cross-entropy-loss.ts";
export type { HuberLossOptions } from "./losses/huber-loss.ts";
export { HuberLoss, huberLoss } from "./losses/huber-loss.ts";
export type { KLDivLossOptions, KLDivReduction } from "./losses/kl-div-loss.ts";
export { KLDivLoss, klDivLoss } from "./losses/kl-div-loss.ts";
export type { L1LossOptions } from "./losses/l1-loss.ts";
export { L1Loss, l1Loss } from "./losses/l1-loss.ts";
export type { MSELossOptions } from "./losses/mse-loss.ts";
export { MSELoss, mseLoss } from "./losses/mse-loss.ts";
export { NLLLoss, nllLoss } from "./losses/nll-loss.ts";
export type { LossShape, Reduction } from "./losses/reduction.ts";
export type { SmoothL1LossOptions } from "./losses/smooth-l1-loss.ts";
export { SmoothL1Loss, smoothL1Loss } from "./losses/smooth-l1-loss.ts";
export { Module } from "./module.ts";
export { withModuleScopes } from "./module-scopes.ts";
export { AvgPool1d } from "./modules/avg-pool1d.ts";
export { AvgPool2d } from "./modules/avg-pool2d.ts";
export type { BatchNormOptions } from "./modules/batch-norm.ts";
export { BatchNorm1d } from "./modules/batch-norm1d.ts";
export { BatchNorm2d } from "./modules/batch-norm2d.ts";
export { Conv1d } from "./modules/conv1d.ts";
export { Conv2d } from "./modules/conv2d.ts";
export type { ConvOptions, ConvOutput } from "./modules/convolution.ts";
export { Dropout } from "./modules/dropout.ts";
export { ELU } from "./modules/elu.ts";
export type { EmbeddingLayerOptions } from "./modules/embedding.ts";
export { Embedding } from "./modules/embedding.ts";
export { Flatten } from "./modules/flatten.ts";
export { GELU } from "./modules/gelu.ts";
export type { GroupNormOptions } from "./modules/group-norm.ts";
export { GroupNorm } from "./modules/group-norm.ts";
export { Identity } from "./modules/identity.ts";
export type { LayerNormOptions } from "./modules/layer-norm.ts";
export { LayerNorm } from "./modules/layer-norm.ts";
export type { LeakyReLUOptions } from "./modules/leaky-relu.ts";
export { LeakyReLU } from "./modules/leaky-relu.ts";
export type { LinearOptions } from "./modules/linear.ts";
export { Linear } from "./modules/linear.ts";
export { LogSoftmax } from "./modules/log-softmax.ts";
export { MaxPool1d } from "./modules/max-pool1d.ts";
export { MaxPool2d } from "./modules/max-pool2d.ts";
export { ReLU } from "./modules/relu.ts";
export { Residual } from "./modules/residual.ts";
export type { RMSNormOptions } from "./modules/rms-norm.ts";
export { RMSNorm } from "./modules/rms-norm.ts";
export { Sequential } from "./modules/sequential.ts";
export { Sigmoid } from "./modules/sigmoid.ts";
export { SiLU } from "./modules/silu.ts";
export { Softmax } from "./modules/softmax.ts";
export type { SoftplusOptions } from "./modules/softplus.ts";
export { Softplus } from "./modules/softplus.ts";
export { Tanh } from "./modules/tanh.ts";
export type { AdagradOptions } from "./optimizers/adagrad.ts";
export { Adagrad } from "./optimizers/adagrad.ts";
export { Adam } from "./optimizers/adam.ts";
export { AdamW } from "./optimizers/adamw.ts";
export type { AdamOptions } from "./optimizers/adaptive-moments.ts";
export type { Hyperparameter } from "./optimizers/hyperparameter.ts";
export type { OptimizerOptions, OptimizerState } from "./optimizers/optimizer.ts";
export { Optimizer } from "./optimizers/optimizer.ts";
export type { RMSpropOptions } from "./optimizers/rmsprop.ts";
export { RMSprop } from "./optimizers/rmsprop.ts";
export type { SGDOptions } from "./optimizers/sgd.ts";
export { SGD } from "./optimizers/sgd.ts";
export { Parameter } from "./parameter.ts";
export type { SafetensorsFile } from "./safetensors.ts";
export { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
export type { CosineAnnealingLROptions } from "./schedules/cosine-annealing-lr.ts";
export { cosineAnnealingLR } from "./schedules/cosine-annealing-lr.ts";
export type { Curve } from "./schedules/curve.ts";
export type { ExponentialLROptions } from "./schedules/exponential-lr.ts";
export { exponentialLR } from "./schedules/exponential-lr.ts";
export type { LinearLROptions } from "./schedules/linear-lr.ts";
export { linearLR } from "./schedules/linear-lr.ts";
export { LRScheduler } from "./schedules/lr-scheduler.ts";
export type { MultiStepLROptions } from "./schedules/multi-step-lr.ts";
export { multiStepLR } from "./schedules/multi-step-lr.ts";
export type { OneCycleLROptions } from "./schedules/one-cycle-lr.ts";
export { oneCycleLR } from "./schedules/one-cycle-lr.ts";
export type { ReduceLROnPlateauOptions } from "./schedules/reduce-lr-on-plateau.ts";
export { ReduceLROnPlateau } from "./schedules/reduce-lr-on-plateau.ts";
export type { SequentialLROptions } from "./schedules/sequential-lr.ts";
export { sequentialLR } from "./schedules/sequential-lr.ts";
export type { StepLROptions } from "./schedules/step-lr.ts";
export { stepLR } from "./schedules/step-lr.ts";
export type { LoadOptions, StateDict } from "./state-dict.ts";
export { StateDictError } from "./state-dict.ts";
export type { SummaryOptions } from "./summary.ts";
