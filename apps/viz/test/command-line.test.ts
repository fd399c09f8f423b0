// The command as a program of its own: what it prints, and how it ends.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeTrace } from "@adjoint/autograd/graph";
import { describe, expect, it } from "vitest";
import { traceArtefact } from "../src/artefact/artefact.ts";
import { recordStep } from "../src/programs/program.ts";
import { xorProgram } from "../src/programs/xor.ts";

const program = fileURLToPath(new URL("../../../scripts/bootstrap/viz.mjs", import.meta.url));

/** Runs the command until it ends, or until `enough` of its output is there. */
function run(
  args: readonly string[],
  enough?: RegExp,
): Promise<{ code: number | null; out: string; error: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let [out, error] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (enough?.test(out)) void fetchAll(out).then((bodies) => finish(bodies));
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      error += text;
    });
    const finish = (bodies: string): void => {
      out += bodies;
      child.kill();
    };
    child.on("exit", (code) => resolve({ code, out, error }));
  });
}

/** What the printed address serves, as lines of status, type and length. */
async function fetchAll(out: string): Promise<string> {
  const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(out)?.[0] ?? "";
  const lines: string[] = [];
  for (const name of ["", "main.js", "trace"]) {
    const answer = await fetch(address + name);
    const { byteLength } = await answer.arrayBuffer();
    lines.push(`${name}|${answer.status}|${answer.headers.get("content-type")}|${byteLength > 0}`);
  }
  return lines.join("\n");
}

describe("npm run viz", () => {
  it("prints the address, and serves the page and the trace", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "adjoint-viz-")), "xor.trace");
    writeFileSync(file, encodeTrace(recordStep(xorProgram(0), 0, {})));
    const { out, error } = await run([file], /Ctrl-C/);
    expect(error).toBe("");
    expect(out).toMatch(/^The inspector is at http:\/\/127\.0\.0\.1:\d+\/#open=trace \(Ctrl-C ends it\)\n/);
    expect(out.split("\n").slice(1)).toEqual([
      "|200|text/html; charset=utf-8|true",
      "main.js|200|text/javascript; charset=utf-8|true",
      "trace|200|application/octet-stream|true",
    ]);
  });

  it("writes the trace into a page of its own, and ends; a malformed one leaves what was there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "adjoint-viz-"));
    const [file, page] = [join(folder, "xor.trace"), join(folder, "xor.html")];
    const trace = encodeTrace(recordStep(xorProgram(0), 0, {}));
    writeFileSync(file, trace);
    const { code, out, error } = await run([file, "--html", page]);
    expect([code, error]).toEqual([0, ""]);
    expect(out).toMatch(/^Wrote .*xor\.html \([\d.]+ MB\); it opens in a browser, without a server\n$/);
    const written = readFileSync(page);
    expect(written.equals(await traceArtefact(trace))).toBe(true);
    writeFileSync(file, trace.subarray(0, 100));
    const failed = await run([file, "--html", page]);
    expect(failed).toMatchObject({ code: 2, out: "" });
    expect(failed.error).toContain("[decodeTrace] the file says that it has");
    expect(readFileSync(page).equals(written)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["xor.html", "xor.trace"]);
    rmSync(folder, { recursive: true });
  });

  it("helps", async () => {
    expect(await run(["--help"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("Usage: npm run viz"),
    });
  });

  it.each([
    [["--port", "99999"], "[viz] --port is 99999. Give a whole number from 0 to 65535.\n"],
    [["a", "b"], "[viz] 2 files were given. Give one.\n"],
    [
      ["--html", "a.html"],
      "[viz] --html puts a trace into a page. Give both: npm run viz -- FILE --html PAGE.\n",
    ],
    [["/nowhere.trace"], "[viz] ENOENT: no such file or directory, stat '/nowhere.trace'\n"],
  ])("refuses %j", async (args, error) => {
    expect(await run(args)).toEqual({ code: 2, out: "", error });
  });
});
