/** What tools add to the panel of a node. A new one is a file of its own and a line here. */
import type { TraceNode } from "@adjoint/autograd/graph";
import type { App } from "./app.ts";
import { checkSection } from "./check/check-section.ts";
import { compareSection } from "./compare-section.ts";
import { foldSection } from "./fold-section.ts";
import type { Shown } from "./session.ts";

/**
 * Makes a tool's part of the panel of `node`; null if it has nothing to say of it. `signal` is aborted when the panel shows
 * something else.
 */
export type NodeSection = (
  app: App,
  shown: Shown,
  node: TraceNode,
  signal: AbortSignal,
) => HTMLElement | null;

/** In the order in which they stand in the panel, below value and adjoint. */
export const nodeSections: readonly NodeSection[] = [compareSection, checkSection, foldSection];
