export type {
  ArithmeticOp,
  AssignMode,
  Backend,
  BinaryOp,
  CompareOp,
  CumulateOp,
  Piece,
  ReduceOp,
  UnaryOp,
  View,
} from "./backend.ts";
export { currentBackend, withBackend } from "./backend.ts";
export { cpuBackend } from "./cpu/backend.ts";
export type {
  CreateOptions,
  DTypeOfArray,
  DTypeOfData,
  DTypeOfNested,
  NestedArray,
  TensorOptions,
} from "./create.ts";
export { arange, eye, fromTypedArray, full, linspace, oneHot, ones, tensor, zeros } from "./create.ts";
export type { ArrayOf, DType, FloatDType, Promote, ToFloat, TypedArray } from "./dtype.ts";
export {
  binaryDType,
  bytesPerElement,
  checkHolds,
  dtypes,
  isFloat,
  promote,
  toFloat,
  unaryDType,
} from "./dtype.ts";
export { where } from "./elementwise.ts";
export {
  AdjointError,
  ArgumentError,
  AxisError,
  checkOptions,
  DTypeError,
  FormatError,
  IndexError,
  ShapeMismatchError,
} from "./errors.ts";
export { formatTensor } from "./format.ts";
export type { NormalOptions, UniformOptions } from "./generator.ts";
export { Generator } from "./generator.ts";
export { concat, pad, stack, unslice } from "./indexing.ts";
export { Inspectable } from "./inspectable.ts";
export type { Range } from "./movement.ts";
export { decodeNpy, encodeNpy } from "./npy.ts";
export type { RandomSource } from "./random.ts";
export {
  bernoulli,
  defaultGenerator,
  manualSeed,
  randomIntegers,
  randomNormal,
  randomPermutation,
  randomUniform,
} from "./random.ts";
export type { Axes, ReduceOptions } from "./reduction.ts";
export {
  broadcastAxes,
  broadcastShapes,
  contiguousStrides,
  formatShape,
  normalizeAxes,
  normalizeAxis,
  reducedShape,
  sameShape,
  sizeOf,
} from "./shape.ts";
export type {
  ApplyRule,
  ApplyRules,
  ArrayElement,
  ArrayShape,
  Broadcast,
  CheckChain,
  Concat,
  Convolution,
  ConvolutionTranspose,
  Diagonal,
  Dot,
  Einsum,
  ElementwiseCheck,
  ElementwiseShape,
  Embedding,
  Expand,
  FittingModules,
  Flatten,
  FlattenAxes,
  Guard,
  LinearOutput,
  LinearProduct,
  MatMul,
  Movedim,
  Mutable,
  Outer,
  Pad,
  Padding,
  Permute,
  Pooled,
  Product,
  Reduce,
  RepeatInterleave,
  Reshape,
  Resize,
  Resolved,
  RuleOf,
  RulesOf,
  SequentialOutput,
  Shape,
  ShapeError,
  ShapeOf,
  ShapeRule,
  ShapeText,
  Squeeze,
  Tile,
  Transpose,
  Unsqueeze,
} from "./shape-types.ts";
export type { Absence } from "./storage.ts";
export { Storage } from "./storage.ts";
export type { AssignOptions, KeepDims, NestedValues, Operand } from "./tensor.ts";
export { Tensor } from "./tensor.ts";
export type { PerAxis, WindowOptions } from "./windows.ts";
export { cutWindows, foldWindows, perAxis, windows } from "./windows.ts";
