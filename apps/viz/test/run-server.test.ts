// The routes of a run: the log as server-sent events, over restarts of the server too, and the snapshots.
import { symlinkSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { request } from "node:http";
import { join } from "node:path";
import { decodeRunInfo, decodeSnapshot, encodeRunEvent } from "@adjoint/nn";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StreamTimes, streamTimes } from "../src/server/event-stream.ts";
import { RunFolder } from "../src/server/run-folder.ts";
import { RunRoutes } from "../src/server/run-routes.ts";
import { inspectorServer } from "../src/server/server.ts";
import { EventReader } from "./event-reader.ts";
import { infoOf, RunOnDisk, recordOf, snapshotOf } from "./run-on-disk.ts";

/** A server that can be stopped and started again on the same port. */
class RestartableServer {
  readonly #folder: string;
  readonly #times: StreamTimes;
  #server: Server | null = null;
  port = 0;

  constructor(folder: string, times: StreamTimes = streamTimes) {
    this.#folder = folder;
    this.#times = times;
  }

  async start(): Promise<this> {
    const server = inspectorServer(new Map(), new RunRoutes(new RunFolder(this.#folder), this.#times));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    const address = server.address();
    this.port = typeof address === "object" && address !== null ? address.port : 0;
    this.#server = server;
    return this;
  }

  /** Breaks all connections, as the end of the process does. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  address(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  events(lastEventId: string | null = null): Promise<EventReader> {
    return EventReader.connect(this.address("/run/events"), lastEventId);
  }

  /** The status, asked as the path stands here; fetch would tidy it up first. */
  status(path: string, headers: Record<string, string> = {}, method: string = "GET"): Promise<number> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port: this.port, path, headers, method }, (response) => {
        response.resume();
        response.on("error", () => undefined);
        resolve(response.statusCode ?? 0);
        if (path === "/run/events") response.destroy();
      });
      asked.on("error", reject);
      asked.end();
    });
  }
}

const stepLine = (step: number): string => encodeRunEvent({ kind: "step", record: recordOf(step) });
const asEvent = (step: number): string => `${step} ${stepLine(step)}`;
const asEvents = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => asEvent(first + i));

describe("a run's routes", () => {
  let run: RunOnDisk;
  let server: RestartableServer;

  beforeEach(async () => {
    run = new RunOnDisk().begin("first");
    server = await new RestartableServer(run.folder).start();
  });

  afterEach(async () => {
    await server.stop();
    run.remove();
  });

  /** A connection that has had the description. */
  async function connect(lastEventId: string | null = null): Promise<EventReader> {
    const reader = await server.events(lastEventId);
    const info = await reader.next();
    expect(info).toMatchObject({ event: "info", id: null });
    expect(decodeRunInfo(info?.data ?? "")).toEqual(infoOf("first"));
    return reader;
  }

  it("send the description, what there is, and each step when it comes, with its number as id", async () => {
    run.steps(1, 3);
    const reader = await connect();
    expect(await reader.take(3)).toEqual(asEvents(1, 3));
    // One at a time: each is there before the next is written, so nothing waits for what follows it.
    for (const step of [4, 5, 6]) {
      run.steps(step, step);
      expect(await reader.take(1)).toEqual([asEvent(step)]);
    }
    await reader.close();
  });

  it("say once when there is nothing more for now", async () => {
    run.steps(1, 2000);
    const reader = await connect();
    expect(await reader.untilPresent()).toEqual(asEvents(1, 2000));
    run.steps(2001, 2001).event({ kind: "end", status: "completed", message: "" });
    expect(await reader.untilPresent()).toEqual([asEvent(2001), 'message {"end":"completed","message":""}']);
  });

  it("send a last line when it is whole, and not before", async () => {
    const line = stepLine(2);
    run.steps(1, 1).append(line.slice(0, 30));
    const reader = await connect();
    expect(await reader.take(1)).toEqual([asEvent(1)]);
    // The other connection has been told all there is; the half line was there for both.
    const other = await connect();
    expect(await other.take(1)).toEqual([asEvent(1)]);
    run.append(`${line.slice(30)}\n`);
    expect([await reader.take(1), await other.take(1)]).toEqual([[asEvent(2)], [asEvent(2)]]);
    await Promise.all([reader.close(), other.close()]);
  });

  it("lose and double no step when the server is started anew on the same port", async () => {
    run.steps(1, 5);
    const heard: string[] = [];
    const first = await connect();
    heard.push(...(await first.take(5)));
    await server.stop();
    expect(await first.next()).toBeNull();
    // The training goes on while there is no server, up to half a line.
    run.steps(6, 8).append(stepLine(9).slice(0, 10));
    await server.start();
    run.append(`${stepLine(9).slice(10)}\n`);
    const second = await connect("5");
    heard.push(...(await second.take(4)));
    await server.stop();
    await server.start();
    const third = await connect("9");
    run.steps(10, 11).event({ kind: "end", status: "completed", message: "" });
    heard.push(...(await third.take(2)));
    expect(heard).toEqual(asEvents(1, 11));
    expect(await third.take(2)).toEqual(['message {"end":"completed","message":""}', "end of the stream"]);
  });

  it("go on behind the step's line, so that what came with a step is not lost either", async () => {
    run.snapshot(1).steps(1, 1).snapshot(2).steps(2, 2);
    run.event({ kind: "drop", step: 1 }).snapshot(3).steps(3, 3);
    const reader = await connect("2");
    expect(await reader.take(3)).toEqual([
      'message {"drop":1}',
      'message {"snapshot":3,"gradients":true}',
      asEvent(3),
    ]);
    await reader.close();
  });

  it("begin at the beginning for an id that is none", async () => {
    run.steps(1, 1);
    for (const id of ["", "one", "-1", "1e3"]) {
      const reader = await connect(id);
      expect(await reader.take(1)).toEqual([asEvent(1)]);
      await reader.close();
    }
  });

  it("end a stream when another run takes the folder", async () => {
    run.steps(1, 2);
    const reader = await connect();
    await reader.take(2);
    run.begin("second").steps(1, 1);
    expect(await reader.next()).toBeNull();
    const again = await server.events("2");
    expect(decodeRunInfo((await again.next())?.data ?? "").id).toBe("second");
    await again.close();
  });

  it("give thousands of steps to a reader that takes its time, whole and in order", async () => {
    run.steps(1, 3000);
    const reader = await connect();
    expect(await reader.take(3000)).toEqual(asEvents(1, 3000));
    await reader.close();
  });

  it("wait for a run that has not begun", async () => {
    const empty = new RunOnDisk();
    const waiting = await new RestartableServer(empty.folder, {
      ...streamTimes,
      poll: 1,
      heartbeat: 0,
    }).start();
    expect(await waiting.status("/run/info")).toBe(404);
    const reader = await waiting.events();
    // Heartbeats: the connection is there, and has nothing to say yet.
    expect(await reader.next()).toMatchObject({ comment: true });
    empty.begin("first");
    let event = await reader.next();
    while (event?.comment === true) event = await reader.next();
    expect(event).toMatchObject({ event: "info" });
    await reader.close();
    await waiting.stop();
    empty.remove();
  });

  it("list the snapshots and give each to the bit", async () => {
    run.snapshot(12).snapshot(3);
    writeFileSync(run.file("00000012.safetensors.tmp"), "half");
    writeFileSync(run.file("12.safetensors"), "another name");
    const list: { step: number; bytes: number }[] = await (
      await fetch(server.address("/run/snapshots"))
    ).json();
    expect(list.map(({ step }) => step)).toEqual([3, 12]);
    const answer = await fetch(server.address("/run/snapshots/12"));
    expect(answer.headers.get("content-length")).toBe(String(list[1]?.bytes));
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(decodeSnapshot(new Uint8Array(await answer.arrayBuffer()))).toEqual(snapshotOf(12));
  });

  it("reach nothing but the listed snapshots", async () => {
    run.snapshot(1);
    const secret = join(run.folder, "secret");
    writeFileSync(secret, "secret");
    symlinkSync(secret, run.file("00000002.safetensors"));
    for (const path of [
      "2",
      "3",
      "../info.json",
      "%2e%2e/info.json",
      "1/..",
      "1e0",
      "+1",
      "",
      "00000001.safetensors",
    ]) {
      expect([path, await server.status(`/run/snapshots/${path}`)]).toEqual([path, 404]);
    }
    expect(await server.status("/run/snapshots/1")).toBe(200);
    expect(await server.status("/run")).toBe(404);
    expect(await server.status("/run/events.jsonl")).toBe(404);
  });

  it("answer their own page alone, and GET and HEAD", async () => {
    run.snapshot(1);
    for (const path of ["/run/info", "/run/events", "/run/snapshots", "/run/snapshots/1"]) {
      expect(await server.status(path, { Host: "evil.example" })).toBe(403);
      expect(await server.status(path, { Origin: "https://evil.example" })).toBe(403);
      expect(await server.status(path, {}, "POST")).toBe(405);
      expect(await server.status(path, {}, "HEAD")).toBe(200);
      expect(await server.status(path)).toBe(200);
    }
  });
});
