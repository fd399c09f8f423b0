/**
 * The events of a run as server-sent events: first `event: info` with the description, then every line of the log as a
 * message, and once, where there is nothing more for now, `event: present`. A step's message has the step as its id, so that a browser that comes back says with Last-Event-ID which step
 * it had last, and the stream goes on behind that step's line. Everything is read from the file, so nothing is lost or
 * doubled when the server was another one before.
 *
 * Source: WHATWG HTML, "Server-sent events".
 */
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { followLines, pause } from "./follow-lines.ts";
import type { RunFolder } from "./run-folder.ts";

/** Times of the stream, in milliseconds. */
export interface StreamTimes {
  /** Between two looks into the log. */
  readonly poll: number;
  /** Silence after which a comment shows that the connection lives. */
  readonly heartbeat: number;
  /** After which a browser that lost the connection tries again. */
  readonly retry: number;
}

/** Looks often enough that a step shows within 250 ms, and a look costs two system calls. */
export const streamTimes: StreamTimes = { poll: 50, heartbeat: 15_000, retry: 500 };

/**
 * Writes the events after step `after` into `response`, whose head was sent, until the run has ended or the reader is gone.
 * Writes no faster than the reader takes.
 */
export async function streamEvents(
  response: ServerResponse,
  run: RunFolder,
  after: number,
  times: StreamTimes = streamTimes,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const stream = new EventWriter(response, times.heartbeat, gone.signal);
  try {
    await stream.write(`retry: ${times.retry}\n\n`);
    if (!(await sendInfo(run, stream, times.poll, gone.signal))) return;
    await sendLines(run, after, stream, times.poll, gone.signal);
  } catch (error) {
    await stream.write(message("problem", error instanceof Error ? error.message : String(error)));
  } finally {
    response.end();
  }
}

/** Sends the description as soon as the run has one. False if the reader was gone before. */
async function sendInfo(
  run: RunFolder,
  stream: EventWriter,
  poll: number,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const info = await run.info();
    if (info !== null) {
      await stream.write(message("info", info.toString("utf8")));
      return true;
    }
    await stream.tick();
    await pause(poll, signal);
  }
  return false;
}

async function sendLines(
  run: RunFolder,
  after: number,
  stream: EventWriter,
  pollMilliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  let skipping = after > 0;
  let isPresent = false;
  for await (const lines of followLines(run.eventsFile, { signal, pollMilliseconds })) {
    let text = "";
    let ended = false;
    for (const line of lines) {
      const step = stepOf(line);
      ended ||= line.startsWith('{"end":');
      // A line of the step itself ends the skipping; should it be missing, the next one does.
      if (skipping && (ended || (step !== null && step >= after))) skipping = false;
      if (skipping || (step !== null && step <= after)) continue;
      text += step === null ? `data: ${line}\n\n` : `id: ${step}\ndata: ${line}\n\n`;
    }
    if (text !== "") await stream.write(text);
    if (ended) return;
    if (lines.length > 0) continue;
    if (isPresent) await stream.tick();
    else await stream.write(message("present", "nothing is left to tell for now"));
    isPresent = true;
  }
}

/** The step whose statistics the line gives; null for any other event. */
function stepOf(line: string): number | null {
  const step = /^\{"step":(\d+),/.exec(line)?.[1];
  return step === undefined ? null : Number(step);
}

function message(event: string, text: string): string {
  const data = text.trimEnd().replaceAll(/^/gm, "data: ");
  return `event: ${event}\n${data}\n\n`;
}

/** Writes no faster than the reader takes, and shows that it lives when there is nothing to say. */
class EventWriter {
  readonly #response: ServerResponse;
  readonly #heartbeat: number;
  readonly #signal: AbortSignal;
  #latest: number = performance.now();

  constructor(response: ServerResponse, heartbeat: number, signal: AbortSignal) {
    this.#response = response;
    this.#heartbeat = heartbeat;
    this.#signal = signal;
  }

  async write(text: string): Promise<void> {
    if (this.#signal.aborted) return;
    this.#latest = performance.now();
    if (this.#response.write(text)) return;
    await once(this.#response, "drain", { signal: this.#signal }).catch(() => undefined);
  }

  /** A comment, if nothing was written for a while. */
  async tick(): Promise<void> {
    if (performance.now() - this.#latest >= this.#heartbeat) await this.write(":\n\n");
  }
}
