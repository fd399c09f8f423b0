/** What the parts of an entry's panel work with. */
import type { TraceNode } from "@adjoint/autograd/graph";
import type { EntryPlace } from "../../attribution/places.ts";
import type { App } from "../app.ts";
import type { Shown } from "../session.ts";

/** One entry of a node, and the page around it. */
export interface EntryContext {
  readonly app: App;
  readonly shown: Shown;
  readonly node: TraceNode;
  readonly index: number;
  /** Aborted when something else is shown. */
  readonly signal: AbortSignal;
}

/** The entry that `context` is about. */
export function placeOf({ node, index }: EntryContext): EntryPlace {
  return { node: node.id, index };
}
