/** Run by Vitest before any test and after all: the browser is unpacked, and what tests leave behind is taken away. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executablePath, hasBrowser } from "../browser/browser.ts";

/**
 * Unpacks the browser once, for two workers that did it at a time would meet half a file; and gives the tests a
 * temporary folder of their own, which the returned function removes.
 */
export async function setup(): Promise<() => void> {
  // It stays where later runs find it, outside of the folder that goes.
  if (hasBrowser) process.env.CHROMIUM_PATH = await executablePath();
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), "adjoint-tests-"));
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}
