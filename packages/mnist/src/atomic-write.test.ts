import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { atomicWrite } from "./atomic-write.ts";

const newFolder = (): string => mkdtempSync(join(tmpdir(), "adjoint-write-"));

describe("atomicWrite", () => {
  it("writes text and bytes, over an old file and into folders that are not there yet", async () => {
    const folder = newFolder();
    await atomicWrite(join(folder, "a", "b", "text"), "first");
    await atomicWrite(join(folder, "a", "b", "text"), "second");
    await atomicWrite(join(folder, "bytes"), Uint8Array.of(0, 255));
    expect(readFileSync(join(folder, "a", "b", "text"), "utf8")).toBe("second");
    expect([...readFileSync(join(folder, "bytes"))]).toEqual([0, 255]);
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["text"]);
  });

  it("leaves nothing behind when the rename fails", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "taken"));
    writeFileSync(join(folder, "taken", "inside"), "kept");
    await expect(atomicWrite(join(folder, "taken"), "text")).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(["taken"]);
    expect(readFileSync(join(folder, "taken", "inside"), "utf8")).toBe("kept");
  });
});
