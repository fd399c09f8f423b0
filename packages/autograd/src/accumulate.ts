/** Where gradients meet user code: hooks, and the `grad` of Variables. */
import { formatShape, sameShape, Tensor } from "@adjoint/tensor";
import { GradientError } from "./errors.ts";
import { isGradEnabled } from "./mode.ts";
import type { Node } from "./node.ts";
import { add } from "./ops/add.ts";
import { levelsOf } from "./transforms/batched-storage.ts";
import { includesLevels } from "./transforms/level.ts";
import { type Value, Variable } from "./variable.ts";

/**
 * Adds to `grad`, and runs a leaf's post-accumulate hooks.
 *
 * Never in place, so that whoever holds the old gradient keeps its numbers; and into memory that no other gradient
 * shares (`own` says that `gradient` has it already), so that a write to one gradient changes no other.
 */
export function accumulateGrad(variable: Variable, gradient: Value, own: boolean): void {
  // A leaf that stopped requiring grad after it was used.
  if (!variable.requiresGrad) return;
  checkLevels(variable, gradient);
  const earlier = variable.grad;
  if (earlier !== null) {
    variable.grad = gradientVariable(add(isGradEnabled() ? earlier : earlier.value, gradient));
  } else {
    variable.grad = gradientVariable(own ? gradient : copyOf(gradient));
  }
  const hooks = variable.node?.postHooks;
  if (hooks) for (const { run } of hooks) run(variable);
}

/** A gradient of each example cannot become the `grad` of a value that all examples share. */
function checkLevels(variable: Variable, gradient: Value): void {
  const levels = levelsOf((gradient instanceof Variable ? gradient.value : gradient).storage);
  if (levels.length === 0 || includesLevels(levelsOf(variable.value.storage), levels)) return;
  throw new GradientError(
    "backward",
    `inside vmap a Variable of shape ${formatShape(variable.shape)} that is the same for every example has a gradient for each.`,
    "Use grad, which gives them back, or call backward outside vmap, where they are summed.",
  );
}

function copyOf(x: Value): Value {
  if (x instanceof Tensor) return x.copy();
  return x.node === null ? x.value.copy() : Variable.at(x.value.copy(), x.node);
}

/** A gradient as a Variable, for users. */
export function gradientVariable(x: Value): Variable {
  return x instanceof Variable ? x : Variable.untracked(x, "is a gradient computed without createGraph");
}

/**
 * The adjoint after `node`'s hooks: each sees what the one before it gave.
 *
 * @throws {GradientError} if a hook gives another shape or dtype.
 */
export function runHooks(node: Node, adjoint: Value, createGraph: boolean): Value {
  let gradient = gradientVariable(adjoint);
  for (const { run } of node.hooks ?? []) {
    const replaced = run(gradient);
    if (replaced === undefined) continue;
    if (!sameShape(replaced.shape, node.shape) || replaced.dtype !== node.dtype) {
      throw new GradientError(
        "hook",
        `a hook gave a gradient of ${formatShape(replaced.shape)} ${replaced.dtype} for a Variable of ${formatShape(node.shape)} ${node.dtype}.`,
        "Return a gradient of the Variable's own shape and dtype, or nothing to leave it as it is.",
      );
    }
    gradient = gradientVariable(replaced);
  }
  return createGraph && gradient.requiresGrad ? gradient : gradient.value;
}
