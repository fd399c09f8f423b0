/** Asks the engine what a network makes of a drawing. */

import type { Trace } from "@adjoint/autograd/graph";
import { asMnist } from "../draw/as-mnist.ts";
import { type DigitNet, type DigitNetFile, netOfFile } from "../draw/digit-net.ts";
import type { DrawingText } from "../draw/drawing-text.ts";
import type { EngineTasks } from "../engine/tasks.ts";
import type { Engine } from "./engine.ts";
import { pageData } from "./page-data.ts";

/** The network that the page brings along. */
export interface BundledNet {
  readonly net: DigitNet;
  readonly file: DigitNetFile;
}

let bundled: BundledNet | null = null;

/** The page's own network, read once. @throws {Error} if the server is gone. */
export async function bundledNet(): Promise<BundledNet> {
  if (bundled === null) {
    const file = await pageData("digit-net.json");
    bundled = { net: netOfFile(file), file };
  }
  return bundled;
}

/** The trace of one drawing. @throws {EngineError} */
export function drawnTrace(
  engine: Engine<EngineTasks>,
  net: DigitNet,
  { ink, normalized, asked }: DrawingText,
): Promise<Trace> {
  return engine.ask("draw", { ink: normalized ? asMnist(ink) : ink.slice(), asked, net });
}
