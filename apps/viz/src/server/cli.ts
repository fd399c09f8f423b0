/** `npm run viz [-- FILE | RUN]`: the inspector on an address of this machine. */
import { readFileSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { parseArgs } from "node:util";
import { byteText } from "../number-text.ts";
import { largestTrace } from "../trace-limit.ts";
import { writeHtml } from "./html-file.ts";
import { buildPage, type PageFile } from "./page-files.ts";
import { RunFolder } from "./run-folder.ts";
import { RunRoutes } from "./run-routes.ts";
import { inspectorServer } from "./server.ts";

const help = `Usage: npm run viz [-- FILE | RUN] [--port PORT]
       npm run viz -- FILE --html PAGE

Opens the inspector: a forward and backward pass, node by node. Without FILE the page offers small programs.

  FILE          a trace, as encodeTrace of @adjoint/autograd/graph writes it
  RUN           the folder of a run of npm run mnist -- train --live, finished or going on
  --port PORT   default: any free port
  --html PAGE   writes the inspector with the trace in it as one HTML file, which opens without a server, and ends
  -h, --help    this text
`;

/** The program was called in a wrong way, or FILE cannot be read. */
class UsageError extends Error {}

interface Settings {
  /** A trace, or a run's folder. */
  readonly file: string | null;
  readonly port: number;
  /** The page to be written instead of served. */
  readonly html: string | null;
}

function readSettings(args: readonly string[]): Settings | "help" {
  const options = {
    port: { type: "string" },
    html: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values, positionals } = parsed(() =>
    parseArgs({ args: [...args], options, allowPositionals: true }),
  );
  if (values.help === true) return "help";
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535 || values.port === "") {
    throw new UsageError(`[viz] --port is ${values.port}. Give a whole number from 0 to 65535.`);
  }
  const [file = null, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`[viz] ${positionals.length} files were given. Give one.`);
  const { html = null } = values;
  if (html !== null && (file === null || html === "")) {
    throw new UsageError(
      "[viz] --html puts a trace into a page. Give both: npm run viz -- FILE --html PAGE.",
    );
  }
  return { file, port, html };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`[viz] ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What the server has beside the page, and what the page is told to open. */
interface Opened {
  readonly trace: PageFile | null;
  readonly run: RunRoutes | null;
  /** What stands behind the address. */
  readonly hash: string;
}

async function open(file: string | null): Promise<Opened> {
  if (file === null) return { trace: null, run: null, hash: "" };
  const found = parsed(() => statSync(file));
  if (!found.isDirectory()) return { trace: readTrace(file, found.size), run: null, hash: "#open=trace" };
  const run = new RunFolder(file);
  if (await run.exists()) return { trace: null, run: new RunRoutes(run), hash: "#open=run" };
  throw new UsageError(
    `[viz] ${file} holds no run: it has no folder journal. Give one that npm run mnist -- train --live wrote.`,
  );
}

function readTrace(file: string, size: number): PageFile {
  if (size > largestTrace) {
    throw new UsageError(
      `[viz] ${file} has ${size} bytes, above the limit of ${largestTrace}. Record it with a smaller maxBytes.`,
    );
  }
  return { type: "application/octet-stream", body: parsed(() => readFileSync(file)) };
}

/** A server that is listening. */
export interface Listening {
  readonly server: Server;
  /** Where the page is: `http://127.0.0.1:4100/#open=run`. */
  readonly address: string;
}

/** Runs the command; resolves to the server, or to an exit code where there is nothing to serve. */
export async function main(args: readonly string[]): Promise<Listening | number> {
  try {
    const settings = readSettings(args);
    if (settings === "help") {
      process.stdout.write(help);
      return 0;
    }
    const { trace, run, hash } = await open(settings.file);
    if (settings.html !== null) return await writePage(settings.html, trace);
    const files = new Map(await buildPage());
    if (trace !== null) files.set("trace", trace);
    const server = inspectorServer(files, run);
    const port = await listen(server, settings.port);
    const address = `http://127.0.0.1:${port}/${hash}`;
    process.stdout.write(`The inspector is at ${address} (Ctrl-C ends it)\n`);
    return { server, address };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function writePage(file: string, trace: PageFile | null): Promise<number> {
  if (trace === null) throw new UsageError("[viz] --html takes a trace, and was given the folder of a run.");
  let bytes: number;
  try {
    bytes = await writeHtml(file, trace.body);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  process.stdout.write(`Wrote ${file} (${byteText(bytes)}); it opens in a browser, without a server\n`);
  return 0;
}

/** Binds to 127.0.0.1; resolves to the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new UsageError(`[viz] port ${port}: ${error.message}`)));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
