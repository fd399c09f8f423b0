/** Where entries of tensors are. */

/** One entry of a node's value or of its adjoint; `index` counts in row-major order. */
export interface EntryPlace {
  readonly node: number;
  readonly index: number;
}

/** The index in row-major order of the entry at `position`; along an axis of size 1 every position is 0. */
export function indexOf(position: readonly number[], shape: readonly number[]): number {
  return shape.reduce((index, size, axis) => index * size + (size === 1 ? 0 : (position[axis] ?? 0)), 0);
}
