import { Variable } from "../variable.ts";
import { mapTree } from "./tree.ts";

/**
 * x as a constant: the same numbers (shared storage), and no gradient flows through. A tree gives a tree.
 *
 * @example grad((x: Variable) => mul(stopGradient(x), x))(variable(3))   // 3, where x² has 6
 */
export function stopGradient<T>(x: T): T {
  return mapTree(x, (value) => (value instanceof Variable ? value.detach() : value)) as T;
}
