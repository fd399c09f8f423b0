/**
 * The server of the inspector. It listens on 127.0.0.1 and serves a fixed set of files out of memory, and the log of one
 * run: no request names a path on the disk. Host is checked against rebinding of names, Origin against other pages.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { PageFile } from "./page-files.ts";
import type { Head, RunRoutes } from "./run-routes.ts";

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What every answer says. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": policy,
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** Serves `files` by name, and the routes of a run if there is one; `/` is index.html. */
export function inspectorServer(files: ReadonlyMap<string, PageFile>, run: RunRoutes | null = null): Server {
  return createServer((request, response) => {
    const refusal = refuse(request);
    if (refusal !== null) return answer(response, refusal, text(messages[refusal]), request);
    const [path = ""] = (request.url ?? "").split(/[?#]/);
    const file = path.startsWith("/") ? files.get(path === "/" ? "index.html" : path.slice(1)) : undefined;
    if (file !== undefined) return answer(response, 200, file, request);
    if (run === null) return answer(response, 404, text(messages[404]), request);
    void answerRun(run, path, request, response);
  });
}

async function answerRun(
  run: RunRoutes,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const head: Head = (status, headers) => response.writeHead(status, { ...securityHeaders, ...headers });
  try {
    if (await run.answer(path, request, response, head)) return;
    answer(response, 404, text(messages[404]), request);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const reason = error instanceof Error ? error.message : String(error);
    answer(response, 500, text(`[viz] the run cannot be read: ${reason}\n`), request);
  }
}

const messages = {
  403: "[viz] this server answers its own page alone.\n",
  404: "[viz] there is no such file.\n",
  405: "[viz] only GET and HEAD are answered.\n",
} as const;

/** The status of a request that is not answered; null for one that is. */
function refuse({ method, headers, socket }: IncomingMessage): 403 | 405 | null {
  const hosts = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`];
  if (!hosts.includes(headers.host ?? "")) return 403;
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) return 403;
  return method === "GET" || method === "HEAD" ? null : 405;
}

function text(body: string): PageFile {
  return { type: "text/plain; charset=utf-8", body: new TextEncoder().encode(body) };
}

function answer(response: ServerResponse, status: number, file: PageFile, { method }: IncomingMessage): void {
  response.writeHead(status, {
    ...securityHeaders,
    "Content-Type": file.type,
    "Content-Length": file.body.byteLength,
    ...(status === 405 ? { Allow: "GET, HEAD" } : {}),
  });
  response.end(method === "HEAD" ? undefined : file.body);
}
