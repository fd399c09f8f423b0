import { Variable } from "../variable.ts";
import { mapTree } from "./tree.ts";

/**
 * x as a constant: the same numbers (shared storage), and no gradient flows through. A tree gives a tree. In the
 * example the derivative is 3, where that of x² is 6.
 *
 * @example grad((x: Variable) => mul(stopGradient(x), x))(variable(3))   // 3
 */
export function stopGradient<T>(x: T): T {
  return mapTree(x, (value) => (value instanceof Variable ? value.detach() : value)) as T;
}
