// --trace: one training step as a trace file, with every number of its forward and backward pass.
import { constants, readFileSync } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTrace, record, type Trace, withSources } from "@adjoint/autograd/graph";
import { type Sequential, withModuleScopes } from "@adjoint/nn";
import { atomicWrite } from "./atomic-write.ts";
import type { Batch } from "./batches.ts";
import { OptionError, parseTraceStep } from "./options.ts";
import { RunFolderError } from "./run-folder.ts";
import { writeTracePage } from "./trace-page.ts";

/** What the command line asks for. */
export interface TraceRequest {
  /** Absolute. */
  readonly file: string;
  /** Counted over all epochs, from 1; null for the last. */
  readonly step: number | null;
  /** Put the texts of the program's files, to which the lines of the ops lead, into the trace. */
  readonly sources: boolean;
}

/** What was written of a trace. */
export interface WrittenTrace {
  readonly file: string;
  /** The page beside it; or why there is none. */
  readonly page: { readonly file: string } | { readonly problem: string };
}

/** The options of `--trace`, `--trace-step` and `--no-trace-source`. */
export interface RawTraceOptions {
  readonly trace?: string;
  readonly traceStep?: string;
  readonly traceSource?: boolean;
}

/**
 * Reads the options, and sees that the file can be written before anything is trained; its folder is made.
 *
 * @throws OptionError for a step that is no number, or without a file
 * @throws RunFolderError when the file cannot be written there
 */
export async function traceRequest(options: RawTraceOptions, cwd: string): Promise<TraceRequest | null> {
  const step = options.traceStep === undefined ? null : parseTraceStep(options.traceStep);
  const sources = options.traceSource ?? true;
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
  return { file, step, sources };
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

/**
 * Writes the trace, whole or not at all, and the page beside it: `step.trace` and `step.trace.html`. A page that cannot
 * be written is no error: the trace is there.
 */
export async function writeTrace({ file, sources }: TraceRequest, trace: Trace): Promise<WrittenTrace> {
  await atomicWrite(file, encodeTrace(sources ? withSources(trace, sourceText) : trace));
  const page = `${file}.html`;
  try {
    await writeTracePage(file, page);
    return { file, page: { file: page } };
  } catch (error) {
    return { file, page: { problem: error instanceof Error ? error.message : String(error) } };
  }
}

/** The text of a file of this program, by its address in a stack: a path, or a URL of a file. */
function sourceText(address: string): string | null {
  try {
    const path = address.startsWith("file:") ? fileURLToPath(address) : address;
    return isAbsolute(path) ? readFileSync(path, "utf8") : null;
  } catch {
    return null;
  }
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
