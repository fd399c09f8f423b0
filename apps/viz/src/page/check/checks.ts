/** The checks that were made: each trace's results, and their marks in the graph. */
import type { CheckProgress, PassCheck, Trace } from "@adjoint/autograd/graph";
import type { Culprit, NodeCheckAnswer, NodeCheckQuestion } from "../../engine/check-task.ts";
import type { Mark } from "../../marks.ts";
import type { App } from "../app.ts";

/** How a check is asked for. */
export interface CheckOptions {
  readonly signal: AbortSignal;
  progress(progress: CheckProgress): void;
}

/** What is known of one trace. */
interface Known {
  /** By pass and node: `0:12`. */
  readonly nodes: Map<string, NodeCheckAnswer>;
  readonly passes: Map<number, PassCheck>;
}

/** Asks the engine for checks, remembers the answers as long as their trace lives, and marks what is wrong. */
export class Checks {
  readonly #app: App;
  readonly #known: WeakMap<Trace, Known> = new WeakMap();

  constructor(app: App) {
    this.#app = app;
  }

  /** The latest check of a node's adjoint in the pass that is shown. */
  ofNode(node: number): NodeCheckAnswer | null {
    const { trace, pass } = this.#app.session.shown;
    return this.#of(trace).nodes.get(`${pass}:${node}`) ?? null;
  }

  /** The latest check of all rules of the pass that is shown. */
  ofPass(): PassCheck | null {
    const { trace, pass } = this.#app.session.shown;
    return this.#of(trace).passes.get(pass) ?? null;
  }

  /** Checks the adjoint of a node, or some entries of it. @throws {EngineError} what the library says. */
  async node(question: NodeCheckQuestion, { signal, progress }: CheckOptions): Promise<NodeCheckAnswer> {
    const { trace } = this.#app.session.shown;
    const answer = await this.#app.analysis.ask("check", question, { trace, signal, progress });
    if (question.entries === undefined) {
      this.#of(trace).nodes.set(`${question.pass}:${question.node}`, answer);
      this.#mark();
    }
    return answer;
  }

  /** Checks all rules of the pass that is shown. @throws {EngineError} what the library says. */
  async pass({ signal, progress }: CheckOptions): Promise<PassCheck> {
    const { trace, pass } = this.#app.session.shown;
    const answer = await this.#app.analysis.ask("checkPass", { pass }, { trace, signal, progress });
    this.#of(trace).passes.set(pass, answer);
    this.#mark();
    return answer;
  }

  #of(trace: Trace): Known {
    const known = this.#known.get(trace) ?? { nodes: new Map(), passes: new Map() };
    this.#known.set(trace, known);
    return known;
  }

  /** Marks the wrong adjoints, and the ops whose rules are wrong. */
  #mark(): void {
    const { nodes, passes } = this.#of(this.#app.session.shown.trace);
    const marks = new Map<number, Mark>();
    const answers = [...nodes.values()];
    for (const { check } of answers)
      if (check.verdict === "wrong") marks.set(check.node, { kind: "warning", label: "gradient wrong" });
    const wrong = [...passes.values()].flatMap(({ edges }) =>
      edges.filter(({ verdict }) => verdict === "wrong").map((check): Culprit => ({ kind: "rule", check })),
    );
    for (const culprit of [...wrong, ...answers.flatMap(({ culprits }) => culprits)]) {
      if (culprit.kind === "rule") marks.set(culprit.check.node, { kind: "culprit", label: "rule wrong" });
      else marks.set(culprit.node, { kind: "culprit", label: "adjoint changed" });
    }
    const asLists = new Map([...marks].map(([node, mark]) => [node, [mark]]));
    this.#app.session.mark("check", { nodes: asLists, taintedEdges: new Set() });
  }
}

const known = new WeakMap<App, Checks>();

/** The checks of this page: the sections of nodes and the tab share them. */
export function checksOf(app: App): Checks {
  const checks = known.get(app) ?? new Checks(app);
  known.set(app, checks);
  return checks;
}
