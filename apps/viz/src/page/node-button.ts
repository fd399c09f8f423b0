/** Buttons of the tools that lead to a node of the graph. */
import { titleOf } from "../scene.ts";
import type { App } from "./app.ts";
import { html } from "./dom.ts";

/** A button with a node's name: the node is chosen, unfolded and brought into sight; the tab stays. */
export function nodeButton(app: App, id: number): HTMLElement {
  const node = app.session.shown.nodes.get(id);
  const name = node === undefined ? `node ${id}` : titleOf({ node, folded: null });
  const button = html("button", { type: "button", class: "link", "data-to": id }, name);
  button.addEventListener("click", () => goTo(app, { node: id, press: null }));
  return button;
}

/** Where a finding is seen. */
export interface Sight {
  readonly node: number;
  /** The press of the stepper that shows it; null for what is no step of the backward pass. */
  readonly press: number | null;
}

/** `Show`: goes to the press, or chooses the node, and brings the node into sight. */
export function showButton(app: App, sight: Sight): HTMLElement {
  const button = html("button", { type: "button", class: "primary", "data-show": sight.node }, "Show");
  button.addEventListener("click", () => goTo(app, sight));
  return button;
}

function goTo({ session, graph }: App, { node, press }: Sight): void {
  if (press === null) session.choose(node);
  else session.go(press);
  void graph.unfoldTo(node);
}
