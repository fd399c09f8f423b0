import { atomic } from "./atomics.ts";
import { constant } from "./expression.ts";
import type { FunctionBuilder } from "./function-builder.ts";
import { ModuleBuilder } from "./module-builder.ts";
import { f32x4 } from "./simd.ts";
import { drop } from "./variable.ts";

/** Whether this engine runs 128-bit SIMD, found by validating a module of a few bytes. */
export function supportsSimd(): boolean {
  return validates((f) => f.run(drop(f32x4.splat(1))));
}

/** Whether this engine runs relaxed SIMD (`f32x4.relaxed_madd` and its kin). */
export function supportsRelaxedSimd(): boolean {
  const zero = constant("v128", new Uint8Array(16));
  return validates((f) => f.run(drop(f32x4.relaxed_madd(zero, zero, zero))));
}

/** Whether this engine runs atomics over a shared memory, and lets this page or process make one. */
export function supportsThreads(): boolean {
  return (
    typeof SharedArrayBuffer === "function" &&
    validates((f) => f.run(atomic.fence(), drop(atomic.notify(0, 0))), true)
  );
}

function validates(body: (f: FunctionBuilder) => void, threads = false): boolean {
  if (typeof WebAssembly !== "object") return false;
  const module = new ModuleBuilder();
  if (threads) module.setMemory({ initial: 1, maximum: 1, shared: true });
  module.func("probe", {}, "void", body);
  return WebAssembly.validate(module.toBytes());
}
