/** What an entry of a node is called. Pure. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { titleOf } from "./scene.ts";
import { indexAt } from "./tensor-entries.ts";

/** `[5, 406]`; nothing for a number without axes. */
export function positionText(index: number, shape: readonly number[]): string {
  return shape.length === 0 ? "" : `[${indexAt(index, shape).join(", ")}]`;
}

/** `0.weight[5, 406]`. */
export function entryName(node: TraceNode, index: number): string {
  return `${titleOf({ node, folded: null })}${positionText(index, node.value?.shape ?? node.shape)}`;
}
