/** Sentences about what is shown, for those who hear the page. Pure. */
import type { Trace, TraceNode, TraceTensor } from "@adjoint/autograd/graph";
import type { BackwardState } from "./backward-states.ts";
import type { Marks } from "./marks.ts";
import { numberText, shapeText } from "./number-text.ts";
import { titleOf } from "./scene.ts";
import { summaryOf } from "./tensor-summary.ts";

/** `784-32-10: 18 nodes, 10 steps of the backward pass.` */
export function spokenTrace({ nodes }: Trace, steps: number): string {
  return `A trace of ${counted(nodes.length, "node")}, ${counted(steps, "step")} of the backward pass.`;
}

/** Name, shape, value, gradient and marks of a node. */
export function spokenNode(node: TraceNode, state: BackwardState, marks: Marks): string {
  const partial = state.adjoints.get(node.id);
  const untracked = node.kind === "constant" || (node.kind === "op" && !node.tracked);
  const gradient = partial === undefined ? null : numberOf(partial.tensor);
  const so = partial?.complete === false ? "gradient so far" : "gradient";
  const parts = [
    `${titleOf({ node, folded: null })}, ${shapeText(node.shape)}`,
    node.value === null ? "" : `value ${numberOf(node.value)}`,
    gradient === null ? (untracked ? "needs no gradient" : "no gradient yet") : `${so} ${gradient}`,
    ...(marks.nodes.get(node.id) ?? []).map(({ label }) => label),
  ];
  return `${parts.filter((part) => part !== "").join("; ")}.`;
}

/** `12 nodes found.` */
export function spokenCount(found: number): string {
  return found === 0 ? "No node found." : `${counted(found, "node")} found.`;
}

function numberOf(tensor: TraceTensor): string {
  const summary = summaryOf(tensor);
  if (summary === null) return "unknown";
  const single = tensor.shape.every((size) => size === 1);
  return `${single ? "" : "norm "}${numberText(summary.number)}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
