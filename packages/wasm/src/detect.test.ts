import { describe, expect, test } from "vitest";
import { supportsRelaxedSimd, supportsSimd, supportsThreads } from "./detect.ts";

describe("what the engine supports", () => {
  test("every Node that we support has SIMD and threads", () => {
    expect(supportsSimd()).toBe(true);
    expect(supportsThreads()).toBe(true);
  });

  test("relaxed SIMD is an answer, the same one twice", () => {
    const answer = supportsRelaxedSimd();
    expect(typeof answer).toBe("boolean");
    expect(supportsRelaxedSimd()).toBe(answer);
  });

  test("where there is no WebAssembly, nothing is supported", () => {
    const { WebAssembly: engine } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, "WebAssembly");
      expect([supportsSimd(), supportsRelaxedSimd(), supportsThreads()]).toEqual([false, false, false]);
    } finally {
      Object.defineProperty(globalThis, "WebAssembly", { value: engine, configurable: true, writable: true });
    }
  });
});
