/** Reads server-sent events in Node, one at a time. Source: WHATWG HTML, "Interpreting an event stream". */

/** An event; a comment has the text alone. */
export interface ServerEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
  readonly comment: boolean;
}

/** A connection to a stream of events. */
export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder: TextDecoder = new TextDecoder();
  #text = "";

  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  /** Connects, as a browser does that has had the event `lastEventId`. */
  static async connect(address: string, lastEventId: string | null = null): Promise<EventReader> {
    const headers = lastEventId === null ? {} : { "Last-Event-ID": lastEventId };
    const { body } = await fetch(address, { headers });
    if (body === null) throw new Error("the answer has no body");
    return new EventReader(body.getReader());
  }

  /** The next event but for `present`; null at the end of the stream. A connection that breaks is an end too. */
  async next(): Promise<ServerEvent | null> {
    for (;;) {
      const event = await this.#any();
      if (event?.event !== "present") return event;
    }
  }

  /** The events up to `present`, as `id data`. */
  async untilPresent(): Promise<string[]> {
    const taken: string[] = [];
    for (;;) {
      const event = await this.#any();
      if (event === null || event.event === "present") return taken;
      taken.push(`${event.id ?? event.event} ${event.data}`);
    }
  }

  async #any(): Promise<ServerEvent | null> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        if (!block.startsWith("retry:")) return parse(block);
        continue;
      }
      const { value, done } = await this.#reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) return null;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next so many events, as `id data`. */
  async take(count: number): Promise<string[]> {
    const taken: string[] = [];
    for (let i = 0; i < count; i++) {
      const event = await this.next();
      taken.push(event === null ? "end of the stream" : `${event.id ?? event.event} ${event.data}`);
    }
    return taken;
  }

  async close(): Promise<void> {
    await this.#reader.cancel().catch(() => undefined);
  }
}

function parse(block: string): ServerEvent {
  const lines = block.split("\n");
  const fields = (name: string): string[] =>
    lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
  return {
    id: fields("id")[0] ?? null,
    event: fields("event")[0] ?? "message",
    data: fields("data").join("\n"),
    comment: block.startsWith(":"),
  };
}
