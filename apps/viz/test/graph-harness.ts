/** The graph alone in a page, for tests: nothing else of the page can be in the way. */
import { decodeTrace, type Trace } from "@adjoint/autograd/graph";
import { framesOf, stateAfter } from "../src/backward-states.ts";
import type { MarkKind } from "../src/marks.ts";
import { GraphView } from "../src/page/graph-view.ts";
import { during, idle } from "../src/page/work.ts";

/** What a test asks to be shown. */
export interface HarnessShown {
  readonly step: number;
  readonly selected: number | null;
  readonly marks: readonly (readonly [node: number, kind: MarkKind, label: string])[];
  readonly taintedEdges: readonly string[];
}

/** What the page offers to tests. */
export interface Harness {
  readonly graph: GraphView;
  readonly chosen: number[];
  idle(): Promise<void>;
  /** Opens the trace that the server has under this name. */
  open(name: string, folded: readonly number[] | null): Promise<void>;
  show(shown: HarnessShown): void;
}

const container = document.getElementById("drawing") ?? document.body;
const chosen: number[] = [];
const graph = new GraphView(container, {
  choose: (node) => chosen.push(node),
  foldsChanged: () => {},
  cameraMoved: () => {},
});
let trace: Trace | null = null;

const harness: Harness = {
  graph,
  chosen,
  idle,
  async open(name, folded) {
    const answer = await fetch(name);
    trace = decodeTrace(new Uint8Array(await answer.arrayBuffer()));
    await during(graph.open(trace, { folded: folded === null ? undefined : new Set(folded) }));
  },
  show({ step, selected, marks, taintedEdges }) {
    const [pass] = trace?.passes ?? [];
    if (trace === null || pass === undefined) return;
    const frames = framesOf(trace, pass);
    const nodes = new Map<number, { kind: MarkKind; label: string }[]>();
    for (const [node, kind, label] of marks) nodes.set(node, [...(nodes.get(node) ?? []), { kind, label }]);
    graph.show({
      state: stateAfter(frames, step),
      step: frames.frames[step - 1]?.step ?? null,
      selected,
      marks: { nodes, taintedEdges: new Set(taintedEdges) },
    });
  },
};
Object.assign(globalThis, { harness });
