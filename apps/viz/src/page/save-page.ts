/** A copy of this very page with a trace in it. */
import { encodeTrace, type Trace } from "@adjoint/autograd/graph";
import { artefactHtml } from "../artefact/artefact-html.ts";
import { type PageParts, partIds } from "../artefact/page-parts.ts";
import { inertText } from "./inert-text.ts";
import { saveFile } from "./save-file.ts";
import type { WorkerName } from "./start-worker.ts";

const workerNames: readonly WorkerName[] = ["layout-worker", "engine-worker"];

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
  if (index === null) return partsOfServer();
  return {
    index,
    style: document.getElementById(partIds.style)?.textContent ?? "",
    script: document.getElementById(partIds.script)?.textContent ?? "",
    workers: new Map(workerNames.map((name) => [name, inertText(partIds.worker(name)) ?? ""])),
  };
}

async function partsOfServer(): Promise<PageParts> {
  const [index, style, script, ...workers] = await Promise.all(
    ["index.html", "style.css", "main.js", ...workerNames.map((name) => `${name}.js`)].map(textOf),
  );
  return {
    index: index ?? "",
    style: style ?? "",
    script: script ?? "",
    workers: new Map(workerNames.map((name, i) => [name, workers[i] ?? ""])),
  };
}

async function textOf(name: string): Promise<string> {
  const answer = await fetch(name).catch(() => null);
  if (answer?.ok === true) return answer.text();
  throw new Error(`[viz] ${name} cannot be had from the server any more. Start it again with npm run viz.`);
}
