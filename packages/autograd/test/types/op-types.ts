/**
 * The shape of every op's result, as the compiler knows it: one line an op, in the order of the manifest. Compiling this is
 * the test; docs/ops.md shows the lines. A plain Variable is one whose shape is known
 * only when it runs, for the reason above its line.
 */
import {
  abs,
  acos,
  acosh,
  add,
  all,
  and,
  any,
  argmax,
  argmin,
  argsort,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  avgPool1d,
  avgPool2d,
  cast,
  cbrt,
  ceil,
  chunk,
  clamp,
  concat,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  cos,
  cosh,
  cumprod,
  cumsum,
  diagonal,
  div,
  dot,
  einsum,
  elu,
  embedding,
  equal,
  erf,
  erfc,
  exp,
  exp2,
  expand,
  expm1,
  flatten,
  flip,
  floor,
  foldWindows,
  gather,
  gelu,
  greater,
  greaterEqual,
  hardsigmoid,
  hardtanh,
  hypot,
  index,
  indexSelect,
  isfinite,
  isnan,
  leakyRelu,
  lerp,
  less,
  lessEqual,
  linear,
  log,
  log1p,
  log2,
  log10,
  logSigmoid,
  logSoftmax,
  logSumExp,
  maskedFill,
  matmul,
  max,
  maximum,
  maxPool1d,
  maxPool2d,
  mean,
  median,
  min,
  minimum,
  mish,
  movedim,
  mul,
  neg,
  norm,
  not,
  notEqual,
  or,
  outer,
  pad,
  permute,
  pow,
  prod,
  reciprocal,
  relu,
  remainder,
  repeat,
  repeatInterleave,
  reshape,
  roll,
  round,
  rsqrt,
  scatterAdd,
  selu,
  sigmoid,
  sign,
  silu,
  sin,
  sinh,
  slice,
  softmax,
  softplus,
  softsign,
  sort,
  split,
  sqrt,
  square,
  squeeze,
  stack,
  std,
  sub,
  sum,
  takeAlongAxis,
  tan,
  tanh,
  tile,
  topk,
  trace,
  transpose,
  tril,
  triu,
  unfold,
  unslice,
  unsqueeze,
  Variable,
  variance,
  where,
  windows,
  xor,
} from "@adjoint/autograd";
import { tensor, zeros } from "@adjoint/tensor";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expectType<T>(): <U>(value: U, same: Equal<T, U>) => void;

const x = new Variable(zeros([2, 3]));
const row = new Variable(zeros([3]));
const column = zeros([2, 1]);
const weight = zeros([3, 4]);
const signal = new Variable(zeros([2, 3, 8]));
const image = new Variable(zeros([2, 3, 8, 8]));
const mask = tensor([true, false, true]);
const positions = zeros([2, 1], { dtype: "int32" });
const list = tensor([1, 0], { dtype: "int32" });

expectType<Variable<[2, 3]>>()(abs(x), true);
expectType<Variable<[2, 3]>>()(acos(x), true);
expectType<Variable<[2, 3]>>()(acosh(x), true);
expectType<Variable<[2, 3]>>()(add(x, row), true);
expectType<Variable<[2]>>()(all(x, 1), true);
expectType<Variable<[2, 3]>>()(and(x, row), true);
expectType<Variable<[2]>>()(any(x, 1), true);
expectType<Variable<[2]>>()(argmax(x, 1), true);
expectType<Variable<[2]>>()(argmin(x, 1), true);
expectType<Variable<[2, 3]>>()(argsort(x), true);
expectType<Variable<[2, 3]>>()(asin(x), true);
expectType<Variable<[2, 3]>>()(asinh(x), true);
expectType<Variable<[2, 3]>>()(atan(x), true);
expectType<Variable<[2, 3]>>()(atan2(x, row), true);
expectType<Variable<[2, 3]>>()(atanh(x), true);
expectType<Variable<[2, 3, number]>>()(avgPool1d(signal, 2), true);
expectType<Variable<[2, 3, number, number]>>()(avgPool2d(image, 2), true);
expectType<Variable<[2, 3]>>()(cast(x, "float64"), true);
expectType<Variable<[2, 3]>>()(cbrt(x), true);
expectType<Variable<[2, 3]>>()(ceil(x), true);
expectType<Variable<[2, number]>[]>()(chunk(x, 3, 1), true);
expectType<Variable<[2, 3]>>()(clamp(x, { min: 0 }), true);
expectType<Variable<[4, 3]>>()(concat([x, x]), true);
expectType<Variable<[2, number, number]>>()(convTranspose1d(signal, zeros([3, 4, 2])), true);
expectType<Variable<[2, number, number, number]>>()(convTranspose2d(image, zeros([3, 4, 2, 2])), true);
expectType<Variable<[2, 4, number]>>()(conv1d(signal, zeros([4, 3, 2])), true);
expectType<Variable<[2, 4, number, number]>>()(conv2d(image, zeros([4, 3, 2, 2])), true);
expectType<Variable<[2, 3]>>()(cos(x), true);
expectType<Variable<[2, 3]>>()(cosh(x), true);
expectType<Variable<[2, 3]>>()(cumprod(x, 1), true);
expectType<Variable<[2, 3]>>()(cumsum(x, 1), true);
expectType<Variable<[8, number]>>()(diagonal(signal), true);
expectType<Variable<[2, 3]>>()(div(x, row), true);
expectType<Variable<[]>>()(dot(row, row), true);
expectType<Variable<[4, 2]>>()(einsum("ij,jk->ki", x, weight), true);
expectType<Variable<[2, 3]>>()(elu(x), true);
expectType<Variable<[2, 1, 3]>>()(embedding(positions, x), true);
expectType<Variable<[2, 3]>>()(equal(x, row), true);
expectType<Variable<[2, 3]>>()(erf(x), true);
expectType<Variable<[2, 3]>>()(erfc(x), true);
expectType<Variable<[2, 3]>>()(exp(x), true);
expectType<Variable<[2, 3]>>()(exp2(x), true);
expectType<Variable<[4, 2, 3]>>()(expand(x, [4, 2, 3]), true);
expectType<Variable<[2, 3]>>()(expm1(x), true);
expectType<Variable<[6]>>()(flatten(x), true);
expectType<Variable<[2, 3]>>()(flip(x), true);
expectType<Variable<[2, 3]>>()(floor(x), true);
// sizes are given as a plain list of numbers
expectType<Variable>()(foldWindows(windows(x, [2]), [3]), true);
expectType<Variable<[2, 1]>>()(gather(x, positions, 1), true);
expectType<Variable<[2, 3]>>()(gelu(x), true);
expectType<Variable<[2, 3]>>()(greater(x, row), true);
expectType<Variable<[2, 3]>>()(greaterEqual(x, row), true);
expectType<Variable<[2, 3]>>()(hardsigmoid(x), true);
expectType<Variable<[2, 3]>>()(hardtanh(x), true);
expectType<Variable<[2, 3]>>()(hypot(x, row), true);
// a mask's number of true elements is not in its type
expectType<Variable>()(index(x, list), true);
expectType<Variable<[2, 3]>>()(indexSelect(x, list), true);
expectType<Variable<[2, 3]>>()(isfinite(x), true);
expectType<Variable<[2, 3]>>()(isnan(x), true);
expectType<Variable<[2, 3]>>()(leakyRelu(x), true);
expectType<Variable<[2, 3]>>()(lerp(x, row, column), true);
expectType<Variable<[2, 3]>>()(less(x, row), true);
expectType<Variable<[2, 3]>>()(lessEqual(x, row), true);
expectType<Variable<[2, 4]>>()(linear(x, zeros([4, 3])), true);
expectType<Variable<[2, 3]>>()(log(x), true);
expectType<Variable<[2, 3]>>()(logSigmoid(x), true);
expectType<Variable<[2, 3]>>()(logSoftmax(x), true);
expectType<Variable<[2]>>()(logSumExp(x, 1), true);
expectType<Variable<[2, 3]>>()(log1p(x), true);
expectType<Variable<[2, 3]>>()(log2(x), true);
expectType<Variable<[2, 3]>>()(log10(x), true);
expectType<Variable<[2, 3]>>()(maskedFill(x, mask, 0), true);
expectType<Variable<[2, 4]>>()(matmul(x, weight), true);
expectType<Variable<[2]>>()(max(x, 1), true);
expectType<Variable<[2, 3, number]>>()(maxPool1d(signal, 2), true);
expectType<Variable<[2, 3, number, number]>>()(maxPool2d(image, 2), true);
expectType<Variable<[2, 3]>>()(maximum(x, row), true);
expectType<Variable<[2]>>()(mean(x, 1), true);
expectType<Variable<[2]>>()(median(x, 1), true);
expectType<Variable<[2]>>()(min(x, 1), true);
expectType<Variable<[2, 3]>>()(minimum(x, row), true);
expectType<Variable<[2, 3]>>()(mish(x), true);
expectType<Variable<[8, 2, 3]>>()(movedim(signal, 2, 0), true);
expectType<Variable<[2, 3]>>()(mul(x, row), true);
expectType<Variable<[2, 3]>>()(neg(x), true);
expectType<Variable<[2]>>()(norm(x, 1), true);
expectType<Variable<[2, 3]>>()(not(x), true);
expectType<Variable<[2, 3]>>()(notEqual(x, row), true);
expectType<Variable<[2, 3]>>()(or(x, row), true);
expectType<Variable<[3, 3]>>()(outer(row, row), true);
expectType<Variable<[2, 6]>>()(pad(x, [[1, 2]]), true);
expectType<Variable<[8, 2, 3]>>()(permute(signal, [2, 0, 1]), true);
expectType<Variable<[2, 3]>>()(pow(x, row), true);
expectType<Variable<[2]>>()(prod(x, 1), true);
expectType<Variable<[2, 3]>>()(reciprocal(x), true);
expectType<Variable<[2, 3]>>()(relu(x), true);
expectType<Variable<[2, 3]>>()(remainder(x, row), true);
expectType<Variable<[4, 3]>>()(repeat(x, [2, 1]), true);
expectType<Variable<[2, 6]>>()(repeatInterleave(x, 2, 1), true);
expectType<Variable<[3, 2]>>()(reshape(x, [3, 2]), true);
expectType<Variable<[2, 3]>>()(roll(x, 1, 0), true);
expectType<Variable<[2, 3]>>()(round(x), true);
expectType<Variable<[2, 3]>>()(rsqrt(x), true);
expectType<Variable<[2, 3]>>()(scatterAdd(x, positions, zeros([2, 1]), 1), true);
expectType<Variable<[2, 3]>>()(selu(x), true);
expectType<Variable<[2, 3]>>()(sigmoid(x), true);
expectType<Variable<[2, 3]>>()(sign(x), true);
expectType<Variable<[2, 3]>>()(silu(x), true);
expectType<Variable<[2, 3]>>()(sin(x), true);
expectType<Variable<[2, 3]>>()(sinh(x), true);
// ranges are objects with bounds, cut to the axis
expectType<Variable>()(slice(x, 0), true);
expectType<Variable<[2, 3]>>()(softmax(x), true);
expectType<Variable<[2, 3]>>()(softplus(x), true);
expectType<Variable<[2, 3]>>()(softsign(x), true);
expectType<Variable<[2, 3]>>()(sort(x).values, true);
expectType<Variable<[2, number]>[]>()(split(x, 1, 1), true);
expectType<Variable<[2, 3]>>()(sqrt(x), true);
expectType<Variable<[2, 3]>>()(square(x), true);
expectType<Variable<[2, 3]>>()(squeeze(unsqueeze(x, 0)), true);
expectType<Variable<[2, 2, 3]>>()(stack([x, x], 1), true);
expectType<Variable<[2]>>()(std(x, 1), true);
expectType<Variable<[2, 3]>>()(sub(x, row), true);
expectType<Variable<[2]>>()(sum(x, 1), true);
// the axis is any number, and the other axes broadcast
expectType<Variable>()(takeAlongAxis(x, positions, 1), true);
expectType<Variable<[2, 3]>>()(tan(x), true);
expectType<Variable<[2, 3]>>()(tanh(x), true);
expectType<Variable<[4, 3]>>()(tile(x, [2, 1]), true);
expectType<Variable<[2, 2]>>()(topk(x, 2).values, true);
expectType<Variable<[]>>()(trace(x), true);
expectType<Variable<[3, 2]>>()(transpose(x), true);
expectType<Variable<[2, 3]>>()(tril(x), true);
expectType<Variable<[2, 3]>>()(triu(x), true);
expectType<Variable<[2, number, number]>>()(unfold(image, 2), true);
expectType<Variable<[2, 3]>>()(unslice(slice(x, 0), [2, 3], [0]), true);
expectType<Variable<[2, 1, 3]>>()(unsqueeze(x, 1), true);
expectType<Variable<[2]>>()(variance(x, 1), true);
expectType<Variable<[2, 3]>>()(where(mask, x, column), true);
// how many windows fit follows from a division
expectType<Variable>()(windows(x, [2]), true);
expectType<Variable<[2, 3]>>()(xor(x, row), true);
