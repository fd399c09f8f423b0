/** A run that the server follows: its events into a model, through lost connections and other servers too. */
import { decodeRunEvent, decodeRunInfo, decodeSnapshot, type Snapshot } from "@adjoint/nn";
import { RunModel } from "../run-model.ts";
import { largestTrace } from "../trace-limit.ts";
import { during } from "./work.ts";

/** Who hears of the run. */
export interface LiveRunListener {
  /** There is a run, or another one in the same place. */
  opened(run: RunModel): void;
  /** The log cannot be read; null once it can. */
  problem(message: string | null): void;
}

/** After which the page asks again itself, where the browser has given up. In milliseconds. */
const askAgain = 1000;

/**
 * Follows the server's run until it has ended or `close` is called. The browser comes back by itself when the connection
 * is lost, and says which step it had last; what comes twice all the same, the model takes once.
 */
export class LiveRun {
  /**
   * Resolves when all was heard that had happened before, when the run has ended, or when the server could not be reached.
   * The page counts it as work until then.
   */
  readonly present: Promise<void>;
  readonly #listener: LiveRunListener;
  #arrive: () => void = () => undefined;
  #run: RunModel | null = null;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: LiveRunListener) {
    this.#listener = listener;
    this.present = during(
      new Promise<void>((resolve) => {
        this.#arrive = resolve;
      }),
    );
    this.#connect();
  }

  /** Null before the server has told what the run is. */
  get run(): RunModel | null {
    return this.#run;
  }

  /** Ends the following. The model stays as it is. */
  close(): void {
    this.#disconnect();
    this.#arrive();
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #connect(): void {
    this.#disconnect();
    const source = new EventSource("run/events");
    this.#source = source;
    // One connection is about one run: what the browser names as its last step after a loss belongs to it.
    let isKnown = false;
    source.addEventListener("info", ({ data }: MessageEvent<string>) => {
      this.#attempt(() => {
        if (isKnown && !this.#isCurrent(data)) this.#connect();
        else this.#begin(data);
        isKnown = true;
      });
    });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      this.#attempt(() => this.#run?.take(decodeRunEvent(data)));
      if (this.#run?.ended === true) this.close();
    });
    source.addEventListener("present", () => this.#arrive());
    source.addEventListener("problem", ({ data }: MessageEvent<string>) => this.#listener.problem(data));
    source.addEventListener("error", () => {
      this.#arrive();
      this.#run?.reconnecting(true);
      if (source.readyState === EventSource.CLOSED && this.#source === source) {
        this.#timer = setTimeout(() => this.#connect(), askAgain);
      }
    });
  }

  #isCurrent(info: string): boolean {
    return this.#run?.info.id === decodeRunInfo(info).id;
  }

  #begin(text: string): void {
    this.#listener.problem(null);
    const info = decodeRunInfo(text);
    if (this.#run?.info.id === info.id) {
      this.#run.reconnecting(false);
      return;
    }
    this.#run = new RunModel(info, fetchSnapshot);
    this.#listener.opened(this.#run);
  }

  /** What the server sends is data: one line that cannot be read is told, and no more comes of it. */
  #attempt(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.#listener.problem(error instanceof Error ? error.message : String(error));
    }
  }
}

/** A snapshot from the server. @throws {Error} (rejects) if it is not there, too large or malformed. */
async function fetchSnapshot(step: number): Promise<Snapshot> {
  const answer = await fetch(`run/snapshots/${step}`);
  if (!answer.ok)
    throw new Error(`[viz] the snapshot of step ${step} is not there (status ${answer.status}).`);
  const size = Number(answer.headers.get("content-length"));
  if (size > largestTrace) {
    throw new Error(`[viz] the snapshot of step ${step} has ${size} bytes, above ${largestTrace}.`);
  }
  return decodeSnapshot(new Uint8Array(await answer.arrayBuffer()));
}
