import { readFileSync } from "node:fs";

/** This package's version, read from its package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const named = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return named ? String(manifest.version) : "unknown";
}

/** What a run was made with: Adjoint, Node, and the machine's platform. */
export function versions(): Record<string, string> {
  return {
    adjoint: packageVersion(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}
