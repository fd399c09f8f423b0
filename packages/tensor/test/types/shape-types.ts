/** Assertions on the shape types themselves: `tsc` is the test runner, and a wrong rule is a type error here. */
import type {
  ApplyRules,
  ArrayElement,
  ArrayShape,
  Broadcast,
  CheckChain,
  Concat,
  ElementwiseCheck,
  ElementwiseShape,
  Expand,
  FittingModules,
  Flatten,
  Guard,
  LinearOutput,
  MatMul,
  Mutable,
  Permute,
  Product,
  Reduce,
  Reshape,
  Resolved,
  RulesOf,
  SequentialOutput,
  Shape,
  ShapeError,
  ShapeOf,
  ShapeText,
  Squeeze,
  Transpose,
  Unsqueeze,
} from "../../src/shape-types.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Expect<T extends true> = T;

export type Texts = [
  Expect<Equal<ShapeText<[]>, "[]">>,
  Expect<Equal<ShapeText<readonly [64, 784]>, "[64, 784]">>,
  Expect<Equal<ShapeText<[number, 784]>, "[number, 784]">>,
  Expect<Equal<ShapeText<number[]>, "[...]">>,
];

export type Plumbing = [
  Expect<Equal<Guard<[2, 3]>, unknown>>,
  Expect<Equal<Guard<ShapeError<"no">>, ShapeError<"no">>>,
  Expect<Equal<Resolved<[2, 3]>, [2, 3]>>,
  Expect<Equal<Resolved<ShapeError<"no">>, Shape>>,
  Expect<Equal<ShapeOf<{ readonly shape: readonly [2, 3] }>, readonly [2, 3]>>,
  Expect<Equal<ShapeOf<{ readonly shape: Shape }>, Shape>>,
  Expect<Equal<ShapeOf<3>, []>>,
  Expect<Equal<Mutable<readonly [2, 3]>, [2, 3]>>,
  Expect<Equal<Mutable<number[]>, Shape>>,
];

export type Broadcasts = [
  Expect<Equal<Broadcast<[64, 784], [64, 784]>, [64, 784]>>,
  Expect<Equal<Broadcast<[64, 784], [784]>, [64, 784]>>,
  Expect<Equal<Broadcast<[10], [64, 1]>, [64, 10]>>,
  Expect<Equal<Broadcast<[1, 3, 1], [2, 1, 4]>, [2, 3, 4]>>,
  Expect<Equal<Broadcast<[], [2, 3]>, [2, 3]>>,
  Expect<Equal<Broadcast<readonly [2, 3], readonly []>, [2, 3]>>,
  Expect<Equal<Broadcast<[0], [1]>, [0]>>,
  // An unknown axis takes the other's length, unless that is 1.
  Expect<Equal<Broadcast<[number, 10], [64, 10]>, [64, 10]>>,
  Expect<Equal<Broadcast<[number, 10], [1, 10]>, [number, 10]>>,
  Expect<Equal<Broadcast<[1, 10], [number, 10]>, [number, 10]>>,
  Expect<Equal<Broadcast<[number], [number]>, [number]>>,
  Expect<Equal<Broadcast<[64, number], [784]>, [64, 784]>>,
  Expect<Equal<Broadcast<Shape, [784]>, Shape>>,
  Expect<Equal<Broadcast<[784], number[]>, Shape>>,
  Expect<
    Equal<
      Broadcast<[64, 784], [128], "add">,
      ShapeError<"[add] shapes do not broadcast: a is [64, 784] (axis 1 = 784), b is [128] (axis 0 = 128)">
    >
  >,
  Expect<
    Equal<
      Broadcast<[2, 3], [4, number], "mul">,
      ShapeError<"[mul] shapes do not broadcast: a is [2, 3] (axis 0 = 2), b is [4, number] (axis 0 = 4)">
    >
  >,
  Expect<
    Equal<
      Broadcast<[0], [3], "add">,
      ShapeError<"[add] shapes do not broadcast: a is [0] (axis 0 = 0), b is [3] (axis 0 = 3)">
    >
  >,
];

type Of<S extends Shape> = { readonly shape: S };
/** With a number, or a tensor of the same shape, the shape stays what it is, type parameter or not. */
export type Elementwise<S extends Shape> = [
  Expect<Equal<ElementwiseShape<S, 2, "add">, S>>,
  Expect<Equal<ElementwiseShape<S, Of<S>, "add">, S>>,
  Expect<Equal<ElementwiseCheck<S, 2, "add">, unknown>>,
  Expect<Equal<ElementwiseCheck<S, Of<S>, "add">, unknown>>,
  Expect<Equal<ElementwiseShape<[2, 3], Of<[1]>, "add">, [2, 3]>>,
  Expect<Equal<ElementwiseShape<[2, 3], Of<[2]>, "add">, Shape>>,
  Expect<
    Equal<
      ElementwiseCheck<[2, 3], Of<[2]>, "add">,
      ShapeError<"[add] shapes do not broadcast: a is [2, 3] (axis 1 = 3), b is [2] (axis 0 = 2)">
    >
  >,
];

export type MatMuls = [
  Expect<Equal<MatMul<[64, 784], [784, 128]>, [64, 128]>>,
  Expect<Equal<MatMul<[number, 784], readonly [784, 128]>, [number, 128]>>,
  Expect<Equal<MatMul<[3], [3]>, []>>,
  Expect<Equal<MatMul<[2, 3], [3]>, [2]>>,
  Expect<Equal<MatMul<[3], [3, 4]>, [4]>>,
  Expect<Equal<MatMul<[3], [5, 3, 4]>, [5, 4]>>,
  Expect<Equal<MatMul<[5, 2, 3], [3]>, [5, 2]>>,
  Expect<Equal<MatMul<[5, 2, 3], [3, 4]>, [5, 2, 4]>>,
  Expect<Equal<MatMul<[7, 1, 2, 3], [5, 3, 4]>, [7, 5, 2, 4]>>,
  Expect<Equal<MatMul<[2, number], [3, 4]>, [2, 4]>>,
  Expect<Equal<MatMul<Shape, [3, 4]>, Shape>>,
  Expect<Equal<MatMul<[3, 4], Shape>, Shape>>,
  Expect<
    Equal<
      MatMul<[64, 784], [128, 10]>,
      ShapeError<"[matmul] inner axes differ: a is [64, 784] (axis 1 = 784), b is [128, 10] (axis 0 = 128)">
    >
  >,
  Expect<
    Equal<
      MatMul<[3], [5, 4, 2]>,
      ShapeError<"[matmul] inner axes differ: a is [3] (axis 0 = 3), b is [5, 4, 2] (axis 1 = 4)">
    >
  >,
  Expect<
    Equal<
      MatMul<[2, 3], [4]>,
      ShapeError<"[matmul] inner axes differ: a is [2, 3] (axis 1 = 3), b is [4] (axis 0 = 4)">
    >
  >,
  Expect<
    Equal<
      MatMul<[2, 2, 3], [5, 3, 4]>,
      ShapeError<"[matmul] batch axes do not broadcast: a is [2, 2, 3] (axis 0 = 2), b is [5, 3, 4] (axis 0 = 5)">
    >
  >,
  Expect<Equal<MatMul<[], [3]>, ShapeError<"[matmul] both need at least one axis: a is [], b is [3]">>>,
  Expect<Equal<MatMul<[2, 3], []>, ShapeError<"[matmul] both need at least one axis: a is [2, 3], b is []">>>,
];

export type Transposes = [
  Expect<Equal<Transpose<[2, 3]>, [3, 2]>>,
  Expect<Equal<Transpose<readonly [2, 3, 4]>, [2, 4, 3]>>,
  Expect<Equal<Transpose<[2, 3, 4], 0, -1>, [4, 3, 2]>>,
  Expect<Equal<Transpose<[2, 3, 4], 1, 1>, [2, 3, 4]>>,
  Expect<Equal<Transpose<[2, 3, 4], number, 1>, [number, number, number]>>,
  Expect<Equal<Transpose<Shape>, Shape>>,
  Expect<Equal<Transpose<[3]>, ShapeError<"[transpose] axis -2 is outside a tensor of rank 1: x is [3]">>>,
  Expect<
    Equal<
      Transpose<[2, 3], 0, 2>,
      ShapeError<"[transpose] axis 2 is outside a tensor of rank 2: x is [2, 3]">
    >
  >,
];

export type Permutes = [
  Expect<Equal<Permute<[2, 3, 4], [2, 0, 1]>, [4, 2, 3]>>,
  Expect<Equal<Permute<readonly [2, 3, 4], readonly [-1, 0, -2]>, [4, 2, 3]>>,
  Expect<Equal<Permute<[], []>, []>>,
  Expect<Equal<Permute<[2, number], [1, 0]>, [number, 2]>>,
  Expect<Equal<Permute<[2, 3], number[]>, [number, number]>>,
  Expect<Equal<Permute<Shape, [1, 0]>, Shape>>,
  Expect<
    Equal<
      Permute<[2, 3], [0, 0]>,
      ShapeError<"[permute] axes [0, 0] are no permutation of the axes of [2, 3]">
    >
  >,
  Expect<
    Equal<
      Permute<[2, 3], [0, 1, -1]>,
      ShapeError<"[permute] axes [0, 1, -1] are no permutation of the axes of [2, 3]">
    >
  >,
  Expect<
    Equal<Permute<[2, 3], [0, 2]>, ShapeError<"[permute] axis 2 is outside a tensor of rank 2: x is [2, 3]">>
  >,
];

export type Reductions = [
  Expect<Equal<Reduce<[2, 3]>, []>>,
  Expect<Equal<Reduce<Shape>, []>>,
  Expect<Equal<Reduce<[2, 3], undefined, true>, [1, 1]>>,
  Expect<Equal<Reduce<[2, 3, 4], 1>, [2, 4]>>,
  Expect<Equal<Reduce<[2, 3, 4], -1>, [2, 3]>>,
  Expect<Equal<Reduce<readonly [2, 3, 4], -3, true>, [1, 3, 4]>>,
  Expect<Equal<Reduce<[2, 3, 4], readonly [0, -1]>, [3]>>,
  Expect<Equal<Reduce<[number, 3, 4], [2, 1], true>, [number, 1, 1]>>,
  Expect<Equal<Reduce<[2, 3], []>, [2, 3]>>,
  Expect<Equal<Reduce<[], 0>, []>>,
  // Axes that are not literals: the rank is known for one axis, and with keepDims.
  Expect<Equal<Reduce<[2, 3, 4], number>, [number, number]>>,
  Expect<Equal<Reduce<[2, 3, 4], number, true>, [number, number, number]>>,
  Expect<Equal<Reduce<[2, 3, 4], number[]>, Shape>>,
  Expect<Equal<Reduce<[2, 3], 0, boolean>, Shape>>,
  Expect<Equal<Reduce<[2, 3], number | undefined>, Shape | [number]>>,
  Expect<Equal<Reduce<[2, 3], 0 | 1>, [2] | [3]>>,
  Expect<Equal<Reduce<Shape, 1>, Shape>>,
  Expect<
    Equal<
      Reduce<[2, 3], 2, false, "sum">,
      ShapeError<"[sum] axis 2 is outside a tensor of rank 2: x is [2, 3]">
    >
  >,
  Expect<
    Equal<
      Reduce<[2, 3], [0, -3], true, "max">,
      ShapeError<"[max] axis -3 is outside a tensor of rank 2: x is [2, 3]">
    >
  >,
];

export type Movements = [
  Expect<Equal<Unsqueeze<[2, 3], 0>, [1, 2, 3]>>,
  Expect<Equal<Unsqueeze<[2, 3], -1>, [2, 3, 1]>>,
  Expect<Equal<Unsqueeze<[2, 3], 1>, [2, 1, 3]>>,
  Expect<Equal<Unsqueeze<[], 0>, [1]>>,
  Expect<Equal<Unsqueeze<[2, 3], number>, [number, number, number]>>,
  Expect<Equal<Unsqueeze<Shape, 0>, Shape>>,
  Expect<Equal<Unsqueeze<[2], 2>, ShapeError<"[unsqueeze] axis 2 is outside a tensor of rank 2: x is [2]">>>,
  Expect<Equal<Squeeze<[1, 2, 1]>, [2]>>,
  Expect<Equal<Squeeze<[1, 2, 1], -1>, [1, 2]>>,
  Expect<Equal<Squeeze<readonly [1, 2, 1], 1>, [1, 2, 1]>>,
  Expect<Equal<Squeeze<[number, 1], 1>, [number]>>,
  Expect<Equal<Squeeze<[number, 1], 0>, Shape>>,
  Expect<Equal<Squeeze<[number, 1]>, Shape>>,
  Expect<Equal<Squeeze<[2, 3]>, [2, 3]>>,
  Expect<Equal<Squeeze<[2, 1], number>, Shape>>,
  Expect<Equal<Squeeze<[2], 1>, ShapeError<"[squeeze] axis 1 is outside a tensor of rank 1: x is [2]">>>,
  Expect<Equal<Expand<[3, 1], [3, 4]>, [3, 4]>>,
  Expect<Equal<Expand<[3, 1], [2, -1, 4]>, [2, 3, 4]>>,
  Expect<Equal<Expand<[number], [4]>, [4]>>,
  Expect<Equal<Expand<[3], [number]>, [3]>>,
  Expect<Equal<Expand<[1], [number]>, [number]>>,
  Expect<Equal<Expand<[3], Shape>, Shape>>,
  Expect<Equal<Expand<[3, 2], [3, 4]>, ShapeError<"[expand] cannot expand [3, 2] to [3, 4]">>>,
  Expect<Equal<Expand<[3, 1], [3]>, ShapeError<"[expand] cannot expand [3, 1] to [3]">>>,
  Expect<Equal<Concat<[[2, 3], [4, 3]]>, [6, 3]>>,
  Expect<Equal<Concat<[[2, 3], [2, 998], [2, 25]], -1>, [2, 1026]>>,
  Expect<Equal<Concat<[[2, number], [number, 3]], 0>, [number, 3]>>,
  Expect<Equal<Concat<[[2, 3], Shape]>, Shape>>,
  Expect<Equal<Concat<[2, 3][]>, Shape>>,
  Expect<Equal<Concat<[[2, 3], [2, 3]], number>, [number, number]>>,
  Expect<
    Equal<Concat<[[2, 3], [2, 4]]>, ShapeError<"[concat] tensor 1 is [2, 4], tensor 0 is [2, 3], axis is 0">>
  >,
  Expect<
    Equal<
      Concat<[[2, 3], [2, 3], [2]], 1>,
      ShapeError<"[concat] tensor 2 is [2], tensor 0 is [2, 3], axis is 1">
    >
  >,
];

export type Counts = [
  Expect<Equal<Product<[]>, 1>>,
  Expect<Equal<Product<[28, 28]>, 784>>,
  Expect<Equal<Product<[60000, 28, 28]>, 47040000>>,
  Expect<Equal<Product<[999, 999, 999]>, 997002999>>,
  Expect<Equal<Product<[123456, 7890]>, 974067840>>,
  Expect<Equal<Product<[105, 0, 3]>, 0>>,
  Expect<Equal<Product<[1, 1000]>, 1000>>,
  Expect<Equal<Product<[2, number]>, number>>,
  Expect<Equal<Product<Shape>, number>>,
  Expect<Equal<Reshape<[64, 784], [64, 28, 28]>, [64, 28, 28]>>,
  Expect<Equal<Reshape<[64, 28, 28], readonly [64, -1]>, [64, 784]>>,
  Expect<Equal<Reshape<[64, 28, 28], [-1]>, [50176]>>,
  Expect<Equal<Reshape<[64, 784], [-1, 64]>, [784, 64]>>,
  Expect<Equal<Reshape<[64, 784], [-1, 28]>, [number, 28]>>,
  Expect<Equal<Reshape<[number, 784], [-1, 28, 28]>, [number, 28, 28]>>,
  Expect<Equal<Reshape<[number, 784], [64, 28, 28]>, [64, 28, 28]>>,
  Expect<Equal<Reshape<[2, 3], [number, 3]>, [number, 3]>>,
  Expect<Equal<Reshape<Shape, [2, -1]>, [2, number]>>,
  Expect<Equal<Reshape<[2, 3], Shape>, Shape>>,
  Expect<Equal<Reshape<[1], []>, []>>,
  Expect<Equal<Reshape<[0, 3], [5, 0]>, [5, 0]>>,
  Expect<
    Equal<
      Reshape<[64, 784], [64, 28, 27]>,
      ShapeError<"[reshape] cannot see [64, 784] (50176 elements) as [64, 28, 27] (48384 elements)">
    >
  >,
  Expect<Equal<Flatten<[64, 1, 28, 28]>, [64, 784]>>,
  Expect<Equal<Flatten<[number, 28, 28]>, [number, 784]>>,
  Expect<Equal<Flatten<[64, number, 28]>, [64, number]>>,
  Expect<Equal<Flatten<Shape>, [number, number]>>,
];

type Recursive = number | readonly Recursive[];
export type Arrays = [
  Expect<Equal<ArrayShape<3>, []>>,
  Expect<Equal<ArrayShape<readonly [1, 2, 3]>, [3]>>,
  Expect<Equal<ArrayShape<readonly [readonly [1, 2], readonly [3, 4]]>, [2, 2]>>,
  Expect<Equal<ArrayShape<[[[true], [false]]]>, [1, 2, 1]>>,
  Expect<Equal<ArrayShape<readonly []>, [0]>>,
  Expect<Equal<ArrayShape<readonly [readonly [], readonly []]>, [2, 0]>>,
  Expect<Equal<ArrayShape<number[][]>, [number, number]>>,
  Expect<Equal<ArrayShape<readonly [number[], readonly [1, 2]]>, [2, number]>>,
  Expect<Equal<ArrayShape<Recursive>, Shape>>,
  // biome-ignore lint/suspicious/noExplicitAny: that any is a wildcard is what this line asserts.
  Expect<Equal<ArrayShape<any>, Shape>>,
  Expect<
    Equal<
      ArrayShape<readonly [readonly [1, 2], readonly [3]]>,
      ShapeError<"[tensor] data is ragged: the arrays at depth 1 differ in length">
    >
  >,
  Expect<
    Equal<
      ArrayShape<readonly [1, readonly [3]]>,
      ShapeError<"[tensor] data is ragged: numbers and arrays lie side by side at depth 1">
    >
  >,
  Expect<Equal<ArrayElement<readonly [readonly [1, 2]]>, 1 | 2>>,
  Expect<Equal<ArrayElement<boolean[][]>, boolean>>,
  Expect<Equal<ArrayElement<readonly []>, never>>,
];

type Linear<In extends number, Out extends number> = {
  readonly shapeRule: { readonly kind: "linear"; readonly in: In; readonly out: Out };
};
type Same = { readonly shapeRule: { readonly kind: "same" } };
type Flat = { readonly shapeRule: { readonly kind: "flatten" } };
type Custom = { readonly shapeRule: { readonly kind: "unknown" } };
type Silent = { forward(): void };
type Chain<Modules extends readonly unknown[]> = {
  readonly shapeRule: { readonly kind: "chain"; readonly rules: RulesOf<Modules> };
};
type Mlp = [Flat, Linear<784, 128>, Same, Linear<128, 10>];
type Broken = [Linear<784, 128>, Same, Linear<64, 10>, Linear<10, 3>];
type BrokenError =
  ShapeError<"[Sequential] module 2 (Linear 64 -> 10) is fed a last axis of 128 by module 0 (Linear 784 -> 128)">;

export type Modules = [
  Expect<Equal<LinearOutput<[64, 784], 784, 128>, [64, 128]>>,
  Expect<Equal<LinearOutput<[784], 784, 128>, [128]>>,
  Expect<Equal<LinearOutput<[number, number], 784, 128>, [number, 128]>>,
  Expect<Equal<LinearOutput<[5, 64, 784], number, 128>, [5, 64, 128]>>,
  Expect<Equal<LinearOutput<Shape, 784, 128>, Shape>>,
  Expect<
    Equal<
      LinearOutput<[64, 128], 784, 10>,
      ShapeError<"[Linear] expected last axis 784: input is [64, 128] (axis 1 = 128)">
    >
  >,
  Expect<Equal<SequentialOutput<Mlp, [64, 28, 28]>, [64, 10]>>,
  Expect<Equal<SequentialOutput<Mlp, [number, 28, 28]>, [number, 10]>>,
  Expect<Equal<SequentialOutput<Mlp, Shape>, [number, 10]>>,
  Expect<Equal<SequentialOutput<[], [64, 10]>, [64, 10]>>,
  Expect<Equal<SequentialOutput<[Linear<4, 3>, Custom], [64, 4]>, Shape>>,
  Expect<Equal<SequentialOutput<[Linear<4, 3>, Silent], [64, 4]>, Shape>>,
  Expect<Equal<SequentialOutput<Same[], [64, 4]>, Shape>>,
  Expect<Equal<SequentialOutput<[Chain<Mlp>, Linear<10, 2>], [64, 784]>, [64, 2]>>,
  Expect<
    Equal<
      SequentialOutput<Mlp, [64, 32, 32]>,
      ShapeError<"[Linear] expected last axis 784: input is [64, 1024] (axis 1 = 1024)">
    >
  >,
  Expect<Equal<ApplyRules<[{ readonly kind: "same" }], [3]>, [3]>>,
  Expect<Equal<CheckChain<RulesOf<Mlp>>, unknown>>,
  Expect<Equal<CheckChain<RulesOf<Broken>>, BrokenError>>,
  Expect<Equal<CheckChain<RulesOf<[Linear<784, 128>, Custom, Linear<64, 10>]>>, unknown>>,
  Expect<Equal<CheckChain<RulesOf<[Linear<784, number>, Linear<64, 10>]>>, unknown>>,
  Expect<Equal<CheckChain<RulesOf<Same[]>>, unknown>>,
  Expect<Equal<FittingModules<Broken>[1], Same>>,
  Expect<Equal<FittingModules<Broken>[2], Linear<64, 10> & BrokenError>>,
];
