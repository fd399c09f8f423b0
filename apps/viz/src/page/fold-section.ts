/** The button that folds the module of a node. */
import type { TraceNode } from "@adjoint/autograd/graph";
import { titleOf } from "../scene.ts";
import { foldableScopes, scopesOfNodes } from "../visible-graph.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";

/** The section of the module that `node` is in. */
export function foldSection({ graph }: App, { trace }: Shown, node: TraceNode): HTMLElement | null {
  const foldable = foldableScopes(trace);
  if (foldable.length === 0) return null;
  const scope = node.scope ?? scopesOfNodes(trace).get(node.id);
  const module = foldable.find(({ id }) => id === scope);
  if (module === undefined || graph.folded.has(module.id)) return null;
  const button = html("button", { type: "button" }, `Fold ${titleOf({ node, folded: module })}`);
  button.addEventListener("click", () => void graph.toggle(module.id));
  return button;
}
