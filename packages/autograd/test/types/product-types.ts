/** The shapes that products, pools and orders give, and what they refuse, as the compiler sees them. Compiling this is the test. */
import {
  avgPool2d,
  conv1d,
  conv2d,
  convTranspose2d,
  cumsum,
  einsum,
  maxPool2d,
  median,
  norm,
  prod,
  sort,
  std,
  unfold,
  type Variable,
  variable,
  variance,
} from "@adjoint/autograd";
import { type Shape, type Tensor, zeros } from "@adjoint/tensor";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expectType<T>(): <U>(value: U, same: Equal<T, U>) => void;

const images = zeros([64, 3, 28, 28]);
const kernels = zeros([8, 3, 5, 5]);
const x = variable([
  [1, 2, 3],
  [4, 5, 6],
]);

// Batch and channels are known; the spatial sizes follow from settings that types do not compute with.
expectType<Tensor<[64, 8, number, number]>>()(conv2d(images, kernels, { padding: 2 }), true);
expectType<Variable<[64, 8, number, number]>>()(
  conv2d(images, kernels, { bias: variable([0, 0, 0, 0, 0, 0, 0, 0]) }),
  true,
);
expectType<Tensor<[2, 8, number]>>()(conv1d(zeros([2, 3, 9]), zeros([8, 3, 5])), true);
expectType<Tensor<[64, number, number, number]>>()(convTranspose2d(images, zeros([3, 8, 5, 5])), true);
expectType<Tensor<[64, 3, number, number]>>()(maxPool2d(avgPool2d(images, 2), 2), true);
expectType<Tensor<[64, number, number]>>()(unfold(images, 3), true);
expectType<Tensor>()(conv2d(images as Tensor, kernels), true);

// Einsum reads its subscripts.
expectType<Variable<[2, 4]>>()(einsum("ij,jk->ik", x, zeros([3, 4])), true);
expectType<Variable<[7, 5, 2]>>()(
  einsum("bij,bjk,k->bki", zeros([7, 2, 3]), zeros([7, 3, 5]), variable([1, 2, 3, 4, 5])),
  true,
);
expectType<Variable<[]>>()(einsum("ij->", x), true);
expectType<Variable<Shape>>()(einsum("ij", x), true);
expectType<Variable<Shape>>()(einsum("...j->...", x), true);

expectType<Variable<[2]>>()(prod(x, 1), true);
expectType<Variable<[1, 3]>>()(variance(x, 0, { keepDims: true }), true);
expectType<Variable<[]>>()(std(x), true);
expectType<Variable<[3]>>()(norm(x, 0, { ord: 1 }), true);
expectType<Variable<[2]>>()(median(x, -1), true);
expectType<Variable<[2, 3]>>()(cumsum(x, 0), true);
expectType<Variable<[2, 3]>>()(sort(x, 1).values, true);

// @ts-expect-error One image without its batch axis.
conv2d(zeros([3, 28, 28]), kernels);
// @ts-expect-error x's channels are 3, the transposed weight takes 8.
convTranspose2d(images, kernels);
// @ts-expect-error [maxPool2d] x is [3, 28, 28].
maxPool2d(zeros([3, 28, 28]), 2);
// @ts-expect-error "j" is 3 and 4.
einsum("ij,jk->ik", x, zeros([4, 5]));
// @ts-expect-error The output names "k", which no operand has.
einsum("ij->ik", x);
// @ts-expect-error Axis 2 is outside a tensor of rank 2.
cumsum(x, 2);
