/** `npm run viz [-- FILE]`: the inspector on an address of this machine. */
import { readFileSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { parseArgs } from "node:util";
import { largestTrace } from "../trace-limit.ts";
import { buildPage, type PageFile } from "./page-files.ts";
import { inspectorServer } from "./server.ts";

const help = `Usage: npm run viz [-- FILE] [--port PORT]

Opens the inspector: a forward and backward pass, node by node. Without FILE the page offers small programs.

  FILE          a trace, as encodeTrace of @adjoint/autograd/graph writes it
  --port PORT   default: any free port
  -h, --help    this text
`;

/** The program was called in a wrong way, or FILE cannot be read. */
class UsageError extends Error {}

interface Settings {
  readonly file: string | null;
  readonly port: number;
}

function readSettings(args: readonly string[]): Settings | "help" {
  const options = { port: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
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
  return { file, port };
}

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(`[viz] ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readTrace(file: string): PageFile {
  const { size } = parsed(() => statSync(file));
  if (size > largestTrace) {
    throw new UsageError(
      `[viz] ${file} has ${size} bytes, above the limit of ${largestTrace}. Record it with a smaller maxBytes.`,
    );
  }
  return { type: "application/octet-stream", body: parsed(() => readFileSync(file)) };
}

/** Runs the command; resolves to the server, or to an exit code where there is nothing to serve. */
export async function main(args: readonly string[]): Promise<Server | number> {
  try {
    const settings = readSettings(args);
    if (settings === "help") {
      process.stdout.write(help);
      return 0;
    }
    const files = new Map(await buildPage());
    if (settings.file !== null) files.set("trace", readTrace(settings.file));
    const server = inspectorServer(files);
    const port = await listen(server, settings.port);
    const page = settings.file === null ? "" : "#open=trace";
    process.stdout.write(`The inspector is at http://127.0.0.1:${port}/${page} (Ctrl-C ends it)\n`);
    return server;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
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
