// Atomic instructions, for threads over a shared memory. Source: the threads proposal, overview, "Spec changes".
import { type Instructions, instructions } from "./instructions.ts";

/** The table behind {@link atomic}. */
export const ATOMIC = {
  "i32 i32 mem2 > i32": ["0xfe000 notify"],
  "i32 i32 i64 mem2 > i32": ["0xfe001 wait32"],
  "i32 i64 i64 mem3 > i32": ["0xfe002 wait64"],
  "zero > void": ["0xfe003 fence"],
} as const;

/** The table behind {@link i32Atomic}. */
export const I32_ATOMIC = {
  "i32 mem2 > i32": ["0xfe010 load"],
  "i32 mem0 > i32": ["0xfe012 load8_u"],
  "i32 mem1 > i32": ["0xfe013 load16_u"],
  "i32 i32 mem2 > void": ["0xfe017 store"],
  "i32 i32 mem0 > void": ["0xfe019 store8"],
  "i32 i32 mem1 > void": ["0xfe01a store16"],
  "i32 i32 mem2 > i32": [
    "0xfe01e rmw.add",
    "0xfe025 rmw.sub",
    "0xfe02c rmw.and",
    "0xfe033 rmw.or",
    "0xfe03a rmw.xor",
    "0xfe041 rmw.xchg",
  ],
  "i32 i32 i32 mem2 > i32": ["0xfe048 rmw.cmpxchg"],
} as const;

/** The table behind {@link i64Atomic}. */
export const I64_ATOMIC = {
  "i32 mem3 > i64": ["0xfe011 load"],
  "i32 i64 mem3 > void": ["0xfe018 store"],
  "i32 i64 mem3 > i64": [
    "0xfe01f rmw.add",
    "0xfe026 rmw.sub",
    "0xfe02d rmw.and",
    "0xfe034 rmw.or",
    "0xfe03b rmw.xor",
    "0xfe042 rmw.xchg",
  ],
  "i32 i64 i64 mem3 > i64": ["0xfe049 rmw.cmpxchg"],
} as const;

/**
 * Waiting and waking: `wait32(address, expected, nanoseconds)` gives 0 woken, 1 not equal, 2 timed out (−1n waits for ever; traps
 * where waiting is not allowed, as on a browser's main thread, and without a shared memory); `notify(address, count)` gives how many woke.
 */
export const atomic: Instructions<typeof ATOMIC> = /* @__PURE__ */ instructions("memory.atomic", ATOMIC);

/** Sequentially consistent 32-bit accesses; read-modify-write gives the value before. Addresses must be aligned, or they trap. */
export const i32Atomic: Instructions<typeof I32_ATOMIC> = /* @__PURE__ */ instructions(
  "i32.atomic",
  I32_ATOMIC,
);

/** Sequentially consistent 64-bit accesses; read-modify-write gives the value before. */
export const i64Atomic: Instructions<typeof I64_ATOMIC> = /* @__PURE__ */ instructions(
  "i64.atomic",
  I64_ATOMIC,
);
