/** The shapes that elementwise ops give, and what they refuse, as the compiler sees them. Compiling this is the test. */
import {
  add,
  exp,
  greater,
  maximum,
  mul,
  pow,
  relu,
  sub,
  type Value,
  type Variable,
  variable,
  where,
} from "@adjoint/autograd";
import { type Shape, type Tensor, tensor, zeros } from "@adjoint/tensor";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function expectType<T>(): <U>(value: U, same: Equal<T, U>) => void;

const x = variable([
  [1, 2, 3],
  [4, 5, 6],
]);
const column = zeros([2, 1]);
const mask = tensor([true, false, true]);

// A Variable beside anything gives a Variable; Tensors and numbers alone give a Tensor.
expectType<Variable<[2, 3]>>()(add(x, variable([1, 2, 3])), true);
expectType<Variable<[2, 3]>>()(mul(column, x), true);
expectType<Variable<[2, 3]>>()(sub(1, x), true);
expectType<Variable<[2, 3]>>()(exp(relu(x)), true);
expectType<Tensor<[2, 1]>>()(add(column, column), true);
expectType<Tensor<[2, 1]>>()(maximum(0, column), true);
expectType<Variable<[2, 3]>>()(where(greater(x, 0), x, 0), true);
expectType<Tensor<[2, 3]>>()(where(mask, 0, column), true);
expectType<Tensor | Variable>()(add(x as Value, x as Value), true);

/** Where the shape is a type parameter, it stays one. */
export function generic<S extends Shape>(y: Variable<S>): Variable<S> {
  return sub(1, mul(pow(y, 2), exp(add(y, y))));
}

// @ts-expect-error [2, 3] and [2] do not broadcast.
add(x, variable([1, 2]));
// @ts-expect-error [2, 1] and [4, 4] do not broadcast.
sub(column, zeros([4, 4]));
// @ts-expect-error The condition's [2] does not broadcast with the branches' [2, 3].
where(tensor([true, false]), x, 0);
