/** Keys that follow edges from the chosen node, wherever the focus is; what was followed is said. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { type Walk, type WalkStep, walkFrom } from "../edge-walk.ts";
import { shapeText } from "../number-text.ts";
import { titleOf } from "../scene.ts";
import type { App } from "./app.ts";
import { isWriting } from "./page-keys.ts";

const steps: Readonly<Record<string, WalkStep>> = {
  ArrowUp: "inputs",
  ArrowDown: "consumers",
  ArrowRight: "next",
};

/** Alt and an arrow: up to the first input, down to the first reader, right to the next of those. */
export function followEdgesByKey(app: App, graphElement: HTMLElement): void {
  let walk: Walk | null = null;
  document.addEventListener("keydown", (event) => {
    const { trace, chosen, nodes } = app.session.shown;
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    const alone = event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    if (!alone || step === undefined || chosen === null || isWriting(event.target)) return;
    event.preventDefault();
    const from = nodes.get(chosen);
    const next = walkFrom(trace, chosen, walk, step);
    if (next === null) {
      if (from !== undefined) app.speak(nothingWords(from, step));
      return;
    }
    walk = next;
    const inGraph = graphElement.contains(document.activeElement);
    app.session.choose(next.node);
    void app.graph.unfoldTo(next.node).then(() => {
      if (inGraph) app.graph.focus(next.node);
    });
    app.speak(walkWords(next, nodes));
  });
}

function walkWords(
  { along, position, count, from, node }: Walk,
  nodes: ReadonlyMap<number, TraceNode>,
): string {
  const name = (id: number): string => {
    const found = nodes.get(id);
    return found === undefined ? "" : titleOf({ node: found, folded: null });
  };
  const shape = nodes.get(node)?.shape;
  const kind = along === "inputs" ? "Input" : "Reader";
  const where = `${kind} ${position + 1} of ${count} of ${name(from)}`;
  return `${where}: ${name(node)}${shape === undefined ? "" : `, ${shapeText(shape)}`}.`;
}

function nothingWords(node: TraceNode, step: WalkStep): string {
  const name = titleOf({ node, folded: null });
  if (step === "inputs") return `${name} reads nothing of this trace.`;
  return step === "consumers" ? `Nothing reads ${name}.` : `There is no other edge beside that to ${name}.`;
}
