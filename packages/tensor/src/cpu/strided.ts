/**
 * Walking strided operands: any number of axes brought down to runs of rows × columns.
 *
 * Axes that lie in one line in every operand are merged, so that a contiguous tensor is one row, a bias added to a
 * matrix two axes, and only truly scattered views walk an odometer.
 */

/** A walk: the merged axes, and for each operand its strides along them. */
export interface Walk {
  readonly shape: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** `shape` with axes of size 1 dropped and neighbours merged where every operand's strides allow it. */
export function mergeAxes(shape: readonly number[], operands: readonly (readonly number[])[]): Walk {
  const sizes: number[] = [];
  const strides: number[][] = operands.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const last = sizes.length - 1;
    const inLine = last >= 0 && operands.every((operand, i) => strides[i]![last] === operand[axis]! * size);
    if (inLine) {
      sizes[last] = sizes[last]! * size;
      for (let i = 0; i < operands.length; i++) strides[i]![last] = operands[i]![axis]!;
    } else {
      sizes.push(size);
      for (let i = 0; i < operands.length; i++) strides[i]!.push(operands[i]![axis]!);
    }
  }
  return { shape: sizes, strides };
}

/**
 * Calls `visit` for each block of the last two merged axes with the offsets of every operand there.
 * `visit` gets rows, columns (1 where there are fewer axes) and the running offsets; blocks come in row-major order.
 */
export function walkBlocks(
  walk: Walk,
  starts: readonly number[],
  visit: (rows: number, columns: number, offsets: readonly number[]) => void,
): void {
  const { shape, strides } = walk;
  if (shape.includes(0)) return;
  const outer = Math.max(shape.length - 2, 0);
  const columns = shape.length > 0 ? shape[shape.length - 1]! : 1;
  const rows = shape.length > 1 ? shape[shape.length - 2]! : 1;
  const offsets = starts.slice();
  const index = new Array<number>(outer).fill(0);
  for (;;) {
    visit(rows, columns, offsets);
    let axis = outer - 1;
    for (; axis >= 0; axis--) {
      const size = shape[axis]!;
      if (++index[axis]! < size) {
        for (let i = 0; i < offsets.length; i++) offsets[i] = offsets[i]! + strides[i]![axis]!;
        break;
      }
      index[axis] = 0;
      for (let i = 0; i < offsets.length; i++) offsets[i] = offsets[i]! - strides[i]![axis]! * (size - 1);
    }
    if (axis < 0) return;
  }
}

/** The stride of operand i along the rows of a walk's blocks. */
export function rowStride(walk: Walk, i: number): number {
  return walk.shape.length > 1 ? walk.strides[i]![walk.shape.length - 2]! : 0;
}

/** The stride of operand i along the columns of a walk's blocks. */
export function columnStride(walk: Walk, i: number): number {
  return walk.shape.length > 0 ? walk.strides[i]![walk.shape.length - 1]! : 0;
}
