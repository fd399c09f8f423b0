/** Where traces come from: a program of the page, a file, the server, or this very page. */

import type { Trace } from "@adjoint/autograd/graph";
import { readDrawing } from "../draw/drawing-text.ts";
import type { EngineTasks } from "../engine/tasks.ts";
import type { ProgramSettings } from "../programs/programs.ts";
import type { RunPlace } from "./address.ts";
import { bundledNet, drawnTrace } from "./draw-net.ts";
import { embeddedTrace } from "./embedded-trace.ts";
import type { Engine } from "./engine.ts";
import { readTrace, readTraceFile } from "./read-trace.ts";
import type { OpenAt, Session } from "./session.ts";
import { during } from "./work.ts";

/**
 * Where the trace that is shown came from: the form, with what it said then; a drawing, as `writeDrawing` tells it; the
 * server; or a file, which no address can name.
 */
export type Origin =
  | {
      readonly kind: "program";
      readonly settings: ProgramSettings;
      /** The trace is a step of a run of it. */
      readonly run?: RunPlace;
    }
  | { readonly kind: "drawn"; readonly drawing: string }
  | { readonly kind: "served" | "run" | "file" | "embedded" };

/** Opens traces into a session. What cannot be opened is said, and what was shown before stays. */
export class Documents {
  readonly #session: Session;
  readonly #engine: Engine<EngineTasks>;
  readonly #problem: (message: string | null) => void;
  #origin: Origin = { kind: "file" };
  #latest: symbol | null = null;

  constructor(session: Session, engine: Engine<EngineTasks>, problem: (message: string | null) => void) {
    this.#session = session;
    this.#engine = engine;
    this.#problem = problem;
  }

  get origin(): Origin {
    return this.#origin;
  }

  /** Runs a program of the page and shows the step that it records. */
  program(settings: ProgramSettings, at: OpenAt): Promise<void> {
    return this.open(() => this.#engine.ask("record", settings), { kind: "program", settings }, at);
  }

  /** What is shown from now on is the run that the server follows; its snapshots are opened one by one. */
  run(): void {
    this.#origin = { kind: "run" };
  }

  /** Shows a trace file that the user gave. */
  file(file: File): Promise<void> {
    return this.open(() => readTraceFile(file), { kind: "file" }, atBeginning);
  }

  /** Shows the trace that the server was started with. */
  served(at: OpenAt): Promise<void> {
    const read = async (): Promise<Trace> => {
      const answer = await fetch("trace");
      if (!answer.ok) throw new Error("[viz] the server has no trace. Start it with npm run viz -- FILE.");
      return readTrace(new Uint8Array(await answer.arrayBuffer()));
    };
    return this.open(read, { kind: "served" }, at);
  }

  /** Shows the trace that this very page carries. @see hasEmbeddedTrace */
  carried(at: OpenAt): Promise<void> {
    const read = async (): Promise<Trace> => readTrace(await embeddedTrace());
    return this.open(read, { kind: "embedded" }, at);
  }

  /** Shows what the page's own network makes of a drawing, as `writeDrawing` tells it. */
  drawn(drawing: string, at: OpenAt): Promise<void> {
    const read = async (): Promise<Trace> => {
      const parsed = readDrawing(drawing);
      if (parsed === null) throw new Error("[viz] the address holds no whole drawing. Draw it again.");
      return drawnTrace(this.#engine, (await bundledNet()).net, parsed);
    };
    return this.open(read, { kind: "drawn", drawing }, at);
  }

  /** Shows what `read` gives, unless something else is opened before it is there. */
  open(read: () => Trace | Promise<Trace>, origin: Origin, at: OpenAt): Promise<void> {
    const turn = Symbol("turn");
    this.#latest = turn;
    const work = async (): Promise<void> => {
      this.#problem(null);
      try {
        const trace = await read();
        if (this.#latest !== turn) return;
        this.#origin = origin;
        this.#session.open(trace, at);
      } catch (error) {
        if (this.#latest === turn) this.#problem(error instanceof Error ? error.message : String(error));
      }
    };
    return during(work());
  }
}

/** The seed, and nothing chosen. */
export const atBeginning: OpenAt = { pass: 0, step: 0, node: null };
