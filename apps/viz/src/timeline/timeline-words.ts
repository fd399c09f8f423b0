/** What the timeline says of where it stands. */
import type { RunState } from "../run-model.ts";

/** Where the timeline stands. */
export interface TimelinePlace {
  /** The cursor. */
  readonly step: number;
  /** The steps of the run: those that are planned, while it goes on. */
  readonly total: number;
  /** The page's worker trains. */
  readonly isTraining: boolean;
  /** The step of the snapshot that stands for the cursor; null where the cursor's step was recorded exactly. */
  readonly snapshot: number | null;
  /** What the graph shows: the run, something else, or nothing, because no program has the run's parameters. */
  readonly graph: "run" | "else" | "none";
  /** A run of elsewhere; null for one that this page trained. */
  readonly elsewhere: { readonly title: string; readonly state: RunState } | null;
}

/** `Step 37 / 300`; what a run leaves behind is `After step 300`. */
export function positionWords({ step, total }: TimelinePlace): string {
  return step > total ? `After step ${total}` : `Step ${step} / ${total}`;
}

/** What is shown for that step. */
export function statusWords(place: TimelinePlace): string {
  const { isTraining, elsewhere, graph } = place;
  if (isTraining) return "training";
  const words = graph === "else" ? "the graph shows something else" : shownWords(place);
  if (elsewhere === null) return words;
  const where = graph === "run" ? ", in the graph on the page's digits" : "";
  return `${elsewhere.title} · ${elsewhere.state} · ${words}${where}`;
}

function shownWords({ step, snapshot }: TimelinePlace): string {
  if (snapshot === null) return "recorded exactly";
  if (snapshot === step) return "shown: its snapshot";
  return `shown: snapshot of step ${snapshot}, the nearest ${snapshot < step ? "before" : "there is"}`;
}
