// biome-ignore-all format: laid out by hand, a case a line; the formatter's staircases are twice as long and hide the rules.
/**
 * Shapes at the level of types: the whole of the machinery, and nothing that runs.
 *
 * Every rule gives either the resulting shape (a tuple of axis lengths) or a `ShapeError` whose text the editor
 * prints, in the words of the run-time check. A method uses its rule twice:
 *
 *     matmul<A extends Shape, T extends Tensor>(
 *       this: Tensor<A>,
 *       other: T & Guard<MatMul<A, ShapeOf<T>>>,
 *     ): Tensor<Resolved<MatMul<A, ShapeOf<T>>>>;
 *
 * Invariants: an axis of type `number` is unknown and fits everywhere; a `number[]` or `Shape` has unknown rank, fits
 * everywhere and gives `Shape`. A rule refuses only what it can prove wrong: the run-time check has the
 * last word. All recursion is tail recursion, over axes or over digits, so that the compiler stays fast.
 */

/** A shape: axis lengths, outermost first. `number` as an axis and `number[]` as a whole are the wildcards. */
export type Shape = readonly number[];

/** A shape as results are written: a tuple without `readonly`, or `Shape` when the rank is unknown. */
export type Mutable<S extends Shape> = number extends S["length"] ? Shape : { -readonly [K in keyof S]: S[K] };

declare const shapeError: unique symbol;

/** A type that no value has and that the editor prints in one line: what is wrong, with the full shapes. */
export interface ShapeError<Message extends string> {
  readonly [shapeError]: Message;
}

/** `unknown`, which adds nothing to an argument's type, when rule `R` holds; its `ShapeError` when it does not. */
// Spelled with infer, because the compiler would infer type arguments through a branch that names R.
export type Guard<R> = R extends ShapeError<infer Message> ? ShapeError<Message> : unknown;

/** The shape that rule `R` gives; of unknown rank after an error, so that one mistake is reported once. */
export type Resolved<R> = R extends infer S extends Shape ? S : Shape;

/** The shape of a Tensor or Variable; anything without a shape (a JavaScript number) counts as 0-d. */
export type ShapeOf<T> = T extends { readonly shape: infer S extends Shape } ? S : [];

/** A shape as messages print it: `[64, number]`. */
export type ShapeText<S extends Shape> = number extends S["length"] ? "[...]" : `[${JoinAxes<S>}]`;
type JoinAxes<S extends Shape, Text extends string = ""> =
  S extends readonly [infer H extends number, ...infer T extends Shape]
    ? JoinAxes<T, Text extends "" ? AxisText<H> : `${Text}, ${AxisText<H>}`>
    : Text;
type AxisText<N> = number extends N ? "number" : `${N & number}`;
/** `a is [64, 784] (axis 1 = 784)`: how every message names an argument and its axis. */
type ArgumentText<Name extends string, S extends Shape, Axis extends number> =
  `${Name} is ${ShapeText<S>} (axis ${Axis} = ${AxisText<S[Axis]>})`;

type NumberAxes<S extends Shape> = { -readonly [K in keyof S]: number };
/** True unless M and N are literals that differ. */
type Fits<M, N> = number extends M | N ? true : [M] extends [N] ? true : false;

// ---- axes -------------------------------------------------------------------------------------------------------

/** The key in `S` of axis `I` (counted from the end when negative), `never` when out of range. Distributes over `I`. */
type AxisKey<S extends Shape, I extends number> =
  I extends number ? `${I}` extends `-${infer N extends number}` ? FromEnd<S, N> : Extract<keyof S, `${I}`> : never;
type FromEnd<S extends Shape, N extends number, Seen extends 0[] = []> =
  Seen["length"] extends N ? Extract<`${S["length"]}`, string>
  : S extends readonly [...infer Init extends Shape, number] ? FromEnd<Init, N, [...Seen, 0]>
  : never;
/** Those of the axes `I` that `S` does not have. */
type Missing<S extends Shape, I extends number> = I extends number ? [AxisKey<S, I>] extends [never] ? I : never : never;
// Messages are aliases of strings, never of ShapeErrors: the editor would print an alias by its name.
type AxisMessage<Op extends string, S extends Shape, I extends number, Rank extends number = S["length"]> =
  `[${Op}] axis ${I} is outside a tensor of rank ${Rank}: x is ${ShapeText<S>}`;
/** Writes `With` in the place of each axis in `Keys`. */
type ReplaceAxes<S extends Shape, Keys, With extends Shape, Seen extends 0[] = [], Out extends number[] = []> =
  S extends readonly [infer H extends number, ...infer T extends Shape]
    ? ReplaceAxes<T, Keys, With, [...Seen, 0], `${Seen["length"]}` extends Keys ? [...Out, ...With] : [...Out, H]>
    : Out;

// ---- elementwise, matmul ----------------------------------------------------------------------------------------

/** NumPy broadcasting, aligned at the last axis: 1 stretches; `number` against n > 1 is n, against 1 is `number`. */
export type Broadcast<A extends Shape, B extends Shape, Op extends string = "broadcast"> =
  BroadcastFrom<A, B, A, B, [], Op, "shapes do not broadcast">;

/**
 * What the elementwise method `Op` of a tensor of shape `A` asks of its argument of type `T`. A number, and a tensor of
 * the same shape, fit even where `A` is a type parameter.
 */
export type ElementwiseCheck<A extends Shape, T, Op extends string> =
  T extends number ? unknown : Same<A, ShapeOf<T>> extends true ? unknown : Guard<Broadcast<A, ShapeOf<T>, Op>>;
/** The shape that the elementwise method gives. */
export type ElementwiseShape<A extends Shape, T, Op extends string> =
  T extends number ? A : Same<A, ShapeOf<T>> extends true ? A : Resolved<Broadcast<A, ShapeOf<T>, Op>>;
/** True for identical types, which the compiler sees even where they are generic. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Broadcasts the axes `A`, `B` that are left of the full shapes, which only the message needs; `Out` is done. */
type BroadcastFrom<
  A extends Shape, B extends Shape, FullA extends Shape, FullB extends Shape, Out extends Shape,
  Op extends string, What extends string,
> =
  number extends A["length"] | B["length"] ? Shape
  : A extends readonly [...infer RestA extends Shape, infer M extends number]
    ? B extends readonly [...infer RestB extends Shape, infer N extends number]
      ? [BroadcastAxis<M, N>] extends [never]
        ? ShapeError<`[${Op}] ${What}: ${ArgumentText<"a", FullA, RestA["length"]>}, ${ArgumentText<"b", FullB, RestB["length"]>}`>
        : BroadcastFrom<RestA, RestB, FullA, FullB, [BroadcastAxis<M, N>, ...Out], Op, What>
      : [...A, ...Out]
    : [...B, ...Out];
type BroadcastAxis<M, N> =
  M extends 1 ? N : N extends 1 ? M : number extends M ? N : number extends N ? M : M extends N ? M : never;

/** `[…, m, k] · […, k, n] → […, m, n]` with broadcast batch axes; a 1-d side loses its axis, as in NumPy. */
export type MatMul<A extends Shape, B extends Shape> =
  number extends A["length"] | B["length"] ? Shape
  : LeftParts<A> extends [infer BatchA extends Shape, infer M extends Shape, infer K]
    ? RightParts<B> extends [infer BatchB extends Shape, infer N extends Shape, infer L]
      ? Fits<K, L> extends true
        ? BroadcastFrom<BatchA, BatchB, A, B, [...M, ...N], "matmul", "batch axes do not broadcast">
        : ShapeError<`[matmul] inner axes differ: ${ArgumentText<"a", A, [...BatchA, ...M]["length"]>}, ${ArgumentText<"b", B, BatchB["length"]>}`>
      : ShapeError<`[matmul] both need at least one axis: a is ${ShapeText<A>}, b is []`>
    : ShapeError<`[matmul] both need at least one axis: a is [], b is ${ShapeText<B>}`>;
/** `[…, in]` and a weight `[out, in]` → `[…, out]`. */
export type LinearProduct<X extends Shape, W extends Shape> =
  number extends X["length"] | W["length"] ? Shape
  : W extends readonly [infer Out extends number, infer In extends number]
    ? X extends readonly [...infer Batch extends Shape, infer L]
      ? Fits<L, In> extends true ? [...Batch, Out]
        : ShapeError<`[linear] last axes differ: ${ArgumentText<"x", X, Batch["length"]>}, ${ArgumentText<"weight", W, 1>}`>
      : ShapeError<`[linear] x has no axis: x is [], weight is ${ShapeText<W>}`>
    : ShapeError<`[linear] weight is not [out, in]: weight is ${ShapeText<W>}`>;
type LeftParts<A extends Shape> =
  A extends readonly [infer K] ? [[], [], K] : A extends readonly [...infer Batch, infer M, infer K] ? [Batch, [M], K] : [];
type RightParts<B extends Shape> =
  B extends readonly [infer K] ? [[], [], K] : B extends readonly [...infer Batch, infer K, infer N] ? [Batch, [N], K] : [];

/**
 * `einsum` with an explicit output: "ij,jk->ik" of [2, 3] and [3, 4] gives [2, 4]. Subscripts with spaces or an ellipsis, or
 * without an output, give `Shape`.
 */
export type Einsum<Text extends string, Shapes extends readonly Shape[]> =
  string extends Text ? Shape
  : number extends Shapes["length"] ? Shape
  : Text extends `${string}.${string}` | `${string} ${string}` ? Shape
  : Text extends `${infer In}->${infer Out}` ? EinsumOutput<Out, EinsumSizes<In, Shapes, Text>>
  : Shape;
/** The size of each letter, or a ShapeError. */
type EinsumSizes<In extends string, Shapes extends readonly Shape[], Text extends string, Sizes = unknown> =
  Sizes extends ShapeError<string> ? Sizes
  : Shapes extends readonly [infer S extends Shape, ...infer Rest extends readonly Shape[]]
    ? In extends `${infer Term},${infer More}` ? EinsumSizes<More, Rest, Text, EinsumTerm<Term, S, Text, Sizes>>
    : EinsumSizes<"", Rest, Text, EinsumTerm<In, S, Text, Sizes>>
  : Sizes;
type EinsumTerm<Term extends string, S extends Shape, Text extends string, Sizes> =
  Term extends `${infer Letter}${infer More}`
    ? number extends S["length"] ? EinsumTerm<More, S, Text, Sizes & { readonly [K in Letter]: number }>
    : S extends readonly [infer N extends number, ...infer Rest extends Shape]
      ? Sizes extends { readonly [K in Letter]: infer M }
        ? [BroadcastAxis<M, N>] extends [never]
          ? ShapeError<`[einsum] "${Letter}" is ${AxisText<M>} and ${AxisText<N>} in ${Text}`>
          : EinsumTerm<More, Rest, Text, Omit<Sizes, Letter> & { readonly [K in Letter]: BroadcastAxis<M, N> }>
        : EinsumTerm<More, Rest, Text, Sizes & { readonly [K in Letter]: N }>
      : ShapeError<`[einsum] more letters than axes in ${Text}`>
  : number extends S["length"] ? Sizes
  : S extends readonly [] ? Sizes : ShapeError<`[einsum] fewer letters than axes in ${Text}`>;
type EinsumOutput<Out extends string, Sizes, Result extends Shape = []> =
  Sizes extends ShapeError<string> ? Sizes
  : Out extends `${infer Letter}${infer More}`
    ? Sizes extends { readonly [K in Letter]: infer N extends number } ? EinsumOutput<More, Sizes, [...Result, N]>
    : ShapeError<`[einsum] the output names "${Letter}", which no operand has`>
  : Result;

// ---- convolutions, pooling: the sizes of the spatial axes follow from run-time settings and stay `number` ----------

/** `[n, in, …]`, `[out, in / groups, …]` → `[n, out, ...Spatial]`, which has as many axes as the kernel moves along. */
export type Convolution<X extends Shape, W extends Shape, Spatial extends Shape, Op extends string> =
  Batches<X, W, Spatial, Op> extends infer E extends ShapeError<string> ? E
  : number extends X["length"] | W["length"] ? Shape : [X[0], W[0], ...Spatial];
/** `[n, in, …]`, `[in, out / groups, …]` → `[n, number, ...Spatial]`. */
export type ConvolutionTranspose<X extends Shape, W extends Shape, Spatial extends Shape, Op extends string> =
  Batches<X, W, Spatial, Op> extends infer E extends ShapeError<string> ? E
  : number extends X["length"] | W["length"] ? Shape
  : Fits<X[1], W[0]> extends true ? [X[0], number, ...Spatial]
  : ShapeError<`[${Op}] channels differ: ${ArgumentText<"x", X, 1>}, ${ArgumentText<"weight", W, 0>}`>;
/** `[n, channels, …]` → `[n, channels, ...Spatial]`. */
export type Pooled<X extends Shape, Spatial extends Shape, Op extends string> =
  number extends X["length"] ? Shape
  : X["length"] extends [0, 0, ...Spatial]["length"] ? [X[0], X[1], ...Spatial]
  : ShapeError<`[${Op}] x is ${ShapeText<X>}`>;
/** The complaint about a rank that is known and wrong, else `unknown`. */
type Batches<X extends Shape, W extends Shape, Spatial extends Shape, Op extends string> =
  Fits<X["length"], [0, 0, ...Spatial]["length"]> extends true
    ? Fits<W["length"], [0, 0, ...Spatial]["length"]> extends true ? unknown
      : ShapeError<`[${Op}] weight is ${ShapeText<W>}`>
    : ShapeError<`[${Op}] x is ${ShapeText<X>}`>;

// ---- reductions -------------------------------------------------------------------------------------------------

/** Sum, mean, max …: drops `Axes` (one, a tuple, or all when undefined), or keeps them as 1 with `KeepDims`. */
export type Reduce<
  S extends Shape, Axes extends number | Shape | undefined = undefined, KeepDims extends boolean = false,
  Op extends string = "reduce",
> =
  boolean extends KeepDims ? Shape
  : [Axes] extends [undefined] ? KeepDims extends true ? { -readonly [K in keyof S]: 1 } : []
  : number extends S["length"] ? Shape
  : Axes extends number ? ReduceAxes<S, Axes, KeepDims, Op, S extends readonly [unknown, ...infer T extends Shape] ? NumberAxes<T> : []>
  : Axes extends Shape ? ReduceAxes<S, Axes[number], KeepDims, Op, Shape>
  : Shape;
/** `Vague` is the result when the axes are not literals. A 0-d tensor takes axis 0 or −1 as if it had one axis. */
type ReduceAxes<S extends Shape, I extends number, KeepDims extends boolean, Op extends string, Vague> =
  number extends I ? KeepDims extends true ? NumberAxes<S> : Vague
  : [Missing<S extends readonly [] ? [1] : S, I>] extends [never] ? ReplaceAxes<S, AxisKey<S, I>, KeepDims extends true ? [1] : []>
  : ShapeError<AxisMessage<Op, S, Missing<S, I>>>;

// ---- movement ---------------------------------------------------------------------------------------------------

/** Swaps axes `I` and `J`, the last two by default. */
export type Transpose<S extends Shape, I extends number = -2, J extends number = -1> =
  number extends S["length"] ? Shape
  : number extends I | J ? NumberAxes<S>
  : [Missing<S, I | J>] extends [never] ? Swap<S, AxisKey<S, I>, AxisKey<S, J>>
  : ShapeError<AxisMessage<"transpose", S, Missing<S, I | J>>>;
type Swap<S extends Shape, I, J> = { -readonly [K in keyof S]: K extends I ? S[J & keyof S] : K extends J ? S[I & keyof S] : S[K] };

/** Axis k of the result is axis `Axes[k]` of `S`; `Axes` names every axis once. */
export type Permute<S extends Shape, Axes extends Shape> =
  number extends S["length"] ? Shape
  : number extends Axes["length"] | Axes[number] ? NumberAxes<S>
  : [Missing<S, Axes[number]>] extends [never]
    ? [S["length"], Exclude<keyof S & `${number}`, AxisKey<S, Axes[number]>>] extends [Axes["length"], never]
      ? { -readonly [K in keyof Axes]: S[AxisKey<S, Axes[K]> & keyof S] }
      : ShapeError<`[permute] axes ${ShapeText<Axes>} are no permutation of the axes of ${ShapeText<S>}`>
    : ShapeError<AxisMessage<"permute", S, Missing<S, Axes[number]>>>;

/** `S` with an axis of 1 at index `I` of the result. */
export type Unsqueeze<S extends Shape, I extends number> =
  number extends S["length"] ? Shape
  : number extends I ? [number, ...NumberAxes<S>]
  : [Missing<[...S, 1], I>] extends [never] ? Insert<S, AxisKey<[...S, 1], I>>
  : ShapeError<AxisMessage<"unsqueeze", S, I, [...S, 1]["length"]>>;
type Insert<S extends Shape, Key, Before extends Shape = []> =
  `${Before["length"]}` extends Key ? [...Before, 1, ...S]
  : S extends readonly [infer H extends number, ...infer T extends Shape] ? Insert<T, Key, [...Before, H]>
  : never;

/** Drops the axes of length 1, or axis `I` if its length is 1 (as in PyTorch, nothing happens if it is not). */
export type Squeeze<S extends Shape, I extends number | undefined = undefined> =
  number extends S["length"] | I ? Shape
  : I extends number
    ? [Missing<S, I>] extends [never] ? SqueezeKeys<S, AxisKey<S, I>> : ShapeError<AxisMessage<"squeeze", S, I>>
    : SqueezeKeys<S, keyof S & `${number}`>;
type SqueezeKeys<S extends Shape, Keys> =
  number extends S[Keys & keyof S] ? Shape
  : ReplaceAxes<S, keyof { [K in Keys & keyof S as S[K] extends 1 ? K : never]: 1 }, []>;

/** `S` stretched to `T`: aligned at the last axis, 1 becomes anything, -1 keeps. */
export type Expand<S extends Shape, T extends Shape> = ExpandFrom<S, T, S, T>;
type ExpandFrom<S extends Shape, T extends Shape, FullS extends Shape, FullT extends Shape, Out extends Shape = []> =
  number extends S["length"] | T["length"] ? Shape
  : S extends readonly [...infer RestS extends Shape, infer M extends number]
    ? T extends readonly [...infer RestT extends Shape, infer N extends number]
      ? [ExpandAxis<M, N>] extends [never]
        ? ShapeError<ExpandMessage<FullS, FullT>>
        : ExpandFrom<RestS, RestT, FullS, FullT, [ExpandAxis<M, N>, ...Out]>
      : ShapeError<ExpandMessage<FullS, FullT>>
    : [...T, ...Out];
type ExpandMessage<S extends Shape, T extends Shape> = `[expand] cannot expand ${ShapeText<S>} to ${ShapeText<T>}`;
type ExpandAxis<M, N> =
  N extends -1 ? M : M extends 1 ? N : number extends M ? N : number extends N ? M : M extends N ? M : never;

/** Tensors of `Shapes` one after the other along `Axis`; their other axes agree. */
export type Concat<Shapes extends readonly Shape[], Axis extends number = 0> =
  Shapes extends readonly [infer First extends Shape, ...infer Rest extends readonly Shape[]]
    ? number extends First["length"] ? Shape
      : number extends Axis ? NumberAxes<First>
      : [Missing<First, Axis>] extends [never] ? ConcatRest<Rest, AxisKey<First, Axis>, Mutable<First>, First, [0]>
      : ShapeError<AxisMessage<"concat", First, Axis>>
    : Shape;
type ConcatRest<Rest extends readonly Shape[], Key, Out extends Shape, First extends Shape, Seen extends 0[]> =
  Rest extends readonly [infer Next extends Shape, ...infer More extends readonly Shape[]]
    ? number extends Next["length"] ? Shape
      : [Next["length"], Mismatch<Out, Next, Key>] extends [Out["length"], never]
        ? ConcatRest<More, Key, { [K in keyof Out]: JoinedAxis<Out[K], Next[K & keyof Next], K, Key> }, First, [...Seen, 0]>
        : ShapeError<`[concat] tensor ${Seen["length"]} is ${ShapeText<Next>}, tensor 0 is ${ShapeText<First>}, axis is ${Key & string}`>
    : Out;
type JoinedAxis<M, N, K, Key> = K extends Key ? Sum<M, N> : number extends M ? N & number : M & number;
/** The axes other than `Key` in which `A` and `B` differ. */
type Mismatch<A extends Shape, B extends Shape, Key> =
  keyof { [K in Exclude<keyof A & `${number}`, Key> as Fits<A[K], B[K & keyof B]> extends true ? never : K]: 1 };

/** `S` seen as `T`: equal element counts (checked when all axes are literals); one axis may be -1. */
export type Reshape<S extends Shape, T extends Shape> =
  number extends T["length"] ? Shape
  : -1 extends T[number] ? Fill<T, Quotient<S, T>>
  : Fits<Product<S>, Product<T>> extends true ? Mutable<T>
  : ShapeError<`[reshape] cannot see ${ShapeText<S>} (${Product<S>} elements) as ${ShapeText<T>} (${Product<T>} elements)`>;
type Fill<T extends Shape, N> = { -readonly [K in keyof T]: T[K] extends -1 ? N : T[K] };
/** What -1 stands for in `T`, found by striking out the axes that `S` and `T` share; `number` when that is not enough. */
type Quotient<S extends Shape, T extends Shape> =
  number extends S["length"] | S[number] | T[number] ? number
  : T extends readonly [infer H extends number, ...infer More extends Shape]
    ? H extends -1 ? Quotient<S, More> : Strike<S, H> extends infer Left extends Shape ? Quotient<Left, More> : number
    : Product<S>;
/** `S` without its first axis of length `N`; `false` when there is none. */
type Strike<S extends Shape, N extends number, Before extends Shape = []> =
  S extends readonly [infer H extends number, ...infer T extends Shape]
    ? H extends N ? [...Before, ...T] : Strike<T, N, [...Before, H]>
    : false;

/** Keeps axis 0, the batch, and makes the rest one axis. */
export type Flatten<S extends Shape> =
  number extends S["length"] ? [number, number]
  : S extends readonly [infer Batch extends number, ...infer Rest extends Shape] ? [Batch, Product<Rest>]
  : ShapeError<"[Flatten] expected a batch axis: input is []">;

// ---- more movement and products ---------------------------------------------------------------------------------

/** `S` with `N` as the length of axis `I`. */
export type Resize<S extends Shape, I extends number, N extends number, Op extends string> =
  number extends S["length"] ? Shape
  : number extends I ? NumberAxes<S>
  : [Missing<S, I>] extends [never] ? ReplaceAxes<S, AxisKey<S, I>, [N]>
  : ShapeError<AxisMessage<Op, S, I>>;
/** `S` with every element along axis `I` repeated `N` times. */
export type RepeatInterleave<S extends Shape, N extends number, I extends number> =
  Resize<S, I, Product<[S[AxisKey<S, I> & keyof S] & number, N]>, "repeatInterleave">;

/** `S` repeated `Times` along its axes, both aligned at the last one. */
export type Tile<S extends Shape, Times extends Shape, Out extends Shape = []> =
  number extends S["length"] | Times["length"] ? Shape
  : S extends readonly [...infer RestS extends Shape, infer M extends number]
    ? Times extends readonly [...infer RestT extends Shape, infer N extends number] ? Tile<RestS, RestT, [Product<[M, N]>, ...Out]>
      : [...S, ...Out]
    : [...Times, ...Out];

/** `[before, after]`, for as many axes as there are pairs, aligned at the last one. */
export type Padding = readonly (readonly [before: number, after: number])[];
/** `S` with `P` around it. */
export type Pad<S extends Shape, P extends Padding> = PadFrom<S, P, S, P>;
type PadFrom<S extends Shape, P extends Padding, FullS extends Shape, FullP extends Padding, Out extends Shape = []> =
  number extends S["length"] | P["length"] ? Shape
  : P extends readonly [...infer RestP extends Padding, readonly [infer Before extends number, infer After extends number]]
    ? S extends readonly [...infer RestS extends Shape, infer M extends number]
      ? PadFrom<RestS, RestP, FullS, FullP, [Sum<Sum<M, Before>, After>, ...Out]>
      : ShapeError<`[pad] ${FullP["length"]} pairs for x of ${ShapeText<FullS>}`>
    : [...S, ...Out];

/** `S` without axes `I` and `J`, and with the diagonal as its last one. */
export type Diagonal<S extends Shape, I extends number = 0, J extends number = 1> =
  Reduce<S, [I, J], false, "diagonal"> extends infer R ? (R extends Shape ? number extends R["length"] ? Shape : [...R, number] : R) : never;

/** `S` with axes `I` to `J` made one; a 0-d tensor becomes `[1]`. */
export type FlattenAxes<S extends Shape, I extends number = 0, J extends number = -1> =
  number extends S["length"] | I | J ? Shape
  : S extends readonly [] ? [1]
  : [Missing<S, I | J>] extends [never] ? FlattenFrom<S, AxisKey<S, I>, AxisKey<S, J>>
  : ShapeError<AxisMessage<"flatten", S, Missing<S, I | J>>>;
/** `Merged` holds the axes from `From` on, undefined before. */
type FlattenFrom<S extends Shape, From, To, Seen extends 0[] = [], Out extends Shape = [], Merged extends Shape | undefined = undefined> =
  S extends readonly [infer H extends number, ...infer T extends Shape]
    ? Merged extends Shape
      ? `${Seen["length"]}` extends To ? [...Out, Product<[...Merged, H]>, ...T] : FlattenFrom<T, From, To, [...Seen, 0], Out, [...Merged, H]>
      : `${Seen["length"]}` extends From
        ? `${Seen["length"]}` extends To ? [...Out, H, ...T] : FlattenFrom<T, From, To, [...Seen, 0], Out, [H]>
        : FlattenFrom<T, From, To, [...Seen, 0], [...Out, H]>
    : Shape;

/** `S` with axis `I` moved to where it is axis `J`. */
export type Movedim<S extends Shape, I extends number, J extends number> =
  number extends S["length"] ? Shape
  : number extends I | J ? NumberAxes<S>
  : [Missing<S, I | J>] extends [never]
    ? InsertAxis<ReplaceAxes<S, AxisKey<S, I>, []>, AxisKey<S, J>, S[AxisKey<S, I> & keyof S] & number>
  : ShapeError<AxisMessage<"movedim", S, Missing<S, I | J>>>;
type InsertAxis<S extends Shape, Key, N extends number, Before extends Shape = []> =
  `${Before["length"]}` extends Key ? [...Before, N, ...S]
  : S extends readonly [infer H extends number, ...infer T extends Shape] ? InsertAxis<T, Key, N, [...Before, H]>
  : never;

/** `[n]`, `[n]` → `[]`. */
export type Dot<A extends Shape, B extends Shape> =
  number extends A["length"] | B["length"] ? []
  : A extends readonly [infer M] ? B extends readonly [infer N]
    ? Fits<M, N> extends true ? [] : ShapeError<`[dot] lengths differ: ${ArgumentText<"a", A, 0>}, ${ArgumentText<"b", B, 0>}`>
    : VectorsMessage<"dot", A, B>
  : VectorsMessage<"dot", A, B>;
/** `[m]`, `[n]` → `[m, n]`. */
export type Outer<A extends Shape, B extends Shape> =
  number extends A["length"] | B["length"] ? [number, number]
  : A extends readonly [infer M extends number] ? B extends readonly [infer N extends number] ? [M, N] : VectorsMessage<"outer", A, B>
  : VectorsMessage<"outer", A, B>;
type VectorsMessage<Op extends string, A extends Shape, B extends Shape> =
  ShapeError<`[${Op}] both must have one axis: a is ${ShapeText<A>}, b is ${ShapeText<B>}`>;

/** Row numbers of shape `I` and a table `[words, features]` → `[...I, features]`. */
export type Embedding<I extends Shape, W extends Shape> =
  number extends I["length"] | W["length"] ? Shape
  : W extends readonly [number, infer N extends number] ? [...I, N]
  : ShapeError<`[embedding] weight is not [words, features]: weight is ${ShapeText<W>}`>;

// ---- counting elements, digit by digit (least digit first; a digit's value is the length of a tuple) ------------

/** The number of elements of `S`; `number` when an axis is not a literal. Schoolbook multiplication, linear in the digits. */
export type Product<S extends Shape> =
  number extends S["length"] | S[number] ? number : 0 extends S[number] ? 0 : ToNumber<ProductDigits<S>>;
type Sum<M, N> =
  number extends M | N ? number : ToNumber<MultiplyAdd<Reverse<`${M & number}`>, "1", Reverse<`${N & number}`>>>;
type ProductDigits<S extends Shape, Out extends string = "1"> =
  S extends readonly [infer H extends number, ...infer T extends Shape] ? ProductDigits<T, Multiply<Out, `${H}`>> : Out;
/** A · B, by Horner's rule over the digits of `B`, which alone has its greatest digit first. */
type Multiply<A extends string, B extends string, Out extends string = ""> =
  B extends `${infer D}${infer More}` ? Multiply<A, More, MultiplyAdd<A, D, `0${Out}`>> : Out;
/** A · D + B for a single digit D. */
type MultiplyAdd<A extends string, D extends string, B extends string, Carry extends string = "0", Out extends string = ""> =
  `${A}${B}` extends "" ? Carry extends "0" ? Out : `${Out}${Carry}`
  : TwoDigits<[...Times<Units<Head<A>>, D>, ...Units<Head<B>>, ...Units<Carry>]["length"]> extends [infer Tens extends string, infer Ones extends string]
    ? MultiplyAdd<Tail<A>, D, Tail<B>, Tens, `${Out}${Ones}`>
    : never;
type Units<D extends string, Out extends unknown[] = []> =
  `${Out["length"]}` extends D | "9" ? Out : Units<D, [...Out, 0]>;
type Times<M extends unknown[], D extends string, Seen extends unknown[] = [], Out extends unknown[] = []> =
  `${Seen["length"]}` extends D | "9" ? Out : Times<M, D, [...Seen, 0], [...Out, ...M]>;
type TwoDigits<N> = `${N & number}` extends `${infer D}${infer E}` ? (E extends "" ? ["0", D] : [D, E]) : never;
type Head<Text extends string> = Text extends `${infer D}${string}` ? D : "0";
type Tail<Text extends string> = Text extends `${string}${infer More}` ? More : "";
type Reverse<Text extends string, Out extends string = ""> =
  Text extends `${infer C}${infer More}` ? Reverse<More, `${C}${Out}`> : Out;
type ToNumber<Digits extends string> = Reverse<Digits> extends `${infer N extends number}` ? N : number;

// ---- creation ---------------------------------------------------------------------------------------------------

/** The shape of nested arrays, `[[1, 2], [3, 4]]` → `[2, 2]`; an axis is `number` where a length is not known. */
export type ArrayShape<Data> = 0 extends 1 & Data ? Shape : NestedShape<Data>;
/** One step an axis, not an element: all the arrays of one depth are taken together, as a union. */
type NestedShape<Data, Out extends number[] = []> =
  Out["length"] extends DepthLimit ? Shape
  : [Data] extends [number | boolean] ? Out
  : [Data] extends [readonly unknown[]]
    ? IsUnion<Data["length"]> extends true
      ? ShapeError<`[tensor] data is ragged: the arrays at depth ${Out["length"]} differ in length`>
      : NestedShape<Data[number], [...Out, Data["length"]]>
  : [Data] extends [{ readonly BYTES_PER_ELEMENT: number }] ? [...Out, number] // a typed array
  : number extends Data ? Shape
  : ShapeError<`[tensor] data is ragged: numbers and arrays lie side by side at depth ${Out["length"]}`>;
/** The type of the elements of nested arrays, whatever the nesting. */
export type ArrayElement<Data, Depth extends 0[] = []> =
  Depth["length"] extends DepthLimit ? Data : Data extends readonly (infer E)[] ? ArrayElement<E, [...Depth, 0]> : Data;
/** Without a limit the compiler would follow a type such as `Nested = number | Nested[]` for ever. */
type DepthLimit = 9;
type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;

// ---- modules ----------------------------------------------------------------------------------------------------

/** How a module changes shapes. A module class has it as `readonly shapeRule`; `ShapeRule` itself says nothing. */
export type ShapeRule =
  | { readonly kind: "same" | "flatten" | "unknown" }
  | { readonly kind: "linear"; readonly in: number; readonly out: number }
  | { readonly kind: "chain"; readonly rules: readonly ShapeRule[] };

/** The rule of a module; unknown if it has none. */
export type RuleOf<M> = M extends { readonly shapeRule: infer R extends ShapeRule } ? R : { readonly kind: "unknown" };
/** The rules of a list of modules. */
export type RulesOf<Modules extends readonly unknown[]> = { -readonly [K in keyof Modules]: RuleOf<Modules[K]> };

/** `[…, in] → […, out]`: the last axis must be `In`. */
export type LinearOutput<S extends Shape, In extends number, Out extends number> =
  number extends S["length"] ? Shape
  : S extends readonly [...infer Batch extends Shape, infer L]
    ? Fits<L, In> extends true ? [...Batch, Out] : ShapeError<`[Linear] expected last axis ${In}: ${ArgumentText<"input", S, Batch["length"]>}`>
    : ShapeError<`[Linear] expected last axis ${In}: input is []`>;

/** What a module of rule `Rule` makes of shape `S`: a shape or a ShapeError. */
export type ApplyRule<Rule, S extends Shape> =
  Rule extends { readonly kind: "same" } ? S
  : Rule extends LinearRule<infer In, infer Out> ? LinearOutput<S, In, Out>
  : Rule extends { readonly kind: "flatten" } ? Flatten<S>
  : Rule extends { readonly kind: "chain"; readonly rules: infer Rules extends readonly unknown[] } ? ApplyRules<Rules, S>
  : Shape;

/** `ApplyRule` from the first rule to the last; stops at the first error. */
export type ApplyRules<Rules extends readonly unknown[], S> =
  number extends Rules["length"] ? Shape
  : S extends Shape ? Rules extends readonly [infer Rule, ...infer More] ? ApplyRules<More, ApplyRule<Rule, S>> : S
  : S;

/** What `Sequential` makes of shape `S`. */
export type SequentialOutput<Modules extends readonly unknown[], S extends Shape> = ApplyRules<RulesOf<Modules>, S>;

/** The ShapeError of the first Linear whose `in` is not the `out` that reaches it, else `unknown`. */
export type CheckChain<Rules extends readonly unknown[], Before extends 0[] = [], Fed = unknown> =
  Rules extends readonly [infer Rule, ...infer More]
    ? Rule extends LinearRule<infer In, infer Out>
      ? Fed extends readonly [infer Width, infer By extends string]
        ? Fits<Width, In> extends true
          ? CheckChain<More, [...Before, 0], [Out, LinearText<Before["length"], In, Out>]>
          : ShapeError<`[Sequential] ${LinearText<Before["length"], In, Out>} is fed a last axis of ${AxisText<Width>} by ${By}`>
        : CheckChain<More, [...Before, 0], [Out, LinearText<Before["length"], In, Out>]>
      : CheckChain<More, [...Before, 0], Rule extends { readonly kind: "same" } ? Fed : unknown>
    : unknown;
type LinearRule<In extends number, Out extends number> = { readonly kind: "linear"; readonly in: In; readonly out: Out };
type LinearText<Index extends number, In, Out> = `module ${Index} (Linear ${AxisText<In>} -> ${AxisText<Out>})`;

/** `Modules`, where the one that does not fit also carries the error, so that the editor underlines it alone. */
export type FittingModules<Modules extends readonly unknown[]> = {
  [K in keyof Modules]: Modules[K] & Misfit<CheckChain<RulesOf<Modules>>, K>;
};
type Misfit<Chain, K> = Chain extends ShapeError<`[Sequential] module ${K & string} ${string}`> ? Chain : unknown;
