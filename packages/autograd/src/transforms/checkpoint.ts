/**
 * checkpoint: time for memory.
 *
 * The function is recorded as ever, so that its nodes, edges and hooks are those of an ordinary run; but of what the
 * nodes save, that which the function itself made is let go. The first rule that asks for it runs the function again,
 * which fills in all of it, and the sweep frees it node by node as it comes by.
 *
 * Source: T. Chen, B. Xu, C. Zhang, C. Guestrin, "Training deep nets with sublinear memory cost", 2016.
 */
import { currentBackend, formatShape, sameShape, type Tensor, withBackend } from "@adjoint/tensor";
import { listen } from "../listener.ts";
import { enableGrad } from "../mode.ts";
import type { Node } from "../node.ts";
import type { AnyOp } from "../op.ts";
import { withBatching } from "./batching-backend.ts";
import { activeLevels, withLevelSource, withLevels } from "./level.ts";
import { otherwise, ReplayingBackend, Run } from "./replaying-backend.ts";

/** A place in a node from which a saved tensor was let go. */
interface Gap {
  readonly node: Node;
  readonly slot: number;
  readonly shape: readonly number[];
}

/** What fills one gap. */
interface Found {
  readonly op: AnyOp;
  readonly tensor: Tensor;
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
 * @example checkpoint((x: Variable) => relu(mul(x, 2)))(variable([-1, 2]))   // [0, 4]
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
      fillGaps(
        gaps,
        withLevels(levels, () => runAgain(run, () => f(...args), levels.length > 0)),
      );
      filled = true;
      gaps.length = 0;
    };
    const leave = (node: Node, slot: number, { shape }: Tensor): void => {
      gaps.push({ node, slot, shape });
      if (node.saved !== null) node.saved[slot] = undefined;
      node.restore = fill;
    };
    return whileSaving(run, false, () => f(...args), leave);
  };
}

/** What the second run saves where the first one left gaps, in order. */
function runAgain(run: Run, f: () => unknown, batched: boolean): Found[] {
  const found: Found[] = [];
  const again = (): unknown =>
    whileSaving(
      run,
      true,
      () => enableGrad(f),
      ({ op }, _slot, tensor) => found.push({ op, tensor }),
    );
  if (batched) withBatching(again);
  else again();
  return found;
}

/** Runs `body`, and shows `visit` every saved tensor that it made itself. */
function whileSaving<R>(
  run: Run,
  again: boolean,
  body: () => R,
  visit: (node: Node, slot: number, tensor: Tensor) => void,
): R {
  const backend = new ReplayingBackend(currentBackend(), run, again);
  const forward = ({ node }: { readonly node: Node | null }): void => {
    for (const [slot, tensor] of node?.saved?.entries() ?? []) {
      if (node !== null && tensor !== undefined && backend.made(tensor.storage)) visit(node, slot, tensor);
    }
  };
  const source = run.levelSource(again);
  return withLevelSource(source, () => withBackend(backend, () => listen({ forward }, body)));
}

function fillGaps(gaps: readonly Gap[], found: readonly Found[]): void {
  if (gaps.length !== found.length) {
    throw otherwise(`it saved ${found.length} tensors, and ${gaps.length} the first time`);
  }
  for (const [i, { node, slot, shape }] of gaps.entries()) {
    const { op, tensor } = found[i] as Found;
    if (op.name !== node.op.name || !sameShape(tensor.shape, shape)) {
      throw otherwise(
        `"${op.name}" saved ${formatShape(tensor.shape)} where "${node.op.name}" had saved ${formatShape(shape)}`,
      );
    }
    if (node.saved === null) continue;
    node.save(slot, tensor);
    node.restore = null;
  }
}
