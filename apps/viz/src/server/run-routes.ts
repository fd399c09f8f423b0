/**
 * The routes of a run: `/run/info`, `/run/events`, `/run/snapshots` and `/run/snapshots/N`. A request names a route and a
 * number that is among the listed ones, never a path.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { StreamTimes } from "./event-stream.ts";
import { streamEvents, streamTimes } from "./event-stream.ts";
import type { RunFolder } from "./run-folder.ts";

/** The head of an answer, all but what every answer of the server says. */
export type Head = (status: number, headers: Readonly<Record<string, string | number>>) => void;

const json = "application/json; charset=utf-8";

/** Answers questions about one run. */
export class RunRoutes {
  readonly #run: RunFolder;
  readonly #times: StreamTimes;

  constructor(run: RunFolder, times: StreamTimes = streamTimes) {
    this.#run = run;
    this.#times = times;
  }

  /**
   * Answers a GET or HEAD for `path`; false, and nothing is answered, where there is no such thing.
   *
   * @param head sends the head of the answer.
   */
  async answer(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
    head: Head,
  ): Promise<boolean> {
    if (path === "/run/events") return this.#events(request, response, head);
    const body = path === "/run/info" ? await this.#run.info() : await this.#list(path);
    if (body !== null) {
      head(200, { "Content-Type": json, "Content-Length": body.length });
      response.end(request.method === "HEAD" ? undefined : body);
      return true;
    }
    const step = /^\/run\/snapshots\/(\d{1,16})$/.exec(path)?.[1];
    return step !== undefined && this.#snapshot(Number(step), request, response, head);
  }

  async #list(path: string): Promise<Buffer | null> {
    return path === "/run/snapshots" ? Buffer.from(JSON.stringify(await this.#run.snapshots())) : null;
  }

  async #events(request: IncomingMessage, response: ServerResponse, head: Head): Promise<true> {
    head(200, { "Content-Type": "text/event-stream; charset=utf-8" });
    if (request.method === "HEAD") response.end();
    else await streamEvents(response, this.#run, lastEventId(request), this.#times);
    return true;
  }

  async #snapshot(
    step: number,
    request: IncomingMessage,
    response: ServerResponse,
    head: Head,
  ): Promise<boolean> {
    const file = await this.#run.openSnapshot(step);
    if (file === null) return false;
    const { size } = await file.stat();
    head(200, { "Content-Type": "application/octet-stream", "Content-Length": size });
    if (request.method === "HEAD") {
      response.end();
      await file.close();
      return true;
    }
    // A reader that goes away before the end is its own affair; the stream closes the file either way.
    await pipeline(file.createReadStream(), response).catch(() => undefined);
    return true;
  }
}

/** The step after which a reader wants to go on; 0 for one that has none yet. */
function lastEventId({ headers }: IncomingMessage): number {
  const id = headers["last-event-id"];
  return typeof id === "string" && /^\d{1,15}$/.test(id) ? Number(id) : 0;
}
