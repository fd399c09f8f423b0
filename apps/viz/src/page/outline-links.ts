/** The edges of the chosen node as links. */
import { type Link, linksOf } from "../edge-walk.ts";
import { titleOf } from "../scene.ts";
import { html } from "./dom.ts";
import type { Shown } from "./session.ts";
import { nodeLink } from "./step-panel.ts";

/** What the chosen node reads, and what reads it, nothing where none is chosen; `follow` goes to one of them. */
export function outlineLinks({ trace, nodes, chosen }: Shown, follow: (node: number) => void): HTMLElement[] {
  const node = chosen === null ? undefined : nodes.get(chosen);
  const links = chosen === null ? undefined : linksOf(trace).get(chosen);
  if (node === undefined || links === undefined) return [];
  const list = (title: string, key: string, ends: readonly Link[], none: string): HTMLElement =>
    html(
      "div",
      {},
      html("h3", {}, title, " ", html("kbd", { "aria-hidden": "true" }, key)),
      ends.length === 0
        ? html("span", { class: "quiet" }, none)
        : html("ul", {}, ...ends.map((end) => html("li", {}, nodeLink({ nodes, choose: follow }, end.node)))),
    );
  return [
    html("h2", {}, titleOf({ node, folded: null })),
    list("Inputs", "Alt ↑", links.inputs, "none"),
    list("Read by", "Alt ↓", links.consumers, "nobody"),
  ];
}
