/** The times of a trace as a file for Perfetto. */
import type { Trace } from "@adjoint/autograd/graph";
import { chromeTrace } from "../chrome-trace.ts";
import { saveFile } from "./save-file.ts";

/** Offers `trace` as a download in Chrome's trace event format. */
export function saveChrome(trace: Trace): void {
  const content = new Blob([JSON.stringify(chromeTrace(trace))], { type: "application/json" });
  saveFile("step.chrome.json", content);
}
