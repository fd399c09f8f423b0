/** The errors of Adjoint: one class for each family, each with the fields a program would want to read. */

/**
 * The root of every error that Adjoint throws on purpose.
 *
 * The message reads `[op] what is wrong: argument, shapes, axis and value. How to mend it.`
 */
export class AdjointError extends Error {
  /** The operation that refused, as its user calls it. */
  readonly op: string;

  constructor(op: string, what: string, remedy: string) {
    super(`[${op}] ${what} ${remedy}`);
    this.name = new.target.name;
    this.op = op;
  }
}

/** Shapes that do not fit each other, or a shape that an operation cannot take. `shapes` holds all that were involved. */
export class ShapeMismatchError extends AdjointError {
  /** The full shapes involved, in the order of the arguments. */
  readonly shapes: readonly (readonly number[])[];

  constructor(op: string, what: string, remedy: string, shapes: readonly (readonly number[])[]) {
    super(op, what, remedy);
    this.shapes = shapes;
  }
}

/** An axis that the tensor does not have, or that is named twice. */
export class AxisError extends AdjointError {
  readonly axis: number;
  readonly rank: number;

  constructor(op: string, what: string, remedy: string, axis: number, rank: number) {
    super(op, what, remedy);
    this.axis = axis;
    this.rank = rank;
  }
}

/** A dtype that an operation cannot take, or a number that a dtype cannot hold. */
export class DTypeError extends AdjointError {
  readonly dtype: string;

  constructor(op: string, what: string, remedy: string, dtype: string) {
    super(op, what, remedy);
    this.dtype = dtype;
  }
}

/** An index outside its axis. */
export class IndexError extends AdjointError {
  readonly index: number;
  readonly size: number;

  constructor(op: string, what: string, remedy: string, index: number, size: number) {
    super(op, what, remedy);
    this.index = index;
    this.size = size;
  }
}

/** Any other argument that is out of its range or of the wrong kind; `argument` is its name. */
export class ArgumentError extends AdjointError {
  readonly argument: string;

  constructor(op: string, argument: string, what: string, remedy: string) {
    super(op, what, remedy);
    this.argument = argument;
  }
}

/** A file or buffer that is not what its format says (`.npy`, safetensors). */
export class FormatError extends AdjointError {}

/**
 * Refuses an options object that holds keys the function does not know.
 *
 * @throws {ArgumentError} naming the unknown key and the known ones.
 */
export function checkOptions(op: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new ArgumentError(op, key, `unknown option "${key}".`, `Known options: ${known.join(", ")}.`);
    }
  }
}
