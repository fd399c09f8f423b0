/** The button that folds the module of a node. */
import type { TraceNode } from "@adjoint/autograd/graph";
import type { App } from "./app.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";

/** The section of the module that `node` is in. */
export function foldSection(app: App, _shown: Shown, node: TraceNode): HTMLElement | null {
  const module = app.moduleOf(node.id);
  if (module === null) return null;
  const button = html("button", { type: "button" }, `Fold ${module.title}`);
  button.addEventListener("click", () => module.fold());
  return button;
}
