/** Keeps the graph as the session says. */
import type { Trace } from "@adjoint/autograd/graph";
import type { GraphView, OpenGraph } from "./graph-view.ts";
import type { Session, Shown } from "./session.ts";
import { during } from "./work.ts";

/**
 * Shows in `graph` whatever `session` shows from now on.
 *
 * @param opening folds and camera of a trace that is not like the one before, such as an address asks for.
 */
export function followSession(graph: GraphView, session: Session, opening: () => OpenGraph): void {
  session.subscribe((shown, before) => {
    if (shown.trace !== before.trace) void during(open(graph, shown, before, opening));
    show(graph, shown);
    if (shown.step !== before.step) followStep(graph, shown);
  });
}

async function open(graph: GraphView, shown: Shown, before: Shown, opening: () => OpenGraph): Promise<void> {
  const { folded, camera } = graph;
  const again = sameGraph(shown.trace, before.trace);
  const at = again ? { folded, camera } : opening();
  await graph.open(shown.trace, at);
  // A graph that was shown whole stays so, even in a pane in which it would not begin whole.
  if (again && camera === null) graph.fit();
  else if (at.camera == null) followStep(graph, shown);
}

/** Brings the op whose rules ran last into the middle, before the first step the seed. */
function followStep(graph: GraphView, { frames, step }: Shown): void {
  const node = frames.frames[step - 1]?.step.node ?? frames.pass.seeds[0]?.node;
  if (node !== undefined) graph.follow(node);
}

function show(graph: GraphView, { state, frames, step, chosen, marks }: Shown): void {
  graph.show({ state, step: frames.frames[step - 1]?.step ?? null, selected: chosen, marks });
}

/** Whether two traces are steps of the same program: the same nodes, edges and scopes, whatever their numbers. */
export function sameGraph(a: Trace, b: Trace): boolean {
  return (
    a.nodes.length === b.nodes.length &&
    a.scopes.length === b.scopes.length &&
    a.scopes.every((scope, i) => scope.id === b.scopes[i]?.id && scope.parent === b.scopes[i]?.parent) &&
    a.nodes.every((node, i) => {
      const other = b.nodes[i];
      return (
        other !== undefined &&
        node.id === other.id &&
        node.op === other.op &&
        node.scope === other.scope &&
        node.inputs.length === other.inputs.length &&
        node.inputs.every(({ source }, k) => source === other.inputs[k]?.source)
      );
    })
  );
}
