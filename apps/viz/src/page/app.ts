/** The page's parts as its tools see them. */
import type { AnalysisTasks } from "../engine/analysis-tasks.ts";
import type { EngineTasks } from "../engine/tasks.ts";
import type { Commands } from "./commands.ts";
import type { Comparison } from "./comparison.ts";
import type { Documents } from "./documents.ts";
import type { Engine } from "./engine.ts";
import type { GraphView } from "./graph-view.ts";
import type { Session } from "./session.ts";

/** What a tab, a section of a node or the timeline works with. */
export interface App {
  readonly session: Session;
  /** Runs programs and records them. */
  readonly engine: Engine<EngineTasks>;
  /** Runs a trace again. */
  readonly analysis: Engine<AnalysisTasks>;
  readonly commands: Commands;
  /** The graph: folds, camera, export. Brought into sight with `unfoldTo`. */
  readonly graph: GraphView;
  readonly documents: Documents;
  /** What is shown against a trace that was kept. */
  readonly comparison: Comparison;
  /** Shows a tab of the panel by its id. */
  selectTab(id: string): void;
  /** Sets the badge of a tab; an empty text removes it. */
  badge(tab: string, text: string, words: string): void;
  /** Says something to those who hear the page, through its live region; `at last` what may come often, when no more comes. */
  speak(words: string, when?: "now" | "at last"): void;
  /** Tells a problem above the graph; null takes it away. */
  problem(message: string | null): void;
}
