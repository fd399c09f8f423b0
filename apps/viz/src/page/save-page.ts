/** A copy of this very page with a trace in it. */
import { encodeTrace, type Trace } from "@adjoint/autograd/graph";
import { artefactHtml } from "../artefact/artefact-html.ts";
import { fileOfBlock, listName, type PageParts, partIds, partsFrom } from "../artefact/page-parts.ts";
import { inertText } from "./inert-text.ts";
import { saveFile } from "./save-file.ts";

/**
 * Offers a self-contained page with `trace` in it as a download; it opens from `file://`. To be called `during`.
 *
 * @throws {ArgumentError} if the trace is too large for a page. @throws {Error} if the server is gone.
 */
export async function savePage(trace: Trace, name: string = "step.html"): Promise<void> {
  const pieces = await artefactHtml(await partsHere(), encodeTrace(trace));
  saveFile(name, new Blob([...pieces], { type: "text/html" }));
}

/** The parts of this page: out of itself where it is self-contained, else from its server. */
async function partsHere(): Promise<PageParts> {
  const index = inertText(partIds.index);
  if (index === null) return partsFrom(JSON.parse(await fetchText(listName)), fetchText);
  return {
    index,
    style: document.getElementById(partIds.style)?.textContent ?? "",
    script: document.getElementById(partIds.script)?.textContent ?? "",
    more: new Map(blocksHere()),
  };
}

/** The further files that this page carries, by name and in their order. */
function blocksHere(): [name: string, text: string][] {
  const blocks = [...document.querySelectorAll(`script[type="application/json"]`)];
  return blocks.flatMap(({ id }) => {
    const name = fileOfBlock(id);
    return name === null ? [] : [[name, inertText(id) ?? ""]];
  });
}

async function fetchText(name: string): Promise<string> {
  const answer = await fetch(name).catch(() => null);
  if (answer?.ok === true) return answer.text();
  throw new Error(`[viz] ${name} cannot be had from the server any more. Start it again with npm run viz.`);
}
