/**
 * checkpoint: time for memory.
 *
 * The function is recorded as ever, so that its nodes, edges and hooks are those of an ordinary run; but of what the
 * nodes save, that which the function itself made is let go. The first rule that asks for it runs the function again,
 * which fills in all of it, and the sweep frees it node by node as it comes by.
 *
 * Source: T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", 2016.
 */
import { currentBackend, sameShape, type Tensor, withBackend } from "@adjoint/tensor";
import { listen } from "../listener.ts";
import { enableGrad } from "../mode.ts";
import type { Node } from "../node.ts";
import { withBatching } from "./batching-backend.ts";
import { activeLevels, withLevels } from "./level.ts";
import { otherwise, ReplayingBackend, Run } from "./replaying-backend.ts";

/** A place in a node from which a saved tensor was let go. */
interface Gap {
  readonly node: Node;
  readonly slot: number;
  readonly shape: readonly number[];
}

/**
 * `f`, but the backward pass computes it again instead of keeping what it made. Values and derivatives of every order
 * are the same to the last bit; dropout draws the same numbers again, and a write to something outside (a running mean)
 * is not repeated.
 *
 * What f finds (its arguments, weights it closes over) is kept, and so is its result as long as its caller keeps it.
 * With retainGraph, what was computed again stays. A checkpoint inside another saves nothing beyond the outer one.
 *
 * @param f follows from its arguments, from what it closes over and from generators. It must not read the clock, or
 * take another path the second time.
 * @throws {GradientError} in the backward pass, if f does something else the second time.
 * @throws {SavedTensorError} in the backward pass, if something that f read was written since.
 * @example const y = checkpoint((x: Variable) => tanh(mul(x, x)))(x);
 */
export function checkpoint<A extends readonly unknown[], R>(f: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    const run = new Run();
    const gaps: Gap[] = [];
    const levels = activeLevels();
    let filled = false;
    const fill = (): void => {
      if (filled) return;
      run.check();
      const again = (): R => enableGrad(() => f(...args));
      const tensors = withLevels(levels, () =>
        levels.length > 0 ? withBatching(() => savedAgain(run, again)) : savedAgain(run, again),
      );
      fillGaps(gaps, tensors);
      filled = true;
      gaps.length = 0;
    };
    const backend = new ReplayingBackend(currentBackend(), run, false);
    return whileSaving(
      backend,
      () => f(...args),
      (node, slot, tensor) => {
        gaps.push({ node, slot, shape: tensor.shape });
        if (node.saved !== null) node.saved[slot] = undefined;
        node.restore = fill;
      },
    );
  };
}

/** The tensors that the second run saves where the first one left gaps, in order. */
function savedAgain(run: Run, again: () => unknown): Tensor[] {
  const tensors: Tensor[] = [];
  whileSaving(new ReplayingBackend(currentBackend(), run, true), again, (_node, _slot, tensor) => {
    tensors.push(tensor);
  });
  return tensors;
}

/** Runs `body` on `backend`, and shows `found` every saved tensor that was made there. */
function whileSaving<R>(
  backend: ReplayingBackend,
  body: () => R,
  found: (node: Node, slot: number, tensor: Tensor) => void,
): R {
  const forward = ({ node }: { readonly node: Node | null }): void => {
    for (const [slot, tensor] of node?.saved?.entries() ?? []) {
      if (node !== null && tensor !== undefined && backend.made(tensor.storage)) found(node, slot, tensor);
    }
  };
  return withBackend(backend, () => listen({ forward }, body));
}

function fillGaps(gaps: readonly Gap[], tensors: readonly Tensor[]): void {
  if (gaps.length !== tensors.length) {
    throw otherwise(`it saved ${tensors.length} tensors, and ${gaps.length} the first time`);
  }
  for (const [i, { node, slot, shape }] of gaps.entries()) {
    const tensor = tensors[i] as Tensor;
    if (!sameShape(tensor.shape, shape)) throw otherwise(`"${node.op.name}" saved another shape`);
    if (node.saved === null) continue;
    node.save(slot, tensor);
    node.restore = null;
  }
}
