// --trace: one training step as a trace file, with every number of its forward and backward pass.
import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { encodeTrace, record, type Trace } from "@adjoint/autograd/graph";
import { type Sequential, withModuleScopes } from "@adjoint/nn";
import { atomicWrite } from "./atomic-write.ts";
import type { Batch } from "./batches.ts";
import { OptionError, parseTraceStep } from "./options.ts";
import { RunFolderError } from "./run-folder.ts";

/** What the command line asks for. */
export interface TraceRequest {
  /** Absolute. */
  readonly file: string;
  /** Counted over all epochs, from 1; null for the last. */
  readonly step: number | null;
}

/** The options of `--trace` and `--trace-step`. */
export interface RawTraceOptions {
  readonly trace?: string;
  readonly traceStep?: string;
}

/**
 * Reads the options, and sees that the file can be written before anything is trained; its folder is made.
 *
 * @throws OptionError for a step that is no number, or without a file
 * @throws RunFolderError when the file cannot be written there
 */
export async function traceRequest(options: RawTraceOptions, cwd: string): Promise<TraceRequest | null> {
  const step = options.traceStep === undefined ? null : parseTraceStep(options.traceStep);
  if (options.trace === undefined) {
    if (options.traceStep === undefined) return null;
    const remedy = "Give --trace step.trace too, for example.";
    throw new OptionError("--trace-step", options.traceStep, "given together with --trace FILE", remedy);
  }
  const file = resolve(cwd, options.trace);
  try {
    await mkdir(dirname(file), { recursive: true });
    await access(dirname(file), constants.W_OK);
  } catch (error) {
    throw unusable(file, error instanceof Error ? error.message : String(error));
  }
  if (await isFolder(file)) throw unusable(file, "it is a folder");
  return { file, step };
}

/** Runs a step's forward and backward pass and gives its trace; the numbers are those that it has without. */
export function traceStep(
  network: Sequential,
  batch: Batch,
  notes: Readonly<Record<string, string | number>>,
  body: () => void,
): Trace {
  const metadata = Object.fromEntries(Object.entries(notes).map(([key, value]) => [key, String(value)]));
  const names = [
    ...network.namedParameters(),
    ["images", batch.images] as const,
    ["labels", batch.labels] as const,
  ];
  return record(() => withModuleScopes(network, body), { names, metadata, places: true });
}

/** Writes the trace whole or not at all. */
export async function writeTrace(file: string, trace: Trace): Promise<void> {
  await atomicWrite(file, encodeTrace(trace));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function unusable(file: string, reason: string): RunFolderError {
  return new RunFolderError(file, `cannot write there (${reason})`, "Give another file with --trace FILE.");
}
