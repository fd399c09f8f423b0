// 128-bit vectors: the SIMD and relaxed SIMD instructions. Lane 0 is the one at the lowest address.
// Sources: WebAssembly core specification, appendix "Index of Instructions"; the relaxed-simd proposal, overview.
import { type Instructions, instructions } from "./instructions.ts";

/** The table behind {@link v128}. */
export const V128 = {
  "v128 > v128": ["0xfd04d not"],
  "v128 v128 > v128": ["0xfd04e and andnot or xor"],
  "v128 v128 v128 > v128": ["0xfd052 bitselect"],
  "v128 > i32": ["0xfd053 any_true"],
  "i32 mem4 > v128": ["0xfd000 load"],
  "i32 v128 mem4 > void": ["0xfd00b store"],
  "i32 mem3 > v128": [
    "0xfd001 load8x8_s load8x8_u load16x4_s load16x4_u load32x2_s load32x2_u",
    "0xfd00a load64_splat",
    "0xfd05d load64_zero",
  ],
  "i32 mem0 > v128": ["0xfd007 load8_splat"],
  "i32 mem1 > v128": ["0xfd008 load16_splat"],
  "i32 mem2 > v128": ["0xfd009 load32_splat", "0xfd05c load32_zero"],
  "i32 v128 lane16 mem0 > v128": ["0xfd054 load8_lane"],
  "i32 v128 lane8 mem1 > v128": ["0xfd055 load16_lane"],
  "i32 v128 lane4 mem2 > v128": ["0xfd056 load32_lane"],
  "i32 v128 lane2 mem3 > v128": ["0xfd057 load64_lane"],
  "i32 v128 lane16 mem0 > void": ["0xfd058 store8_lane"],
  "i32 v128 lane8 mem1 > void": ["0xfd059 store16_lane"],
  "i32 v128 lane4 mem2 > void": ["0xfd05a store32_lane"],
  "i32 v128 lane2 mem3 > void": ["0xfd05b store64_lane"],
} as const;

/** The table behind {@link i8x16}. */
export const I8X16 = {
  "v128 v128 lanes > v128": ["0xfd00d shuffle"],
  "i32 > v128": ["0xfd00f splat"],
  "v128 lane16 > i32": ["0xfd015 extract_lane_s extract_lane_u"],
  "v128 i32 lane16 > v128": ["0xfd017 replace_lane"],
  "v128 > v128": ["0xfd060 abs neg popcnt"],
  "v128 > i32": ["0xfd063 all_true bitmask"],
  "v128 i32 > v128": ["0xfd06b shl shr_s shr_u"],
  "v128 v128 > v128": [
    "0xfd00e swizzle",
    "0xfd100 relaxed_swizzle",
    "0xfd023 eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u",
    "0xfd065 narrow_i16x8_s narrow_i16x8_u",
    "0xfd06e add add_sat_s add_sat_u sub sub_sat_s sub_sat_u",
    "0xfd076 min_s min_u max_s max_u",
    "0xfd07b avgr_u",
  ],
  "v128 v128 v128 > v128": ["0xfd109 relaxed_laneselect"],
} as const;

/** The table behind {@link i16x8}. */
export const I16X8 = {
  "i32 > v128": ["0xfd010 splat"],
  "v128 lane8 > i32": ["0xfd018 extract_lane_s extract_lane_u"],
  "v128 i32 lane8 > v128": ["0xfd01a replace_lane"],
  "v128 > v128": [
    "0xfd07c extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u",
    "0xfd080 abs neg",
    "0xfd087 extend_low_i8x16_s extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u",
  ],
  "v128 > i32": ["0xfd083 all_true bitmask"],
  "v128 i32 > v128": ["0xfd08b shl shr_s shr_u"],
  "v128 v128 > v128": [
    "0xfd02d eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u",
    "0xfd082 q15mulr_sat_s",
    "0xfd085 narrow_i32x4_s narrow_i32x4_u",
    "0xfd08e add add_sat_s add_sat_u sub sub_sat_s sub_sat_u",
    "0xfd095 mul min_s min_u max_s max_u",
    "0xfd09b avgr_u extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u",
    "0xfd111 relaxed_q15mulr_s relaxed_dot_i8x16_i7x16_s",
  ],
  "v128 v128 v128 > v128": ["0xfd10a relaxed_laneselect"],
} as const;

/** The table behind {@link i32x4}. */
export const I32X4 = {
  "i32 > v128": ["0xfd011 splat"],
  "v128 lane4 > i32": ["0xfd01b extract_lane"],
  "v128 i32 lane4 > v128": ["0xfd01c replace_lane"],
  "v128 > v128": [
    "0xfd07e extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u",
    "0xfd0a0 abs neg",
    "0xfd0a7 extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u",
    "0xfd0f8 trunc_sat_f32x4_s trunc_sat_f32x4_u",
    "0xfd0fc trunc_sat_f64x2_s_zero trunc_sat_f64x2_u_zero",
    "0xfd101 relaxed_trunc_f32x4_s relaxed_trunc_f32x4_u relaxed_trunc_f64x2_s_zero relaxed_trunc_f64x2_u_zero",
  ],
  "v128 > i32": ["0xfd0a3 all_true bitmask"],
  "v128 i32 > v128": ["0xfd0ab shl shr_s shr_u"],
  "v128 v128 > v128": [
    "0xfd037 eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u",
    "0xfd0ae add",
    "0xfd0b1 sub",
    "0xfd0b5 mul min_s min_u max_s max_u dot_i16x8_s",
    "0xfd0bc extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u",
  ],
  "v128 v128 v128 > v128": ["0xfd10b relaxed_laneselect", "0xfd113 relaxed_dot_i8x16_i7x16_add_s"],
} as const;

/** The table behind {@link i64x2}. */
export const I64X2 = {
  "i64 > v128": ["0xfd012 splat"],
  "v128 lane2 > i64": ["0xfd01d extract_lane"],
  "v128 i64 lane2 > v128": ["0xfd01e replace_lane"],
  "v128 > v128": [
    "0xfd0c0 abs neg",
    "0xfd0c7 extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u",
  ],
  "v128 > i32": ["0xfd0c3 all_true bitmask"],
  "v128 i32 > v128": ["0xfd0cb shl shr_s shr_u"],
  "v128 v128 > v128": [
    "0xfd0ce add",
    "0xfd0d1 sub",
    "0xfd0d5 mul eq ne lt_s gt_s le_s ge_s",
    "0xfd0dc extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u extmul_high_i32x4_u",
  ],
  "v128 v128 v128 > v128": ["0xfd10c relaxed_laneselect"],
} as const;

/** The table behind {@link f32x4}. */
export const F32X4 = {
  "f32 > v128": ["0xfd013 splat"],
  "v128 lane4 > f32": ["0xfd01f extract_lane"],
  "v128 f32 lane4 > v128": ["0xfd020 replace_lane"],
  "v128 > v128": [
    "0xfd05e demote_f64x2_zero",
    "0xfd067 ceil floor trunc nearest",
    "0xfd0e0 abs neg",
    "0xfd0e3 sqrt",
    "0xfd0fa convert_i32x4_s convert_i32x4_u",
  ],
  "v128 v128 > v128": [
    "0xfd041 eq ne lt gt le ge",
    "0xfd0e4 add sub mul div min max pmin pmax",
    "0xfd10d relaxed_min relaxed_max",
  ],
  "v128 v128 v128 > v128": ["0xfd105 relaxed_madd relaxed_nmadd"],
} as const;

/** The table behind {@link f64x2}. */
export const F64X2 = {
  "f64 > v128": ["0xfd014 splat"],
  "v128 lane2 > f64": ["0xfd021 extract_lane"],
  "v128 f64 lane2 > v128": ["0xfd022 replace_lane"],
  "v128 > v128": [
    "0xfd05f promote_low_f32x4",
    "0xfd074 ceil floor",
    "0xfd07a trunc",
    "0xfd094 nearest",
    "0xfd0ec abs neg",
    "0xfd0ef sqrt",
    "0xfd0fe convert_low_i32x4_s convert_low_i32x4_u",
  ],
  "v128 v128 > v128": [
    "0xfd047 eq ne lt gt le ge",
    "0xfd0f0 add sub mul div min max pmin pmax",
    "0xfd10f relaxed_min relaxed_max",
  ],
  "v128 v128 v128 > v128": ["0xfd107 relaxed_madd relaxed_nmadd"],
} as const;

/** Whole vectors: loads (plain, splat, widening, a lane), stores, bitwise logic; `bitselect(a, b, mask)` takes a where mask is 1. */
export const v128: Instructions<typeof V128> = /* @__PURE__ */ instructions("v128", V128);

/** Sixteen bytes; `shuffle(a, b, lanes)` picks from the 32 bytes of a and b. */
export const i8x16: Instructions<typeof I8X16> = /* @__PURE__ */ instructions("i8x16", I8X16);

/** Eight 16-bit integers; `extend_low_i8x16_u` widens bytes, for images. */
export const i16x8: Instructions<typeof I16X8> = /* @__PURE__ */ instructions("i16x8", I16X8);

/** Four 32-bit integers; comparisons give all ones or zero, to be used with `v128.bitselect`. */
export const i32x4: Instructions<typeof I32X4> = /* @__PURE__ */ instructions("i32x4", I32X4);

/** Two 64-bit integers. */
export const i64x2: Instructions<typeof I64X2> = /* @__PURE__ */ instructions("i64x2", I64X2);

/**
 * Four single-precision floats. `pmin(a, b)` is `b < a ? b : a`; `relaxed_madd(a, b, c)` is a·b + c with one rounding or two, as the
 * machine likes, so that programs that use it may differ between machines.
 */
export const f32x4: Instructions<typeof F32X4> = /* @__PURE__ */ instructions("f32x4", F32X4);

/** Two double-precision floats. */
export const f64x2: Instructions<typeof F64X2> = /* @__PURE__ */ instructions("f64x2", F64X2);
