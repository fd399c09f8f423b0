/** What is wrong with the trace that is shown: looked for whenever another trace or pass is, whatever tab is open. */
import type { Trace, TracePass } from "@adjoint/autograd/graph";
import { type HealthFlag, healthMarks, healthSteps } from "../health.ts";
import { type Marks, noMarks } from "../marks.ts";
import { type Provenance, provenanceSteps } from "../provenance.ts";
import { culpritSentence, provenanceMarks } from "../provenance-words.ts";
import type { App } from "./app.ts";
import { breath } from "./breath.ts";
import { inSlices } from "./in-slices.ts";
import type { Shown } from "./session.ts";
import { during } from "./work.ts";

/** What was found in one pass of a trace. */
export interface Findings {
  readonly trace: Trace;
  readonly pass: TracePass | null;
  readonly provenance: Provenance;
  readonly flags: readonly HealthFlag[];
}

/** What of the findings is drawn in the graph. */
export interface DrawnFindings {
  /** The way of NaN and infinity; without it the culprits alone are marked. */
  readonly path: boolean;
  readonly flags: boolean;
}

/** Looks for findings, marks them in the graph, sets the tab's badge and tells those who hear the page. */
export class Diagnosis {
  readonly #app: App;
  readonly #changed: () => void;
  #findings: Findings | null = null;
  #drawn: DrawnFindings = { path: true, flags: true };
  #search: AbortController = new AbortController();

  /** `changed` is called when there are other findings. */
  constructor(app: App, changed: () => void) {
    this.#app = app;
    this.#changed = changed;
    app.session.subscribe((shown, before) => {
      const same = shown.trace === before.trace && shown.frames.pass === before.frames.pass;
      if (!same) void during(this.#look(shown));
    });
  }

  /** Null while they are looked for. */
  get findings(): Findings | null {
    return this.#findings;
  }

  get drawn(): DrawnFindings {
    return this.#drawn;
  }

  set drawn(drawn: DrawnFindings) {
    this.#drawn = drawn;
    this.#mark();
  }

  async #look({ trace, pass: position }: Shown): Promise<void> {
    this.#search.abort();
    const search = new AbortController();
    this.#search = search;
    this.#findings = null;
    // The others who hear of the trace come first: a mark set meanwhile would reach them before it.
    await breath();
    if (search.signal.aborted) return;
    const pass = trace.passes[position] ?? null;
    try {
      const provenance = await inSlices(provenanceSteps(trace, pass), search.signal);
      const flags = await inSlices(healthSteps(trace, pass), search.signal);
      this.#findings = { trace, pass, provenance, flags };
    } catch (error) {
      if (search.signal.aborted) return;
      throw error;
    }
    this.#tell(this.#findings);
    this.#mark();
    this.#changed();
  }

  #tell({ trace, provenance, flags }: Findings): void {
    const [first] = provenance.culprits;
    const found = provenance.culprits.length + flags.length;
    this.#app.badge(
      "health",
      found === 0 ? "" : String(found),
      found === 0 ? "" : countWords({ provenance, flags }),
    );
    if (first !== undefined) this.#app.speak(`NaN or infinity: ${culpritSentence(trace, first)}`);
  }

  #mark(): void {
    if (this.#findings === null) return;
    const { trace, provenance, flags } = this.#findings;
    const { session } = this.#app;
    const marks = provenanceMarks(trace, provenance);
    session.mark("provenance", this.#drawn.path ? marks : culpritsOf(marks));
    session.mark("health", this.#drawn.flags ? healthMarks(flags) : noMarks);
  }
}

/** `1 source of NaN or infinity, 2 health flags`; what there is none of is left out. */
function countWords({ provenance, flags }: Pick<Findings, "provenance" | "flags">): string {
  const [sources, raised] = [provenance.culprits.length, flags.length];
  return [
    sources === 0 ? "" : `${sources} source${sources === 1 ? "" : "s"} of NaN or infinity`,
    raised === 0 ? "" : `${raised} health flag${raised === 1 ? "" : "s"}`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** The culprits' marks alone, without the way that their numbers went. */
function culpritsOf({ nodes }: Marks): Marks {
  const culprits = [...nodes].filter(([, marks]) => marks.some(({ kind }) => kind === "culprit"));
  return { nodes: new Map(culprits), taintedEdges: new Set() };
}
