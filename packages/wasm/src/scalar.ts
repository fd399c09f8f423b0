// Scalar instructions. Source: WebAssembly core specification, appendix "Index of Instructions".
import { type Instructions, instructions } from "./instructions.ts";

/** The table behind {@link i32}. */
export const I32 = {
  "i32 > i32": ["0x45 eqz", "0x67 clz ctz popcnt", "0xc0 extend8_s extend16_s"],
  "i32 i32 > i32": [
    "0x46 eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u",
    "0x6a add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr",
  ],
  "i64 > i32": ["0xa7 wrap_i64"],
  "f32 > i32": [
    "0xa8 trunc_f32_s trunc_f32_u",
    "0xbc reinterpret_f32",
    "0xfc000 trunc_sat_f32_s trunc_sat_f32_u",
  ],
  "f64 > i32": ["0xaa trunc_f64_s trunc_f64_u", "0xfc002 trunc_sat_f64_s trunc_sat_f64_u"],
  "i32 mem2 > i32": ["0x28 load"],
  "i32 mem0 > i32": ["0x2c load8_s load8_u"],
  "i32 mem1 > i32": ["0x2e load16_s load16_u"],
  "i32 i32 mem2 > void": ["0x36 store"],
  "i32 i32 mem0 > void": ["0x3a store8"],
  "i32 i32 mem1 > void": ["0x3b store16"],
} as const;

/** The table behind {@link i64}. */
export const I64 = {
  "i64 > i32": ["0x50 eqz"],
  "i64 > i64": ["0x79 clz ctz popcnt", "0xc2 extend8_s extend16_s extend32_s"],
  "i64 i64 > i32": ["0x51 eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u"],
  "i64 i64 > i64": ["0x7c add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr"],
  "i32 > i64": ["0xac extend_i32_s extend_i32_u"],
  "f32 > i64": ["0xae trunc_f32_s trunc_f32_u", "0xfc004 trunc_sat_f32_s trunc_sat_f32_u"],
  "f64 > i64": [
    "0xb0 trunc_f64_s trunc_f64_u",
    "0xbd reinterpret_f64",
    "0xfc006 trunc_sat_f64_s trunc_sat_f64_u",
  ],
  "i32 mem3 > i64": ["0x29 load"],
  "i32 mem0 > i64": ["0x30 load8_s load8_u"],
  "i32 mem1 > i64": ["0x32 load16_s load16_u"],
  "i32 mem2 > i64": ["0x34 load32_s load32_u"],
  "i32 i64 mem3 > void": ["0x37 store"],
  "i32 i64 mem0 > void": ["0x3c store8"],
  "i32 i64 mem1 > void": ["0x3d store16"],
  "i32 i64 mem2 > void": ["0x3e store32"],
} as const;

/** The table behind {@link f32}. */
export const F32 = {
  "f32 f32 > i32": ["0x5b eq ne lt gt le ge"],
  "f32 > f32": ["0x8b abs neg ceil floor trunc nearest sqrt"],
  "f32 f32 > f32": ["0x92 add sub mul div min max copysign"],
  "i32 > f32": ["0xb2 convert_i32_s convert_i32_u", "0xbe reinterpret_i32"],
  "i64 > f32": ["0xb4 convert_i64_s convert_i64_u"],
  "f64 > f32": ["0xb6 demote_f64"],
  "i32 mem2 > f32": ["0x2a load"],
  "i32 f32 mem2 > void": ["0x38 store"],
} as const;

/** The table behind {@link f64}. */
export const F64 = {
  "f64 f64 > i32": ["0x61 eq ne lt gt le ge"],
  "f64 > f64": ["0x99 abs neg ceil floor trunc nearest sqrt"],
  "f64 f64 > f64": ["0xa0 add sub mul div min max copysign"],
  "i32 > f64": ["0xb7 convert_i32_s convert_i32_u"],
  "i64 > f64": ["0xb9 convert_i64_s convert_i64_u", "0xbf reinterpret_i64"],
  "f32 > f64": ["0xbb promote_f32"],
  "i32 mem3 > f64": ["0x2b load"],
  "i32 f64 mem3 > void": ["0x39 store"],
} as const;

/** The table behind {@link memory}. */
export const MEMORY = {
  "zero > i32": ["0x3f size"],
  "i32 zero > i32": ["0x40 grow"],
  "i32 i32 i32 zero zero > void": ["0xfc00a copy"],
  "i32 i32 i32 zero > void": ["0xfc00b fill"],
} as const;

/** 32-bit integers: arithmetic modulo 2³², comparisons (1 or 0), conversions, and loads and stores at `address + offset` bytes. */
export const i32: Instructions<typeof I32> = /* @__PURE__ */ instructions("i32", I32);

/** 64-bit integers; literals are bigints, comparisons give an i32. */
export const i64: Instructions<typeof I64> = /* @__PURE__ */ instructions("i64", I64);

/** Single-precision floats, IEEE 754 with rounding to nearest even; `min`, `max` give NaN when an operand is NaN. */
export const f32: Instructions<typeof F32> = /* @__PURE__ */ instructions("f32", F32);

/** Double-precision floats: JavaScript's numbers. */
export const f64: Instructions<typeof F64> = /* @__PURE__ */ instructions("f64", F64);

/** The memory's size and growth in pages of 64 KiB; `copy(to, from, bytes)` (may overlap) and `fill(to, byte, bytes)`. */
export const memory: Instructions<typeof MEMORY> = /* @__PURE__ */ instructions("memory", MEMORY);
