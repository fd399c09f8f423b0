/** The chosen node beside the one that it is compared with. */

import { comparedNode } from "./compared-node.ts";
import { html } from "./dom.ts";
import type { NodeSection } from "./node-sections.ts";

/** The section of the details while a comparison is on; it fills when the difference is there. */
export const compareSection: NodeSection = (app, { trace }, node, signal) => {
  const { comparison } = app;
  if (comparison.stage === "off" || comparison.stage === "same") return null;
  const section = html("section", { class: "compare-section" });
  const fill = (): void => {
    const { compared, reference } = comparison;
    section.hidden = reference === null;
    const found = compared?.trace === trace ? compared.difference.bySecond.get(node.id) : undefined;
    if (compared === null || found === undefined || reference === null) return;
    const title = html("h3", {}, `Compared with ${reference.title}`);
    section.replaceChildren(title, comparedNode(app, compared, found));
  };
  comparison.follow(fill, signal);
  fill();
  return section;
};
