import type { Server } from "node:http";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inspectorServer } from "../src/server/server.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

describe("inspectorServer", () => {
  const page = { type: "text/html; charset=utf-8", body: new TextEncoder().encode("<p>page</p>") };
  const server: Server = inspectorServer(new Map([["index.html", page]]));
  let port = 0;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });

  afterAll(() => {
    server.close();
  });

  function ask(path: string, headers: Record<string, string> = {}, method: string = "GET"): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part) => {
          body += part;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      asked.on("error", reject);
      asked.end();
    });
  }

  it("serves the page with its type and a policy without inline script", async () => {
    const answer = await ask("/");
    expect(answer).toMatchObject({ status: 200, body: "<p>page</p>" });
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self';");
    expect(answer.headers["content-security-policy"]).not.toContain("unsafe");
  });

  it.each([
    "/../package.json",
    "/%2e%2e/package.json",
    "//etc/passwd",
    "/..\\..\\package.json",
    "/src",
    "/constructor",
  ])("knows nothing of %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it("answers no other Host, which a rebound name would send", async () => {
    expect((await ask("/", { Host: "evil.example" })).status).toBe(403);
    expect((await ask("/", { Host: `evil.example:${port}` })).status).toBe(403);
    expect((await ask("/", { Host: `localhost:${port}` })).status).toBe(200);
  });

  it("answers no other Origin", async () => {
    expect((await ask("/", { Origin: "https://evil.example" })).status).toBe(403);
    expect((await ask("/", { Origin: "null" })).status).toBe(403);
    expect((await ask("/", { Origin: `http://127.0.0.1:${port}` })).status).toBe(200);
  });

  it("answers GET and HEAD alone", async () => {
    expect(await ask("/", {}, "HEAD")).toMatchObject({ status: 200, body: "" });
    expect(await ask("/", {}, "POST")).toMatchObject({ status: 405 });
  });
});
