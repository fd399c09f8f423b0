// --live: the run's log on the disk, and the inspector beside the training, which shows it as it grows.
import { randomUUID } from "node:crypto";
import type { RunInfo, RunSink } from "@adjoint/nn";
import { type Inspector, startInspector } from "./inspector.ts";
import type { JournalRequest, JournalStart } from "./journal-request.ts";
import { OptionError, parseLiveNorms, parseLivePort, type TrainSettings } from "./options.ts";
import { RunFolderError } from "./run-folder.ts";
import { prepareRunLog, RunLog } from "./run-log.ts";
import type { Terminal } from "./terminal.ts";

/** The options of `--live`, as the command line gives them. */
export interface RawLiveOptions {
  readonly live?: boolean;
  readonly livePort?: string;
  readonly liveNorms?: string;
  readonly liveExit?: boolean;
}

/** What the command line asks for. */
export interface LiveRequest {
  /** 0 for any free one. */
  readonly port: number;
  /** Norms are measured in each so-many-th step. */
  readonly normsEvery: number;
  /** Whether the inspector stays after the training until Ctrl-C. */
  readonly stays: boolean;
}

/**
 * Reads the options. The inspector stays where somebody sits at a terminal, unless `--live-exit` is given.
 *
 * @throws OptionError for a port or a stride that is none, or options without `--live`
 */
export function liveRequest(options: RawLiveOptions, isTerminal: boolean): LiveRequest | null {
  const { live, livePort, liveNorms, liveExit } = options;
  if (live !== true) {
    for (const [option, value] of Object.entries({
      "--live-port": livePort,
      "--live-norms": liveNorms,
      "--live-exit": liveExit,
    })) {
      if (value === undefined) continue;
      throw new OptionError(option, String(value), "given together with --live", "Give --live too.");
    }
    return null;
  }
  return {
    port: livePort === undefined ? 0 : parseLivePort(livePort),
    normsEvery: liveNorms === undefined ? defaultNormsEvery : parseLiveNorms(liveNorms),
    stays: isTerminal && liveExit !== true,
  };
}

/** A measurement takes a seventh of a step of 784-128-10 (bench/live.ts); in each eighth step that is 2%. */
export const defaultNormsEvery = 8;

/** A run that can be watched. */
export class LiveRun {
  readonly request: LiveRequest;
  readonly #journal: string;
  readonly #inspector: Inspector;
  #problem: string | null = null;

  private constructor(request: LiveRequest, journal: string, inspector: Inspector) {
    this.request = request;
    this.#journal = journal;
    this.#inspector = inspector;
  }

  /**
   * Prepares the run's folder, and starts the inspector on it.
   *
   * @throws RunFolderError when the log cannot be written there
   * @throws InspectorError when the inspector is not installed or does not start
   */
  static async start(request: LiveRequest, folder: string): Promise<LiveRun> {
    const journal = prepared(folder);
    const inspector = await startInspector([folder, "--port", String(request.port)]);
    return new LiveRun(request, journal, inspector);
  }

  /** Where the run can be watched. */
  get address(): string {
    return this.#inspector.address;
  }

  /** Why the log stopped before the run's end; null if it did not. */
  get problem(): string | null {
    return this.#problem;
  }

  /** The journal that the training keeps. */
  journal(settings: TrainSettings): JournalRequest {
    const { normsEvery } = this.request;
    const problem = (message: string): void => {
      this.#problem = message;
    };
    const sink = (start: JournalStart): RunSink =>
      new RunLog(this.#journal, describe(start, settings, normsEvery), problem);
    return { normsEvery, sink };
  }

  /** Waits for Ctrl-C, if the inspector stays, and says so. Resolves at once when `interrupted` was aborted before. */
  async linger(interrupted: AbortSignal, say: Terminal["output"]): Promise<void> {
    if (!this.request.stays || interrupted.aborted) return;
    say.write(`\nThe run stays at ${this.address} until Ctrl-C.\n`);
    const pressed = new Promise<void>((resolve) => {
      interrupted.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([pressed, this.#inspector.ended]);
  }

  /** Ends the inspector. */
  stop(): Promise<void> {
    return this.#inspector.stop();
  }
}

function prepared(folder: string): string {
  try {
    return prepareRunLog(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = "Give another folder with --out DIR.";
    throw new RunFolderError(folder, `cannot write the run's log there (${reason})`, remedy);
  }
}

function describe(start: JournalStart, settings: TrainSettings, normsEvery: number): RunInfo {
  const notes = Object.entries(settings).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(",") : String(value),
  ]);
  return {
    id: randomUUID(),
    title: `mnist train ${start.layers.join("-")}`,
    notes: Object.fromEntries([["layers", start.layers.join("-")], ...notes]),
    parameters: start.parameters,
    plannedSteps: start.plannedSteps,
    stepsPerEpoch: start.stepsPerEpoch,
    normsEvery,
  };
}
