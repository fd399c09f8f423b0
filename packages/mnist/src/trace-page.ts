// The page beside a trace: the inspector with the trace in it, one HTML file that opens without a server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { InspectorError, inspectorCommand } from "./inspector.ts";

/**
 * Writes the page of a trace file, whole or not at all. The inspector does it, in a process of its own.
 *
 * @param trace absolute, as is `page`.
 * @throws InspectorError where the inspector is not installed, or with what it said of the trace
 */
export async function writeTracePage(trace: string, page: string): Promise<void> {
  const child = spawn(process.execPath, [inspectorCommand(), trace, "--html", page], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code]: unknown[] = await once(child, "close");
  if (code === 0) return;
  const reason = said.trim().split("\n").at(-1) ?? "";
  throw new InspectorError(
    `the inspector wrote no page (exit code ${code}${reason === "" ? "" : `: ${reason}`})`,
    `The trace is there: npm run viz -- ${trace}`,
  );
}
