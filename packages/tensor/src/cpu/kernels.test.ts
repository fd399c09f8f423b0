import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generateKernels } from "../../scripts/generate-kernels.ts";

describe("kernels.ts", () => {
  it("is what scripts/generate-kernels.ts writes", () => {
    const file = readFileSync(new URL("./kernels.ts", import.meta.url), "utf8");
    expect(file === generateKernels(), "run npx tsx packages/tensor/scripts/generate-kernels.ts").toBe(true);
  });
});
